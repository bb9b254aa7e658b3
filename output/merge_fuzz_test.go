package output

import (
	"testing"

	"ingest/output/frontmatter"
)

// FuzzMerge: any three states of a file's values.
//
//   - what nobody but a person wrote stays;
//   - if the file holds what it held from us, it comes to hold what we want;
//   - if we want what we wanted, it stays as it is;
//   - the next night changes nothing and finds no conflict that is new.
func FuzzMerge(f *testing.F) {
	for _, s := range [][3]string{
		{"a: 1\n", "a: 2\n", "a: 3\n"}, {"", "a: 1\nb: {c: 1}\n", "b: {c: 2, d: 1}\n"}, {"a: {b: 1}\n", "a: {b: 1, c: 1}\n", ""},
		{"a: {b: {c: 1}}\n", "a: {b: {}}\n", "a: {}\n"}, {"a: null\n", "a: {b: 1}\n", "a: {b: 2}\n"}, {"a: 1\n", "", "a: {x: 1}\n"}, {"a: {b: 1}\n", "a: 1\n", "a: {b: 1}\n"},
	} {
		f.Add([]byte(s[0]), []byte(s[1]), []byte(s[2]))
	}
	f.Fuzz(func(t *testing.T, baseText, diskText, oursText []byte) {
		var maps [3]frontmatter.Map
		for i, text := range [][]byte{baseText, diskText, oursText} {
			m, err := frontmatter.Decode(text)
			if err != nil {
				return
			}
			maps[i] = m
		}
		base, disk, ours := maps[0], maps[1], maps[2]
		merged, m, remember := mergeOnce(&Written{FrontMatter: base}, disk, ours)
		for _, e := range disk {
			_, was := base.Get(e.Key)
			_, is := ours.Get(e.Key)
			if v, there := merged.Get(e.Key); !was && !is && (!there || !frontmatter.Equal(v, e.Value)) {
				t.Errorf("the person's %q became %v", e.Key, v)
			}
		}
		if frontmatter.Equal(base, disk) && (!frontmatter.Equal(merged, ours) || len(m.edits) > 0) {
			t.Errorf("nobody edited: got %v, want %v, told %v", merged, ours, m.edits)
		}
		if frontmatter.Equal(base, ours) && !frontmatter.Equal(merged, disk) {
			t.Errorf("nothing new: got %v, want %v", merged, disk)
		}
		again, m2, _ := mergeOnce(&remember, merged, ours)
		if !frontmatter.Equal(again, merged) {
			t.Errorf("the next night: got %v, was %v", again, merged)
		}
		for _, e := range m2.edits {
			if e.Conflict {
				t.Errorf("the next night: %+v", e)
			}
		}
		unknown, m3, _ := mergeOnce(nil, disk, ours)
		for _, e := range disk {
			if v, there := unknown.Get(e.Key); !there {
				t.Errorf("without memory %q was lost; now %v, told %v", e.Key, v, m3.replaced)
			}
		}
	})
}

func mergeOnce(last *Written, disk, ours frontmatter.Map) (frontmatter.Map, *merge, Written) {
	m := newMerge(Document{Last: last}, "(no id)", false, nil)
	var base frontmatter.Map
	if last != nil {
		base = last.FrontMatter
	}
	out := m.mapping("", base, ours, disk)
	return disk.With(out.set, out.remove...), m, Written{FrontMatter: out.remember, Offered: m.offered}
}
