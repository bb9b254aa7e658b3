package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v4"
)

// maxSize bounds the configuration file; a larger one is not a configuration.
const maxSize = 1 << 20

const readableHelp = "name a file that the user who runs ingest may read"

// LookupEnv reads one environment variable and says whether it is set, as
// os.LookupEnv does.
type LookupEnv func(name string) (value string, set bool)

// Load reads the configuration file at path. On any mistake it returns
// [Mistakes], all of them at once; a file that cannot be read or is no YAML
// gives a single one.
func Load(path string, getenv LookupEnv) (*Config, error) {
	src, err := read(path)
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("find the folder of %s: %w", path, err)
	}
	return parse(path, dir, src, getenv)
}

func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Mistakes{{File: path, Text: "there is no such configuration file",
			Help: "copy config.example.yaml to config.yaml and edit it, or name a file with --config"}}
	case err != nil:
		return nil, Mistakes{{File: path, Text: err.Error(), Help: readableHelp}}
	case info.Size() > maxSize:
		return nil, Mistakes{{File: path, Text: "is larger than 1 MiB, which no configuration is", Help: "name the configuration with --config"}}
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, Mistakes{{File: path, Text: err.Error(), Help: readableHelp}}
	}
	return src, nil
}

// parse is Load without the file: src is the YAML text, dir the folder that
// relative paths start from.
func parse(name, dir string, src []byte, getenv LookupEnv) (*Config, error) {
	c := Default()
	c.Dir = dir
	d := &decoder{file: name, getenv: getenv, lines: make(map[string]int)}
	var root yaml.Node
	if err := yaml.Unmarshal(src, &root); err != nil {
		return nil, Mistakes{syntaxMistake(name, err)}
	}
	if len(root.Content) > 0 {
		d.value(root.Content[0], reflect.ValueOf(&c).Elem(), "")
	}
	d.resolve(&c)
	d.validate(&c)
	if len(d.mistakes) > 0 {
		slices.SortStableFunc(d.mistakes, byLine)
		return nil, d.mistakes
	}
	return &c, nil
}

// syntaxMistake keeps the line that the YAML library found.
func syntaxMistake(name string, err error) *Mistake {
	m := &Mistake{File: name, Text: err.Error(), Help: "this is not YAML; check indentation and quotes"}
	var load *yaml.LoadError
	if errors.As(err, &load) {
		m.Line, m.Text = load.Mark.Line, load.Message
	}
	return m
}

// byLine orders mistakes as a reader meets them; those without a line, about
// something missing, come last.
func byLine(a, b *Mistake) int {
	if (a.Line == 0) != (b.Line == 0) {
		return b.Line - a.Line
	}
	return a.Line - b.Line
}
