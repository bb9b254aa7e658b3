package main

import (
	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
)

func newSchema(w world, f *runFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print a JSON Schema of the front matter",
		Long: `schema prints a JSON Schema (draft 2020-12) of the front matter that the configured
archetype makes, for editors and for the checks of the site's own repository. It
follows the part output of the configuration, where there is one.`,
		Example: "  ingest schema > front-matter.schema.json",
		Args:    noArgs,
		RunE: func(_ *cobra.Command, _ []string) error {
			c, err := config.LoadPart(f.config, f.given, w.lookupEnv, "output")
			if err != nil {
				return err
			}
			archetype, err := readArchetype(c.Output)
			if err != nil {
				return err
			}
			schema, err := archetype.Schema()
			if err != nil {
				return err
			}
			_, err = w.stdout.Write(schema)
			return err
		},
	}
}
