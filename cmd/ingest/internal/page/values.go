package page

import (
	"ingest/pipeline/explain"
)

// value is a key of the front matter with where its value came from.
type value struct {
	explain.Key
	Text string // as a person reads it
	// Notes say what is special: kept, edited, pending.
	Notes []string
	From  []origin
}

// origin is a source of a value.
type origin struct {
	Text, URL string
	Lost      []explain.Candidate
}

// values are the keys that have a value, and those that are null and nothing is
// to be said of.
func values(x *explain.Explanation) (list, empty []value) {
	if x == nil {
		return nil, nil
	}
	for _, k := range x.Keys {
		if k.Key == "(body)" {
			k.Key = "Text below the front matter"
		}
		v := value{Key: k, Text: valueText(k.Value), Notes: notes(k), From: origins(k.From)}
		if k.Value.V == nil && k.State == explain.Ours {
			empty = append(empty, v)
			continue
		}
		list = append(list, v)
	}
	return list, empty
}

// valueText is a value without the quotes that a text alone does not need.
func valueText(v explain.Value) string {
	switch text := v.V.(type) {
	case nil:
		return ""
	case string:
		return text
	}
	return v.String()
}

func origins(sources []explain.Source) []origin {
	list := make([]origin, 0, len(sources))
	for _, s := range sources {
		o := origin{Text: s.Text, URL: s.URL, Lost: s.Lost}
		if s.Empty {
			o.Text += " (empty)"
		}
		list = append(list, o)
	}
	return list
}

// notes say what a reader should know of a key that is not simply ours.
func notes(k explain.Key) []string {
	var list []string
	if k.State == explain.Kept && !k.Since.IsZero() {
		list = append(list, "From the page as it was read on "+k.Since.UTC().Format("2006-01-02")+".")
	}
	if k.Why != "" {
		list = append(list, "Not had now: "+k.Why)
	}
	switch {
	case k.State == explain.Locked && k.Offered != nil:
		list = append(list, "Today it would be "+quoted(*k.Offered)+".")
	case k.State == explain.Pending && k.Offered != nil:
		list = append(list, "The next run writes "+quoted(*k.Offered)+".")
	}
	for _, e := range k.Edits {
		list = append(list, editNote(k, e))
	}
	return list
}

func editNote(k explain.Key, e explain.Edit) string {
	what := "The value"
	if e.Key != k.Key {
		what = e.Key
	}
	text := what + " was edited in the file; without that it would be " + quoted(e.Offered) + "."
	switch {
	case e.Deleted:
		text = what + " was removed from the file; without that it would be " + quoted(e.Offered) + "."
	case e.Dropped:
		text = what + " was edited in the file; the archetype does not write it any more."
	}
	if e.Conflict {
		text += " The tracker has changed it too."
	}
	return text
}

func quoted(v explain.Value) string {
	if v.V == nil {
		return "empty"
	}
	return "“" + valueText(v) + "”"
}

// fact is something that the source page says of itself.
type fact struct{ Place, Text, Reason string }

// facts are what was read from the source page, each place once, taken or not.
func facts(x *explain.Explanation) []fact {
	if x == nil {
		return nil
	}
	var list []fact
	seen := map[fact]bool{}
	add := func(f fact) {
		if f.Text != "" && !seen[f] {
			seen[f] = true
			list = append(list, f)
		}
	}
	for _, k := range x.Keys {
		for _, s := range k.From {
			if s.Kind != explain.Page {
				continue
			}
			if !s.Empty {
				add(fact{Place: s.Text, Text: valueText(s.Value)})
			}
			for _, c := range s.Lost {
				add(fact{Place: c.Source, Text: c.Value, Reason: c.Reason})
			}
		}
	}
	return list
}
