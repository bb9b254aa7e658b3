package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"time"

	"ingest/cmd/ingest/internal/daemon"
	"ingest/cmd/ingest/internal/desk"
	"ingest/pipeline"
	"ingest/pipeline/explain"
	"ingest/pipeline/feedback"
	"ingest/pipeline/hint"
)

// functions are what templates may call. All are pure.
func functions() template.FuncMap {
	return template.FuncMap{
		"web": web, "host": host, "visible": visible, "brief": feedback.Brief, "when": when, "instant": instant,
		"state": stateWord, "outcome": outcomeWord, "kind": kindWord, "run": runWord, "trigger": triggerWord,
		"step": stepWord, "steps": stepsJSON, "link": linkWord, "key": keyWord, "hop": hopWord, "plural": plural, "tone": tone,
		"count": func(c map[pipeline.Outcome]int, o pipeline.Outcome) int { return c[o] }, "outcomes": pipeline.Outcomes,
		"took": took, "summary": newBadge, "maxQuery": func() int { return desk.MaxQuery },
	}
}

// instant is a time for programs.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// when is a time for people whose browser has no script to write it in their zone.
func when(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func took(d pipeline.Duration) string { return time.Duration(d).Round(100 * time.Millisecond).String() }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func word[K ~string](words map[K]string, k K) string {
	if w, ok := words[k]; ok {
		return w
	}
	return strings.ReplaceAll(string(k), "_", " ")
}

func stateWord(s desk.State) string {
	return word(map[desk.State]string{desk.Attention: "Needs attention", desk.Failed: "Failed", desk.Skipped: "Not wanted",
		desk.Published: "Published", desk.Gone: "Taken off the site"}, s)
}

func outcomeWord(o pipeline.Outcome) string {
	return word(map[pipeline.Outcome]string{pipeline.Created: "Created", pipeline.Updated: "Updated", pipeline.Unchanged: "Unchanged",
		pipeline.Skipped: "Skipped", pipeline.Failed: "Failed", pipeline.Removed: "Removed", "": "Not yet looked at"}, o)
}

func kindWord(k daemon.Kind) string {
	return word(map[daemon.Kind]string{daemon.Incremental: "Incremental run", daemon.Full: "Full run", daemon.Links: "Link check",
		daemon.Named: "Refresh", "": "Run"}, k)
}

func runWord(s daemon.State) string {
	return word(map[daemon.State]string{daemon.Queued: "Waiting", daemon.Running: "Running", daemon.Done: "Done",
		daemon.Stopped: "Stopped early", daemon.Skipped: "Skipped"}, s)
}

func triggerWord(t string) string {
	return word(map[hint.Trigger]string{hint.Webhook: "a change in the tracker", hint.Comment: "a comment in the tracker", hint.Page: "this page",
		hint.API: "the API", hint.Schedule: "the schedule", hint.Start: "the start of the service"}, hint.Trigger(t))
}

// stepWord says what a step does, while it does it.
func stepWord(s string) string { return word(stepWords(), s) }

func stepWords() map[string]string {
	return map[string]string{"clean": "Cleaning the link", "relate": "Finding related offerings", "follow": "Following the link",
		"scrape": "Reading the source page", "assets": "Getting image, icon and PDF", "attachments": "Getting attachments",
		"inline": "Getting images of the text", "body": "Preparing the text", "name": "Naming the document", "links": "Checking the link"}
}

// stepsJSON gives the words of the steps to the script.
func stepsJSON() (string, error) {
	b, err := json.Marshal(stepWords())
	return string(b), err
}

func linkWord(s string) string {
	return word(map[string]string{"ok": "Link works", "suspect": "Link fails lately", "dead": "Dead link", "moved": "Link has moved",
		"unknown": "Link not decided", "": "Link not checked yet"}, s)
}

func keyWord(s explain.State) string {
	return word(map[explain.State]string{explain.Hand: "Edited by hand", explain.Kept: "Last good value kept", explain.Locked: "Stays as published",
		explain.Pending: "Will change", explain.Foreign: "Only in the file"}, s)
}

// hopWord says what led to an address.
func hopWord(reason string) string {
	return word(map[string]string{"given": "asked", "301": "moved for good (301)", "302": "redirected (302)", "303": "redirected (303)",
		"307": "redirected (307)", "308": "moved for good (308)"}, reason)
}

// tone is how a word is coloured: good, warn, bad or calm. The word itself says it
// too.
func tone(s any) string {
	switch fmt.Sprint(s) {
	case "published", "created", "updated", "done", "ok":
		return "good"
	case "attention", "suspect", "moved", "hand", "kept", "pending", "running", "queued":
		return "warn"
	case "failed", "dead", "stopped":
		return "bad"
	}
	return "calm"
}

// badge is a word with its tone.
type badge struct{ Tone, Text string }

func newBadge(s any, text string) badge { return badge{tone(s), text} }
