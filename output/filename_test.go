package output

import (
	"strings"
	"testing"
)

func TestCheckName(t *testing.T) {
	good := []string{"x", "19985fd1-4f97-5c7c-b4b9-176a3b1ab4f4-featuredImage.jpeg", "a b", "é.md", "中文.pdf", "-x", "x..y",
		"console", "com", "com10", "lpt", "nullable.md", "a+b=c&d'(1)!.png", strings.Repeat("x", 255)}
	bad := []string{"", ".", "..", ".x", "x.", "x ", "a/b", `a\b`, "a:b", "a*b", "a?b", "a|b", "a<b", "a>b", `a"b`, "a\x00b", "a\nb", "a\u0085b",
		"\xff", "con", "CON.md", "nul.tar.gz", "nul .x", "Aux", "com1", "COM9.txt", "lpt0", "COM²", "conin$", strings.Repeat("x", 256)}
	for _, name := range good {
		if err := checkName(name); err != nil {
			t.Errorf("%q is refused: %v", name, err)
		}
	}
	for _, name := range bad {
		err := checkName(name)
		if err == nil {
			t.Errorf("%q is taken", name)
		} else if len(err.Error()) > 200 {
			t.Errorf("message of %d bytes", len(err.Error()))
		}
	}
}
