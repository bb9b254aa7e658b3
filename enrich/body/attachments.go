package body

import "slices"

// Attachments lists the ids of the tracker's attachments that Rewrite would
// ask for, each once, in the order of the text. The tracker's address is that
// of Options.Tracker.
func Attachments(markdown, tracker string) []int64 {
	var ids []int64
	Rewrite(markdown, Options{Tracker: tracker, Attachment: func(id int64) (string, bool) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return "", false
	}})
	return ids
}
