package console

import (
	"fmt"
	"io"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"ingest/output"
)

// Diff writes what a dry run would change as unified diffs, in the form that
// git and patch read. Assets are named with their size.
func Diff(w io.Writer, changes []output.Change) error {
	var b strings.Builder
	for _, c := range changes {
		if c.Root == output.Assets {
			fmt.Fprintf(&b, "%s %s (%d bytes)\n", assetVerb(c), Clean(c.File), c.NewSize)
			continue
		}
		before := "a/" + strings.TrimPrefix(c.File, "/")
		if c.Kind == output.Created {
			before = "/dev/null"
		}
		b.WriteString(udiff.Unified(before, "b/"+strings.TrimPrefix(c.File, "/"), string(c.Old), string(c.New)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func assetVerb(c output.Change) string {
	if c.Kind == output.Created {
		return "new asset"
	}
	return "changed asset"
}
