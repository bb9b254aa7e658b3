package page

import (
	"strings"

	"golang.org/x/text/language"
)

// langCandidates: what the page declares, unless the text itself is surely in another language; one page in twelve
// declares none or the template's.
func (s *signals) langCandidates() []Candidate {
	var all []Candidate
	add := func(source, value string) {
		if tag := langTag(value); tag != "" {
			all = append(all, Candidate{Value: tag, Source: source})
		}
	}
	add("html lang", s.htmlLang)
	add("xml:lang", s.xmlLang)
	for _, name := range []string{"content-language", "language", "dc.language", "dcterms.language", "inlanguage", "citation_language"} {
		add(name, s.meta(name))
	}
	for _, e := range s.subjects() {
		if e.is(subjectRank) >= articleRank {
			add(e.source+" inLanguage", firstOf(e.first("inLanguage"), s.languageNode(e.node)))
		}
	}
	add("og:locale", s.meta("og:locale"))
	declared := ""
	if len(all) > 0 {
		declared = all[0].Value
	}
	detected := s.detectLang(declared)
	if detected.tag == "" {
		return all
	}
	found := Candidate{Value: detected.tag, Source: "text"}
	if len(all) == 0 || detected.sure && primary(all[0].Value) != detected.tag {
		for i := range all {
			if primary(all[i].Value) == detected.tag {
				found = all[i] // a declaration that agrees with the text says more than the bare language
				break
			}
		}
		return append([]Candidate{found}, all...)
	}
	return append(all, found)
}

func (s *signals) languageNode(n node) string {
	if m, ok := n["inLanguage"].(map[string]any); ok {
		return node(m).first("alternateName", "name")
	}
	return ""
}

// langTag reads a declared language: "en_US", "de-DE,en", "eng". It gives "" for what is no tag ("English", "%lang%").
func langTag(v string) string {
	v = strings.TrimSpace(v)
	v, _, _ = strings.Cut(v, ",")
	v, _, _ = strings.Cut(v, ";")
	v, _, _ = strings.Cut(v, ".")
	v = strings.ReplaceAll(strings.TrimSpace(v), "_", "-")
	if len(v) < 2 || len(v) > 35 {
		return ""
	}
	tag, err := language.Raw.Parse(v)
	if err != nil {
		if len(v) < 3 || v[2] != '-' {
			return ""
		}
		if tag, err = language.Raw.Parse(v[:2]); err != nil { // "en-UK-x1": the language is still plain
			return ""
		}
	}
	base, script, region := tag.Raw()
	if base.String() == "und" || base.String() == "mul" || base.String() == "zxx" {
		return ""
	}
	if tag, err = language.Raw.Compose(base, script, region); err != nil {
		return base.String()
	}
	return tag.String()
}

// primary is a tag's language without region and script.
func primary(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(base)
}
