package desk

import (
	"strings"

	"ingest/pipeline"
	"ingest/pipeline/explain"
)

// plain is an error's text without the stack that a defect of the program brings
// along (pipeline.InternalError). The log has it.
func plain(text string) string {
	text, _, _ = strings.Cut(text, "\ngoroutine ")
	return text
}

// whole is a report in which no list is null. The daemon's own stays as it is.
func whole(report *pipeline.Report) *pipeline.Report {
	if report == nil {
		return nil
	}
	r := *report
	r.Error = plain(r.Error)
	r.Warnings = wholeWarnings(r.Warnings)
	r.Items = append([]pipeline.ItemReport{}, r.Items...)
	for i := range r.Items {
		r.Items[i] = wholeItem(r.Items[i])
	}
	return &r
}

func wholeItem(item pipeline.ItemReport) pipeline.ItemReport {
	item.Error = plain(item.Error)
	item.Files = append([]pipeline.File{}, item.Files...)
	item.Warnings = wholeWarnings(item.Warnings)
	return item
}

func wholeWarnings(warnings []pipeline.Warning) []pipeline.Warning {
	warnings = append([]pipeline.Warning{}, warnings...)
	for i := range warnings {
		warnings[i].Text = plain(warnings[i].Text)
	}
	return warnings
}

func wholeExplanation(x *explain.Explanation) *explain.Explanation {
	if x == nil {
		return nil
	}
	c := *x
	c.Error, c.Attention = plain(c.Error), plain(c.Attention)
	c.Warnings = wholeWarnings(c.Warnings)
	c.Keys = append([]explain.Key{}, c.Keys...)
	for i := range c.Keys {
		c.Keys[i].From = append([]explain.Source{}, c.Keys[i].From...)
	}
	return &c
}
