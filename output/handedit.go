package output

import (
	"fmt"
	"strings"

	"ingest/output/frontmatter"
)

// HandEdit is a value that a person has changed in the file and that stayed.
type HandEdit struct {
	// Path leads to the value, keys joined by dots; BodyKey for the body, AssetsKey
	// and a name for an asset, whose values are SHA-256 digests.
	Path string
	// Hand is the file's value and Ours the one that was kept out.
	Hand, Ours any
	// Deleted says that the person removed the key; Dropped that we do not
	// write it any more.
	Deleted, Dropped bool
	// Conflict says that ours has changed too, to a value not offered before.
	Conflict bool
	// Forgotten says that nobody remembers what the file held from us, so that the
	// value may be an older one of ours as well.
	Forgotten bool
}

// Replaced is a value of the file that gave way to ours.
type Replaced struct {
	// Path leads to the value, keys joined by dots; BodyKey for the body.
	Path     string
	Old, New any
}

// ConflictError is the warning that a person and the tracker both changed a
// value. The person's stayed.
type ConflictError struct {
	File string
	Edit HandEdit
}

func (e *ConflictError) Error() string {
	hand, ours := "has "+brief(e.Edit.Hand), "offers "+brief(e.Edit.Ours)
	if e.Edit.Deleted {
		hand = "has it no more"
	}
	if e.Edit.Dropped {
		ours = "has it no more"
	}
	if e.Edit.Forgotten {
		return fmt.Sprintf("%s: %s is another than the tracker's, and whether by hand nobody remembers; the file %s and keeps it, the tracker %s", e.File, e.Edit.Path, hand, ours)
	}
	return fmt.Sprintf("%s: %s was edited by hand and in the tracker; the file %s and keeps it, the tracker %s", e.File, e.Edit.Path, hand, ours)
}

// Hint says how to decide otherwise.
func (e *ConflictError) Hint() string {
	return fmt.Sprintf("correct one of them, or run with --take-tracker %s", optionKey(e.Edit.Path))
}

// ReplacedError is the warning that a value of the file gave way which a person
// may have written: it says what it was, whole, since that may stand nowhere
// else, but for what is beyond 4,096 characters.
type ReplacedError struct {
	File     string
	Replaced Replaced
}

func (e *ReplacedError) Error() string {
	return fmt.Sprintf("%s: %s was %s and is now %s", e.File, e.Replaced.Path, shown(e.Replaced.Old, maxReplaced), brief(e.Replaced.New))
}

// Hint says how to get the old value back.
func (e *ReplacedError) Hint() string {
	return "if the old value was written by hand and is the better one, enter it in the tracker, or in the file again"
}

// RewrittenError is the warning that the front matter of a file is written in a
// way that single keys of it cannot be edited.
type RewrittenError struct {
	File string
	Err  error // a *frontmatter.StyleError
}

func (e *RewrittenError) Error() string { return e.File + ": " + e.Err.Error() }

func (e *RewrittenError) Unwrap() error { return e.Err }

// Hint says what that means.
func (e *RewrittenError) Hint() string {
	return "every key and value is there; look at the difference if the file held comments"
}

// optionKey is the name of a path on the command line.
func optionKey(path string) string { return strings.Trim(path, "()") }

// The lengths in characters above which a value is cut in a message.
const (
	maxBrief    = 80
	maxReplaced = 4 << 10
)

// brief shows a value on one line.
func brief(v any) string { return shown(v, maxBrief) }

// shown shows a value on one line, no longer than most.
func shown(v any, most int) string {
	text := fmt.Sprintf("%q", v)
	switch v := v.(type) {
	case frontmatter.Map, frontmatter.List:
		yaml, err := frontmatter.Marshal(frontmatter.Map{{Key: "v", Value: v}})
		if err != nil {
			return "a value that cannot be shown"
		}
		text = strings.Join(strings.Fields(strings.TrimPrefix(string(yaml), "v:")), " ")
	case nil:
		text = "null"
	case int64, float64, bool:
		text = fmt.Sprint(v)
	}
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}
