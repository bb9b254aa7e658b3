package body_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"ingest/enrich/body"
)

func TestRepairMojibake(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"apostrophe", "Letâ€™s surf", "Let’s surf"},
		{"quotes with a byte that has no character", "â€œaâ€\u009d", "“a”"},
		{"accents", "cafÃ© Ã¼ber", "café über"},
		{"emoji", "ðŸ˜€!", "😀!"},
		{"twice", "LetÃ¢â‚¬â„¢s", "Let’s"},
		{"right text", "café “über” 😀 – €5", "café “über” 😀 – €5"},
		{"a right letter beside it", "éâ€™", "éâ€™"},
		{"cut short", "â€", "â€"},
		{"a lost byte", "â€\ufffd", "â€\ufffd"},
		{"control characters", "Â\u0085", "Â\u0085"},
		{"capitals before a quote", "CAFÉ” «AMANHÃ»", "CAFÉ” «AMANHÃ»"},
		{"no UTF-8", "\xe2\x80 â€™", "\xe2\x80 ’"},
		{"nothing", "plain", "plain"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := body.RepairMojibake(c.in)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if on, _ := body.Rewrite(c.in, body.Options{RepairMojibake: true}); on != got {
				t.Errorf("Rewrite gives %q", on)
			}
		})
	}
}

func FuzzRepairMojibake(f *testing.F) {
	for _, s := range []string{"Letâ€™s", "Ã©", "é", "CAFÉ”", "\xff", "Ã¢â‚¬â„¢"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		mended := body.RepairMojibake(s)
		if again := body.RepairMojibake(mended); again != mended {
			t.Errorf("%q, then %q", mended, again)
		}
		if len(mended) > len(s) {
			t.Errorf("%q grew to %q", s, mended)
		}
	})
}

// FuzzMisread: whatever was read wrongly whole is mended, unless a part of it
// looked wrong before.
func FuzzMisread(f *testing.F) {
	f.Add("Let’s – “surf” 😀")
	f.Fuzz(func(t *testing.T, s string) {
		wrong, err := charmap.Windows1252.NewDecoder().String(s)
		if err != nil || body.RepairMojibake(s) != s {
			t.Skip("the text looks wrong before anybody has read it wrongly")
		}
		if got := body.RepairMojibake(wrong); got != s && got != wrong && len(got) < len(s) {
			t.Errorf("%q was read as %q and mended to %q", s, wrong, got)
		}
	})
}

func TestSuspicious(t *testing.T) {
	in := "# Title\n\nLetâ€™s â€˜surfâ€™\n\n##\n\n## **\u00a0**\n\n## ![a](b)\n\n```\n##\n```\n\na\ufffd\nâ€\" x\n\n> #\n"
	want := []body.Finding{
		{3, `looks like UTF-8 that was read as Windows-1252: "Letâ€™s"`},
		{5, "a heading without a text"},
		{7, "a heading without a text"},
		{15, "holds U+FFFD, which stands for a character that was lost"},
		{16, `looks like UTF-8 that was read as Windows-1252: "â€\""`},
		{18, "a heading without a text"},
	}
	if diff := cmp.Diff(want, body.Suspicious(in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := body.Suspicious("# Fine\n\n“Let’s” café\n"); got != nil {
		t.Errorf("got %v", got)
	}
}
