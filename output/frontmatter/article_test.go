package frontmatter_test

import (
	"testing"

	"ingest/output/frontmatter"
)

// article is a document with every shape that the content tree's own articles have: lists of strings and of mappings,
// nulls by the dozen, quoted dates and blanks, folded text and folded addresses two levels deep.
func article() frontmatter.Map {
	type (
		object = frontmatter.Map
		list   = frontmatter.List
	)
	const (
		clean    = "https://journal.example.org/sleep-and-shift-work-in-small-hospitals-what-we-learned-in-ten-years/?"
		original = clean + "utm_source=letter&utm_medium=mail"
	)
	return object{
		{Key: "aliases", Value: "/library/sleep-and-shift-work"},
		{Key: "author", Value: list{"Ingrid Sørensen", "李小龙"}},
		{Key: "breadcrumbLinks", Value: list{"/", "/library/", ""}},
		{Key: "categories", Value: list{"Staff Health: Sleep"}},
		{Key: "institution", Value: nil},
		{Key: "date", Value: "2021-03-09"},
		{Key: "description", Value: "**Night shifts** change more than the hours of sleep. [Our study](https://journal.example.org/study) " +
			"followed 212 nurses – and their 😴 – over ten years; the results were not what"},
		{Key: "featuredImage", Value: object{
			{Key: "alt", Value: "Nurses' room, 4 a.m."},
			{Key: "size", Value: list{int64(630), int64(1200)}},
			{Key: "valid", Value: true},
			{Key: "wpAttachment", Value: object{{Key: "fileName", Value: "night shift.png"}, {Key: "link", Value: "/api/v3/attachments/77/content"}}},
		}},
		{Key: "htmlMetaData", Value: object{{Key: "msvalidate.01", Value: nil}, {Key: "yandex-verification", Value: nil}, {Key: "fbapp_id", Value: "0123"}}},
		{Key: "id", Value: int64(77)},
		{Key: "lastMod", Value: "2021-03-10T06:00:00.120000Z"},
		{Key: "link", Value: object{{Key: "brand", Value: "journal.example.org"}, {Key: "href", Value: clean}, {Key: "original", Value: original}}},
		{Key: "original", Value: original},
		{Key: "status", Value: ""},
		{Key: "tags", Value: list{}},
		{Key: "via", Value: " "},
		{Key: "relatedOfferings", Value: list{
			object{{Key: "label", Value: "Sleep diary: the app"}, {Key: "categories", Value: list{"Staff Health: Sleep", "Apps"}}, {Key: "offeringId", Value: int64(12)}},
			object{{Key: "label", Value: "Rota"}, {Key: "categories", Value: list{}}, {Key: "offeringId", Value: int64(9)}},
		}},
	}
}

// BenchmarkAppend writes a document about as long as those of the content tree: 140 lines.
func BenchmarkAppend(b *testing.B) {
	m := article()
	for _, section := range []string{"openGraphMetaData", "twitterMetaData", "citationMetaData"} {
		fields := frontmatter.Map{}
		for _, name := range []string{
			"description", "title", "url", "image", "site_name", "type", "updated_time", "locale", "admins", "publisher", "keywords", "robots",
			"author", "generator", "viewport", "modified_time", "published_time", "verification", "card", "creator", "domain", "label", "data",
		} {
			fields = append(fields, frontmatter.Entry{Key: section[:2] + name})
		}
		m = append(m, frontmatter.Entry{Key: section, Value: fields})
	}
	offerings, _ := m.Get("relatedOfferings")
	m = append(m, frontmatter.Entry{Key: "moreOfferings", Value: frontmatter.List{offerings, offerings}})
	dst, err := frontmatter.Marshal(m)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(dst)))
	b.ReportAllocs()
	for b.Loop() {
		dst, _ = frontmatter.Append(dst[:0], m)
	}
}
