package output

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest file name, in bytes, that every common file system
// takes (ext4, XFS, APFS, NTFS).
const maxName = 255

// checkName refuses a file name that is a path, is hidden, or does not exist
// on some system the tree may be checked out on.
func checkName(name string) error {
	bad := func(reason string) error { return &NameError{name, reason} }
	switch {
	case name == "":
		return bad("is empty")
	case len(name) > maxName:
		return &NameError{name[:32] + "…", fmt.Sprintf("is longer than %d bytes", maxName)}
	case !utf8.ValidString(name):
		return bad("is not UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return bad("has a control character")
	case strings.ContainsAny(name, `/\<>:"|?*`):
		return bad("has a character that separates paths or is reserved on Windows")
	case strings.HasPrefix(name, "."):
		return bad("begins with a dot")
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return bad("ends with a dot or blank")
	case device(name):
		return bad("is a device on Windows")
	}
	return nil
}

// device tells whether Windows takes a name for a device, whatever its
// extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
func device(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, stem) {
		return true
	}
	number, isPort := strings.CutPrefix(stem, "COM")
	if !isPort {
		number, isPort = strings.CutPrefix(stem, "LPT")
	}
	return isPort && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}
