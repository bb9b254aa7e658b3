package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"ingest/cmd/ingest/internal/access"
)

func newPasswd(w world) *cobra.Command {
	return &cobra.Command{
		Use:   "passwd [NAME]",
		Short: "Make an editor's entry for server.users",
		Long: `passwd asks for a password twice, without showing it, and prints the line for
server.users in the configuration. From a pipe it reads one line. It changes no file,
and takes no password as an argument, where every user of the machine could read it.

Without NAME it prints the hash alone, for an editor who has an entry.`,
		Example: `  ingest passwd ana
  pass show ingest/ana | ingest passwd ana`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return &usageError{errors.New("passwd takes one name; the password is asked for")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runPasswd(cmd.Context(), w, args) },
	}
}

func runPasswd(ctx context.Context, w world, args []string) error {
	if len(args) == 1 {
		if err := access.CheckName(args[0]); err != nil {
			return &settingError{"name", err}
		}
	}
	password, err := askPassword(ctx, w)
	if err != nil {
		return err
	}
	hash, err := access.HashPassword(password)
	if err != nil {
		return err
	}
	line := fmt.Sprintf("password_hash: %q\n", hash)
	if len(args) == 1 {
		line = fmt.Sprintf("- {name: %s, password_hash: %q}\n", yamlName(args[0]), hash)
	}
	_, err = io.WriteString(w.stdout, line)
	return err
}

// askPassword asks a person twice, and reads one line of anything else.
func askPassword(ctx context.Context, w world) (string, error) {
	file, ok := w.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return passwordLine(w.stdin)
	}
	first, err := readHidden(ctx, w, file, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := readHidden(ctx, w, file, "Once more: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ")
	}
	return first, nil
}

// readHidden reads a line without showing it. An interrupt gives the terminal its
// echo back.
func readHidden(ctx context.Context, w world, file *os.File, prompt string) (string, error) {
	type answer struct {
		line []byte
		err  error
	}
	before, err := term.GetState(int(file.Fd()))
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	fmt.Fprint(w.stderr, prompt)
	answers := make(chan answer, 1)
	go func() { // ends with the process when the person never answers
		line, err := term.ReadPassword(int(file.Fd()))
		answers <- answer{line, err}
	}()
	select {
	case a := <-answers:
		fmt.Fprintln(w.stderr)
		if a.err != nil {
			return "", fmt.Errorf("read the password: %w", a.err)
		}
		return string(a.line), nil
	case <-ctx.Done():
		fmt.Fprintln(w.stderr)
		return "", errors.Join(context.Cause(ctx), term.Restore(int(file.Fd()), before))
	}
}

// passwordLine reads a password that is one line.
func passwordLine(in io.Reader) (string, error) {
	const most = 4096
	text, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	line := strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r")
	if strings.ContainsAny(line, "\r\n") {
		return "", errors.New("standard input has more than one line, and a password is one")
	}
	return line, nil
}

// yamlName writes a name so that YAML reads a string: plain where that is sure.
func yamlName(name string) string {
	words := []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
	plain := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*$`).MatchString(name)
	if plain && !slices.Contains(words, strings.ToLower(name)) {
		return name
	}
	quoted, err := json.Marshal(name)
	if err != nil { // a string has none
		return fmt.Sprintf("%q", name)
	}
	return string(quoted)
}
