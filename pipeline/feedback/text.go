package feedback

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ingest/enrich"
	"ingest/pipeline"
)

// maxPoints bounds a list of the comment.
const maxPoints = 15

// body is what the comment says of a work package, in Markdown. It is the same for
// the same state: it does not tell a document that was made from one that was there.
func body(told pipeline.Told, site string) string {
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	add(headline(told, site))
	published := told.Item.Outcome != pipeline.Skipped && told.Item.Outcome != pipeline.Failed
	if published {
		add(taken(told.Visit))
	}
	add(toMend(told, published))
	add(kept(told.Item.HandEdits))
	return strings.Join(parts, "\n\n")
}

// headline says where the entry is, or why it is not.
func headline(told pipeline.Told, site string) string {
	place := whereabouts(told, site)
	switch told.Item.Outcome {
	case pipeline.Skipped:
		text := "**Not on the site.** " + reason(told.Item)
		if place != "" {
			text += "\n\nThe entry that was published before stays as it is: " + place
		}
		return text
	case pipeline.Failed:
		text := "**This could not be brought to the site.** " + failure(told.Item) + " It will be tried again."
		if place != "" {
			text += "\n\nThe entry that was published before stays as it is: " + place
		}
		return text
	}
	if place == "" {
		return "**Published.**"
	}
	return "**Published:** " + place
}

// whereabouts is the entry's address on the site, or its file.
func whereabouts(told pipeline.Told, site string) string {
	switch {
	case told.Path == "":
		return ""
	case site != "" && told.Address != "":
		return link(site, told.Address)
	case told.Address != "":
		return code(told.Address) + ", the file " + code(told.Path)
	}
	return "the file " + code(told.Path)
}

// reason is why a work package was skipped: the pipeline's last warning, of no step.
func reason(item pipeline.ItemReport) string {
	if last := len(item.Warnings) - 1; last >= 0 {
		return advise(item.Warnings[last].Text, item.Warnings[last].Hint)
	}
	return ""
}

func failure(item pipeline.ItemReport) string {
	if strings.HasPrefix(item.Error, "internal error") {
		return "The program itself has a defect; its log tells more to those who run it."
	}
	return advise(item.Error, item.Hint)
}

// taken tells what was found at the source, and what the page does not say.
func taken(v *enrich.Visit) string {
	if v == nil {
		return ""
	}
	list := found(v)
	if v.Page != nil {
		if missing := silent(v.Page); len(missing) > 0 {
			list = append(list, "- The page does not name "+either(missing)+".")
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "What was found:\n\n" + strings.Join(list, "\n")
}

func either(words []string) string {
	if last := len(words) - 1; last > 0 {
		return strings.Join(words[:last], ", ") + " or " + words[last]
	}
	return words[0]
}

// toMend lists what an editor can do something about.
func toMend(told pipeline.Told, published bool) string {
	warnings := told.Item.Warnings
	if told.Item.Outcome == pipeline.Skipped && len(warnings) > 0 {
		warnings = warnings[:len(warnings)-1] // the headline has it
	}
	var list []string
	for _, w := range warnings {
		if point := "- " + advise(w.Text, w.Hint); forEditors(w) && !slices.Contains(list, point) {
			list = append(list, point)
		}
	}
	if v := told.Visit; published && v != nil && v.Image == nil && !slices.Contains(v.Lost, enrich.PartImage) {
		list = append(list, "- There is no image. *What helps:* Attach one whose name begins with “featured image”.")
	}
	if len(told.Duplicates) > 0 {
		list = append(list, "- "+twins(told.Duplicates))
	}
	switch {
	case len(list) > maxPoints:
		more := len(list) - maxPoints
		list = append(list[:maxPoints], fmt.Sprintf("- … and %d more.", more))
	case len(list) == 0 && published:
		return "There is nothing to mend."
	case len(list) == 0:
		return ""
	}
	return "**To mend:**\n\n" + strings.Join(list, "\n")
}

// kept names the values that a person wrote into the file, which stay.
func kept(edits []string) string {
	if len(edits) == 0 {
		return ""
	}
	names := make([]string, 0, len(edits))
	for _, edit := range edits[:min(len(edits), maxPoints)] {
		names = append(names, code(edit))
	}
	if more := len(edits) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return "Edited by hand in the file, and kept: " + strings.Join(names, ", ") + "."
}

// twins names the work packages about the same page. These references are meant.
func twins(ids []int64) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids[:min(len(ids), maxPoints)] {
		names = append(names, fmt.Sprintf("#%d", id))
	}
	if more := len(ids) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return "The same page is linked in " + strings.Join(names, ", ") + ". *What helps:* Close one of them, or correct its source URL."
}

// answer is the line for a person who asked.
func answer(outcome pipeline.Outcome, at time.Time) string {
	said := map[pipeline.Outcome]string{
		pipeline.Created: "it was published", pipeline.Updated: "the entry was updated", pipeline.Unchanged: "nothing had changed",
		pipeline.Skipped: "it was not published, see above", pipeline.Failed: "it did not work, see above",
	}[outcome]
	return "*Last request (" + at.UTC().Format("2 January 2006, 15:04") + " UTC): " + said + ".*"
}
