package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ingest/cmd/ingest/internal/config"
	"ingest/cmd/ingest/internal/lines"
	"ingest/enrich/urlclean"
)

type cleanFlags struct {
	json  bool
	jsonl bool
}

func newClean(w world, f *runFlags) *cobra.Command {
	flags := &cleanFlags{}
	cmd := &cobra.Command{
		Use:   "clean [URL... | -]",
		Short: "Take the tracking parameters out of links",
		Long: `clean prints each URL without its tracking parameters, one a line, redirects that
carry their target opened. It asks nothing of any network. Without a URL, or with
-, it reads URLs from standard input, one a line.

It follows the part links of the configuration, where there is one. What is no
web address comes back as it was: every line of input gives one line of output.`,
		Example: `  ingest clean 'https://example.org/a?id=7&utm_source=mail'
  ingest clean --json 'https://www.google.com/url?q=https%3A%2F%2Fexample.org%2F'
  ingest clean - < links.txt > cleaned.txt`,
		RunE: func(cmd *cobra.Command, args []string) error { return flags.run(cmd.Context(), w, f, args) },
	}
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object a line: input, output, removed, unwrapped, notes")
	cmd.Flags().BoolVar(&flags.jsonl, "jsonl", false, "also read JSON: objects with id and input, one a line")
	return cmd
}

func (c *cleanFlags) run(ctx context.Context, w world, f *runFlags, args []string) error {
	settings, err := config.LoadPart(f.config, f.given, w.lookupEnv, "links")
	if err != nil {
		return err
	}
	cleaner, err := newCleaner(settings.Links)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w.stdout)
	if len(args) == 0 {
		args = []string{"-"}
	}
	for _, arg := range args {
		if arg == "-" {
			err = errors.Join(err, c.stream(ctx, w.stdin, out, cleaner))
			continue
		}
		_, _ = out.WriteString(c.answer(cleaner, arg)) // Flush tells
	}
	return errors.Join(err, out.Flush())
}

// stream cleans each line of in.
func (c *cleanFlags) stream(ctx context.Context, in io.Reader, out *bufio.Writer, cleaner *urlclean.Cleaner) error {
	type answer struct {
		text string
		err  error
	}
	work := func(_ context.Context, line lines.Line) answer { return answer{c.answer(cleaner, line.Text), line.Err} }
	var tooLong error
	err := lines.Map(ctx, lines.NewReader(in, maxLink), 2, work, func(a answer, more bool) error {
		if a.err != nil { // a line stands for it, so that the others keep their places
			tooLong, a.text = errors.Join(tooLong, a.err), "\n"
		}
		_, err := out.WriteString(a.text)
		if !more {
			err = out.Flush()
		}
		return err
	})
	return errors.Join(err, tooLong)
}

// maxLink bounds a line that is to be cleaned, in bytes: a hundred times the
// longest address that a browser opens (2 MB in Chromium).
const maxLink = 256 << 20

// answer is the line of output for one of input, its end included. It never
// fails: what cannot be read comes back.
func (c *cleanFlags) answer(cleaner *urlclean.Cleaner, line string) string {
	input, id := line, json.RawMessage(nil)
	if c.jsonl {
		input, id = unpack(line)
	}
	result := cleaner.Clean(input)
	if !c.json && !c.jsonl {
		return result.Output + "\n"
	}
	if !utf8.ValidString(result.Input) {
		result.Notes = append(result.Notes, "not UTF-8: U+FFFD stands for what JSON cannot hold")
	}
	return jsonLine(struct {
		ID json.RawMessage `json:"id,omitempty"`
		urlclean.Result
	}{id, result})
}

// unpack reads a line of JSON; another line is an address itself.
func unpack(line string) (input string, id json.RawMessage) {
	var asked struct {
		ID    json.RawMessage `json:"id"`
		Input *string         `json:"input"`
	}
	if err := json.Unmarshal([]byte(line), &asked); err != nil || asked.Input == nil {
		return line, nil
	}
	return *asked.Input, asked.ID
}

// jsonLine writes a value as one line of JSON, with & < > as they are.
func jsonLine(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return `{"error":"` + err.Error() + "\"}\n" // no type of ours does
	}
	return b.String()
}
