package feedback

import (
	"fmt"
	"strings"

	"ingest/enrich"
	"ingest/enrich/page"
)

// found lists what was taken from the source, by name.
func found(v *enrich.Visit) (list []string) {
	add := func(name, value string) {
		if value != "" {
			list = append(list, "- "+name+": "+value)
		}
	}
	if p := v.Page; p != nil {
		add("Title", plain(p.Title))
		add("Author", plain(strings.Join(p.Authors, ", ")))
		add("Date", day(p.Published))
	}
	add("Image", picture(v.Image))
	add("PDF", pdf(v.PDF))
	add("Icon", picture(v.Icon))
	if v.Link != nil {
		add("Link", removed(len(v.Link.Removed)))
	}
	return list
}

// silent lists what the page does not say of itself.
func silent(p *page.Page) (list []string) {
	for _, field := range []struct {
		name  string
		there bool
	}{{"a title", p.Title != ""}, {"an author", len(p.Authors) > 0}, {"a date", !p.Published.IsZero()}} {
		if !field.there {
			list = append(list, field.name)
		}
	}
	return list
}

func day(d page.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format("2 January 2006")
}

func picture(a *enrich.Asset) string {
	if a == nil {
		return ""
	}
	text := plain(a.Format)
	if a.Width > 0 && a.Height > 0 {
		text += fmt.Sprintf(", %d × %d pixels", a.Width, a.Height)
	}
	return text + attached(a)
}

func pdf(a *enrich.Asset) string {
	switch {
	case a == nil:
		return ""
	case a.Pages == 1:
		return "1 page" + attached(a)
	case a.Pages > 1:
		return fmt.Sprintf("%d pages", a.Pages) + attached(a)
	}
	return "there" + attached(a)
}

// attached names the attachment that a file is.
func attached(a *enrich.Asset) string {
	if a.Attachment == nil {
		return ""
	}
	return ", the attachment “" + plain(a.Attachment.FileName) + "”"
}

func removed(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 tracking parameter was removed"
	}
	return fmt.Sprintf("%d tracking parameters were removed", n)
}
