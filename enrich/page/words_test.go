package page_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// wordLines reads the lines of a word file: keys in their order, and the words of each.
func wordLines(t *testing.T, file string) (keys []string, words map[string][]string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words = map[string][]string{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		key, list, found := strings.Cut(line, ": ")
		if !found || key != strings.TrimSpace(key) {
			t.Errorf("%s:%d: got %q, want a key, a colon and words", file, i+1, line)
		}
		if len(keys) == 0 || keys[len(keys)-1] != key {
			keys = append(keys, key)
		}
		words[key] = append(words[key], strings.Split(list, " | ")...)
	}
	return keys, words
}

// TestWordFilesAreTidy holds every word file to its form: a comment first, keys sorted, the words of each key sorted and there
// once, all in lower case but where case counts.
func TestWordFilesAreTidy(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("words/*.txt")
	if err != nil || len(files) < 25 {
		t.Fatalf("got %d word files (%v), want at least 25", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		keys, words := wordLines(t, file)
		if name != "stopwords" && !slices.IsSorted(keys) { // their order settles a tie between languages
			t.Errorf("%s: got the keys %v, want them sorted", file, keys)
		}
		if len(keys) != len(words) || len(keys) == 0 {
			t.Errorf("%s: got the keys %v, want some, each in one place", file, keys)
		}
		for _, key := range keys {
			list := words[key]
			if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
				t.Errorf("%s, %s: got %v, want the words sorted and each once", file, key, list)
			}
			for _, w := range list {
				if w == "" || w != strings.TrimSpace(w) || name != "endings" && w != strings.ToLower(w) {
					t.Errorf("%s, %s: got %q, want a word in lower case", file, key, w)
				}
			}
		}
	}
}

// headlined is a page with a byline or a date below the headline.
func headlined(inside string) string {
	return article("", "<h1>Low water</h1>"+inside+"<p>And so on.</p>")
}

// TestLeadsOfEachLanguage reads, for every lead-in of every language, an element that marks an author and begins with it.
func TestLeadsOfEachLanguage(t *testing.T) {
	t.Parallel()
	langs, leads := wordLines(t, "words/leads.txt")
	for _, lang := range langs {
		name, gap := "Jane Marlow", " "
		switch lang {
		case "zh", "ja", "ko":
			name, gap = "王小明", ""
		}
		for _, lead := range leads[lang] {
			got := parse(t, headlined(`<span class="byline">`+lead+gap+name+`</span>`), "https://x.example/a").Authors
			if strings.Join(got, ";") != name {
				t.Errorf("%s, %q: got %q, want %q", lang, lead+gap+name, got, name)
			}
		}
	}
}

// TestPhrasesOfEachLanguage reads every phrase that begins a byline far from the headline, and every short word near it.
func TestPhrasesOfEachLanguage(t *testing.T) {
	t.Parallel()
	for file, far := range map[string]string{"words/phrases.txt": strings.Repeat("<p>The water was low.</p>", 150), "words/prepositions.txt": ""} {
		langs, phrases := wordLines(t, file)
		for _, lang := range langs {
			name := "Jane Marlow"
			switch lang {
			case "zh", "ja", "ko":
				name = "王小明"
			}
			for _, phrase := range phrases[lang] {
				for _, gap := range []string{" ", " <b>"} {
					got := parse(t, headlined(far+"<p>"+phrase+gap+name+"</b></p>"), "https://x.example/a").Authors
					if strings.Join(got, ";") != name {
						t.Errorf("%s, %q: got %q, want %q", lang, phrase+gap+name, got, name)
					}
				}
			}
		}
	}
}

// TestHelpersOfEachLanguage: whoever these words introduce did not write the text.
func TestHelpersOfEachLanguage(t *testing.T) {
	t.Parallel()
	langs, helpers := wordLines(t, "words/helpers.txt")
	for _, lang := range langs {
		for _, helper := range helpers[lang] {
			got := parse(t, headlined(`<div class="byline">Jane Marlow, `+helper+` Abe Moss</div>`), "https://x.example/a").Authors
			if strings.Join(got, ";") != "Jane Marlow" {
				t.Errorf("%s, %q: got %q, want Jane Marlow", lang, helper, got)
			}
		}
	}
}

// TestRolesOfEachLanguage: a role behind a name is no second author, and a desk gives way to a person.
func TestRolesOfEachLanguage(t *testing.T) {
	t.Parallel()
	langs, roles := wordLines(t, "words/roles.txt")
	for _, lang := range langs {
		for _, role := range roles[lang] {
			p := parse(t, article(`<meta name=author content="Mud `+role+`">`, `<h1>Low water</h1><div class="byline">Jane Marlow, `+role+`</div>`), "https://x.example/a")
			if strings.Join(p.Authors, ";") != "Jane Marlow" {
				t.Errorf("%s, %q: got %q, want Jane Marlow\nsources: %v", lang, role, p.Authors, p.Sources["author"])
			}
		}
	}
}

// TestWordsThatAreNoAuthors: houses, agencies, degrees, labels and placeholders are no persons.
func TestWordsThatAreNoAuthors(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"outlets", "agencies", "credentials"} {
		langs, words := wordLines(t, "words/"+file+".txt")
		for _, lang := range langs {
			for _, w := range words[lang] {
				p := parse(t, headlined(`<div class="byline">Jane Marlow, `+strings.ToUpper(w[:1])+w[1:]+`</div>`), "https://x.example/a")
				if len(p.Authors) == 0 || p.Authors[0] != "Jane Marlow" || len(p.Authors) > 1 {
					t.Errorf("%s, %q behind a name: got %q, want Jane Marlow", file, w, p.Authors)
				}
			}
		}
	}
	for _, file := range []string{"labels", "placeholders", "clock", "weekdays"} {
		langs, words := wordLines(t, "words/"+file+".txt")
		for _, lang := range langs {
			for _, w := range words[lang] {
				if p := parse(t, article("", `<h1>Low water</h1><span class="author">`+w+`</span>`), "https://x.example/a"); len(p.Authors) > 0 {
					t.Errorf("%s, %q: got %q, want no author", file, w, p.Authors)
				}
			}
		}
	}
}

// TestDatesOfEachLanguage reads each month's names in a date, each label of a publication and of a change, each weekday behind a
// name.
func TestDatesOfEachLanguage(t *testing.T) {
	t.Parallel()
	months, names := wordLines(t, "words/months.txt")
	for _, month := range months {
		for _, name := range names[month] {
			for _, text := range []string{"4 " + name + " 2021", "4. " + name + " 2021", name + " 4, 2021"} {
				if got := parse(t, headlined(`<span class="date">`+text+`</span>`), "https://x.example/a").Published.String(); got != "2021-"+month+"-04" {
					t.Errorf("%q: got %q, want 2021-%s-04", text, got, month)
				}
			}
		}
	}
	far := strings.Repeat("<p>The water was low.</p>", 150)
	langs, labels := wordLines(t, "words/published.txt")
	for _, lang := range langs {
		for _, label := range labels[lang] {
			if got := parse(t, headlined(far+"<dl><dt>"+label+"</dt><dd>4.3.2021</dd></dl>"), "https://x.example/a").Published.String(); got != "2021-03-04" {
				t.Errorf("%s, %q: got %q, want 2021-03-04", lang, label, got)
			}
		}
	}
	for file, want := range map[string]string{"changed": "2021-03-09", "deadlines": ""} {
		langs, labels := wordLines(t, "words/"+file+".txt")
		for _, lang := range langs {
			for _, label := range labels[lang] {
				if got := parse(t, headlined("<p>"+label+" 9.3.2021</p>"), "https://x.example/a").Published.String(); got != want {
					t.Errorf("%s, %q: got %q, want %q", lang, label, got, want)
				}
				if got := parse(t, headlined("<p>"+label+" 9.3.2021</p><p>4.3.2021</p>"), "https://x.example/a").Published.String(); got != "2021-03-04" {
					t.Errorf("%s, %q before another day: got %q, want the other day", lang, label, got)
				}
			}
		}
	}
	langs, days := wordLines(t, "words/weekdays.txt")
	for _, lang := range langs {
		for _, day := range days[lang] {
			if got := parse(t, headlined(`<span class="byline">Jane Marlow `+day+", 4.3.2021</span>"), "https://x.example/a").Authors; strings.Join(got, ";") != "Jane Marlow" {
				t.Errorf("%s, %q: got %q, want Jane Marlow", lang, day, got)
			}
		}
	}
}

// TestTitleWordsOfEachLanguage: parts of the site are no headlines, counts no part of them, and mastheads are taken off.
func TestTitleWordsOfEachLanguage(t *testing.T) {
	t.Parallel()
	for file, page := range map[string]string{
		"headings":  `<title>Low water uncovers a boat</title></head><body><main><h1>WORD</h1></main>`,
		"counted":   `<main><h1>Low water uncovers a boat (158 WORD)</h1></main>`,
		"sitewords": `<title>Low water uncovers a boat | Mudlark WORD</title>`,
		"mastheads": `<title>Low water uncovers a boat | 泥鰍WORD</title>`,
	} {
		langs, words := wordLines(t, "words/"+file+".txt")
		for _, lang := range langs {
			for _, w := range words[lang] {
				if got := parse(t, strings.ReplaceAll(page, "WORD", w), "https://mudlark.example/a").Title; got != "Low water uncovers a boat" {
					t.Errorf("%s, %q: got %q, want the headline", file, w, got)
				}
			}
		}
	}
}
