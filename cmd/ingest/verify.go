package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/enrich"
	"ingest/output"
	"ingest/pipeline/state"
	"ingest/pipeline/verify"
)

type verifyFlags struct {
	assets string
	json   bool
}

func newVerify(w world, f *runFlags) *cobra.Command {
	flags := &verifyFlags{}
	cmd := &cobra.Command{
		Use:   "verify [DIR]",
		Short: "Prove that the content tree is whole, without any network",
		Long: `verify reads the content tree (DIR, or output.content_dir) and its assets, and
proves that every file parses, that each document is what the archetype makes,
that every asset it names is there and whole, that no two pages have one address,
that aliases collide with nothing and that related offerings of the site's own
are in the catalogue. Pages without a work package's id are only read.

It follows the parts output, site and offerings of the configuration, where there
is one, so that the site's own checks can run it without the tracker's key. The
catalogue is that of offerings.file, or the one that the last run remembered in
the state; without either, offerings are not looked at, and that is said.

Exit codes:
  0    the tree is sound; there may be warnings
  1    stopped by an error
  2    wrong usage or configuration
  3    the tree has defects, which are listed
  130  interrupted`,
		Example: `  ingest verify
  ingest verify content/news --assets static/news
  ingest verify --json > findings.json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.MaximumNArgs(1)(cmd, args); err != nil {
				return &usageError{err}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return flags.run(cmd.Context(), w, f, args) },
	}
	cmd.Flags().StringVar(&flags.assets, "assets", "", "the `folder` of the assets, in place of output.assets_dir")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object: sound, counts, findings, warnings, omitted, notes")
	return cmd
}

func (v *verifyFlags) run(ctx context.Context, w world, f *runFlags, args []string) error {
	c, err := config.LoadPart(f.config, f.given, w.lookupEnv, "output", "site", "offerings", "state")
	if err != nil {
		return err
	}
	if len(args) == 1 {
		c.Output.ContentDir = args[0]
	}
	c.Output.AssetsDir = cmp.Or(v.assets, c.Output.AssetsDir)
	c.Output.ContentDir, c.Output.AssetsDir = fromHere(c.Output.ContentDir), fromHere(c.Output.AssetsDir)
	report, err := prove(ctx, c, w, f)
	if err != nil {
		return err
	}
	if err := v.print(w, report); err != nil {
		return err
	}
	if !report.Sound {
		return &itemsFailedError{len(report.Findings)}
	}
	return nil
}

// prove proves the tree that the configuration names.
func prove(ctx context.Context, c *config.Config, w world, f *runFlags) (_ *verify.Report, err error) {
	template, err := readArchetype(c.Output)
	if err != nil {
		return nil, err
	}
	shape := template.Document()
	options := output.Options{IDKey: shape.ID, Bundle: shape.Bundle, Beside: shape.Beside, Logger: w.logger(f)} // the proof compares addresses itself
	survey, err := output.Look(c.Output.ContentDir, options)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, survey.Close()) }()
	tree, err := output.Open(c.Output.ContentDir, c.Output.AssetsDir, options)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tree.Close()) }()
	proof := verify.Proof{Tree: tree, Survey: survey, Template: template, Site: site(c.Site)}
	offerings, known, unknown := knownOfferings(ctx, c)
	if isA[config.Mistakes](unknown) {
		return nil, unknown
	}
	if known {
		proof.Offerings = make([]string, 0, len(offerings))
	}
	for _, offering := range offerings {
		proof.Offerings = append(proof.Offerings, offering.Permalink)
	}
	report, err := proof.Run(ctx)
	if err == nil && unknown != nil { // the state is a cache: the tree is proved without it
		report.Notes = append(report.Notes, verify.Note{Text: "the catalogue of offerings was not read: " + unknown.Error(), Hint: hintFor(unknown)})
	}
	return report, err
}

// knownOfferings gives the catalogue without asking the tracker, and tells whether it
// is known. An error about offerings.file is config.Mistakes.
func knownOfferings(ctx context.Context, c *config.Config) (offerings []enrich.Offering, known bool, err error) {
	if c.Offerings.From == config.FromFile {
		offerings, err = listedOfferings(c.Offerings)
		return offerings, err == nil, err
	}
	text, err := remembered(ctx, c.State)
	if err != nil || text == "" {
		return nil, false, err
	}
	offerings, err = recalled(text)
	return offerings, err == nil && (len(offerings) > 0 || c.Offerings.From != config.FromNone), err
}

// remembered reads the fact of the offerings; "" without a state.
func remembered(ctx context.Context, path string) (text string, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	db, err := state.Open(ctx, path, state.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Fact(ctx, offeringsFact)
}

// fromHere shortens a path that lies below the folder that the command runs in,
// since findings repeat it.
func fromHere(path string) string {
	here, err := os.Getwd()
	if err != nil || !filepath.IsAbs(path) {
		return path
	}
	if short, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(short) {
		return short
	}
	return path
}
