package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker at a release, which can set nothing but a
// variable: -ldflags "-X main.version=1.2.3".
var version = ""

// contactPage tells the owners of source sites what this program is.
const contactPage = "https://github.com/netspective-labs/ingest"

// programVersion is the release, or what the Go tool knows of the build.
func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

// userAgent is how ingest names itself to source sites (RFC 9110, section
// 10.1.5): program, version and a page to complain at.
func userAgent() string {
	return fmt.Sprintf("ingest/%s (+%s)", programVersion(), contactPage)
}

func newVersion(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of ingest and of Go",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(w.stdout, "ingest %s (%s, %s/%s)\n", programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
