package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/console"
	"ingest/openproject"
	"ingest/output/archetype"
	"ingest/pipeline"
)

func newCheck(w world, f *runFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check configuration, tracker and content tree before the night does",
		Long: `check reads the configuration, asks the tracker for the user, project, types,
statuses and custom fields that it names, reads the archetype and looks at the
folders of the content tree. It writes nothing.

Exit codes:
  0    everything is as it should be
  1    the tracker cannot be reached or refuses, or a folder cannot be written
  2    the configuration is wrong or names something that does not exist`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runCheck(cmd.Context(), w, f) },
	}
}

func runCheck(ctx context.Context, w world, f *runFlags) error {
	c, err := config.Load(f.config, w.lookupEnv)
	if err != nil {
		return err
	}
	tracker, err := newTracker(c.Tracker, w.logger(f))
	if err != nil {
		return err
	}
	defer tracker.Close()
	k := &checker{out: w.stdout, config: c, tracker: tracker}
	_, web, err := newWeb(c, w, nil)
	if err == nil {
		web.Close()
	}
	k.say("configuration", f.config, err)
	k.local()
	k.remote(ctx)
	return errors.Join(k.errs...)
}

// checker asks one thing after the other and goes on where it can, so that one
// call shows everything there is to mend.
type checker struct {
	out     io.Writer
	config  *config.Config
	tracker *openproject.Client
	errs    []error
}

// say prints one line of the check list and keeps the error for the end.
func (k *checker) say(what, found string, err error) bool {
	if err != nil {
		fmt.Fprintf(k.out, "FAIL  %-14s %s\n", what, console.Clean(strings.SplitN(err.Error(), "\n", 2)[0]))
		k.errs = append(k.errs, err)
		return false
	}
	fmt.Fprintf(k.out, "ok    %-14s %s\n", what, found)
	return true
}

// local looks at what lies on this machine.
func (k *checker) local() {
	o := k.config.Output
	template, err := readArchetype(o)
	if err == nil {
		err = checkOwned(template, o.Owner, nil)
	}
	if k.say("archetype", o.Archetype, err) {
		k.unnamed(template)
	}
	if o := k.config.Offerings; o.From == config.FromFile {
		offerings, err := o.Read()
		k.say("offerings", fmt.Sprintf("from file: %d", len(offerings)), err)
	}
	for _, dir := range []struct{ key, path string }{{"output.content_dir", o.ContentDir}, {"output.assets_dir", o.AssetsDir}} {
		k.say(strings.TrimPrefix(dir.key, "output."), dir.path, writable(dir.key, dir.path))
	}
	k.service()
}

// service looks at what only `ingest serve` needs.
func (k *checker) service() {
	for _, s := range schedules(k.config) {
		times, err := s.Parse()
		if err != nil {
			k.say("schedule", "", &settingError{"schedule", err})
			continue
		}
		k.say("schedule", fmt.Sprintf("%s, next %s", s, times.Next(time.Now()).Format("Mon 2006-01-02 15:04 MST")), nil)
	}
	k.say("server", k.config.Server.Listen, checkServer(k.config.Server))
	if err := checkWays(k.config); err != nil {
		k.say("notify", "", err)
	}
}

// unnamed tells the custom fields that the archetype reads and nobody has given a
// label: their values stay empty. That may be meant, so it is no mistake.
func (k *checker) unnamed(template *archetype.Archetype) {
	var names []string
	for _, origin := range template.Origins() {
		for _, part := range origin.Parts {
			name, is := strings.CutPrefix(part, "wp.fields.")
			if is && k.config.Tracker.Fields[name] == "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(k.out, "--    archetype      reads fields that tracker.fields does not name, and so have no value: %s\n", console.Clean(strings.Join(names, ", ")))
	}
}

// remote looks at the tracker: first whether and as whom, then what.
func (k *checker) remote(ctx context.Context) {
	t := k.config.Tracker
	me, err := k.tracker.Me(ctx)
	if err == nil && me.Name == anonymous {
		err = &anonymousError{url: t.URL}
	}
	if !k.say("tracker", fmt.Sprintf("%s as %s", t.URL, me.Name), err) {
		return // nothing else would say more
	}
	k.scope(ctx, "project", t.Project, t.Types, "tracker.fields", t.Fields)
	k.statuses(ctx, t.Statuses)
	k.feedback(ctx)
	k.offerings(ctx)
}

// scope checks a project, its types and their custom fields.
func (k *checker) scope(ctx context.Context, what, project string, types []string, prefix string, fields map[string]string) {
	if project != "" {
		p, err := k.tracker.FindProject(ctx, project)
		if !k.say(what, fmt.Sprintf("%s (%s, #%d)", p.Name, p.Identifier, p.ID), err) {
			return
		}
	}
	typesFound := true
	for _, name := range types {
		found, err := k.tracker.FindTypes(ctx, project, []string{name})
		typesFound = k.say("type", fmt.Sprintf("%s (#%d)", name, idOf(found)), err) && typesFound
	}
	if project == "" {
		fmt.Fprintf(k.out, "--    custom fields  of %s are looked at with each work package, since no project is named\n", prefix)
		return
	}
	if !typesFound {
		return
	}
	schemas, err := schemas(ctx, k.tracker, project, types)
	if err != nil {
		k.say("custom fields", "", err)
		return
	}
	if len(schemas) == 0 {
		fmt.Fprintf(k.out, "--    custom fields  of %s cannot be looked at: the types are enabled in subprojects only\n", prefix)
		return
	}
	missing := pipeline.CheckLabels(prefix, fields, schemas)
	for _, err := range missing {
		k.say("custom field", "", err)
	}
	if len(missing) == 0 {
		k.say("custom fields", fmt.Sprintf("%d of %s found", len(fields), prefix), nil)
	}
}

func idOf(found []openproject.Type) int64 {
	if len(found) == 0 {
		return 0
	}
	return found[0].ID
}

func (k *checker) statuses(ctx context.Context, names []string) {
	for _, name := range names {
		_, err := k.tracker.FindStatuses(ctx, []string{name})
		k.say("status", name, err)
	}
}

// feedback looks for the status that a publication is given. One of tracker.statuses
// was looked for already, and feedback.status has to be one of those if there are any.
func (k *checker) feedback(ctx context.Context) {
	status := k.config.Feedback.Status
	if status == "" || len(k.config.Tracker.Statuses) > 0 {
		return
	}
	_, err := k.tracker.FindStatuses(ctx, []string{status})
	if err != nil {
		err = fmt.Errorf("feedback.status: %w", err)
	}
	k.say("status", status+", for what is published", err)
}

func (k *checker) offerings(ctx context.Context) {
	o := k.config.Offerings
	if o.From == config.FromTracker {
		k.scope(ctx, "offerings", o.Project, o.Types, "offerings.fields", o.Fields)
	}
}

// anonymous is the name of OpenProject's account for visitors.
const anonymous = "Anonymous"

// anonymousError says that the tracker took us for a visitor: it answers, but
// with fewer work packages and without an error (API.md, section 1).
type anonymousError struct{ url string }

func (e *anonymousError) Error() string { return e.url + " takes us for an anonymous visitor" }
func (e *anonymousError) Hint() string {
	return "check tracker.api_key: create an API token in OpenProject under My account, Access tokens"
}

// writable says whether files can be made in dir, or in the nearest folder
// above it that exists. It looks at permissions by asking the system, without
// leaving a trace.
func writable(key, dir string) error {
	for path := dir; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if errors.Is(err, os.ErrNotExist) && path != filepath.Dir(path) {
			continue
		}
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", key, err)
		case !info.IsDir():
			return &folderError{key: key, path: path, why: "is not a folder"}
		case !mayWrite(path):
			return &folderError{key: key, path: path, why: "cannot be written to"}
		}
		return nil
	}
}

type folderError struct{ key, path, why string }

func (e *folderError) Error() string { return fmt.Sprintf("%s: %s %s", e.key, e.path, e.why) }
func (e *folderError) Hint() string {
	return "name a folder of the site's repository that the user who runs ingest may write to"
}
