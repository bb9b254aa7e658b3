package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ingest/cmd/ingest/internal/console"
	"ingest/pipeline"
)

// show prints the report and writes the JSON file that was asked for.
func (f *runFlags) show(w world, report *pipeline.Report) error {
	if f.report != "-" {
		if err := console.Table(w.stdout, report, f.verbose > 0); err != nil {
			return err
		}
	}
	return f.write(w, report)
}

// write writes the JSON report to where it was asked for, a file whole or not
// at all.
func (f *runFlags) write(w world, report any) error {
	var err error
	switch info, statErr := os.Stat(f.report); {
	case f.report == "":
	case f.report == "-":
		err = writeJSON(w.stdout, report)
	case statErr == nil && !info.Mode().IsRegular(): // a pipe or device is written to, not replaced
		err = writeInto(f.report, report)
	default:
		err = writeFile(f.report, report)
	}
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func writeInto(path string, report any) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(writeJSON(file, report), file.Close())
}

func writeFile(path string, report any) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".ingest-report-*.tmp")
	if err != nil {
		return err
	}
	err = errors.Join(writeJSON(file, report), file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// writeJSON writes a value as a person reads it.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
