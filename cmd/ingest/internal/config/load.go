package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

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
	c, err := load(path, getenv)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// load is Load that gives, beside mistakes, what could be understood.
func load(path string, getenv LookupEnv) (*Config, error) {
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

// LoadPart reads only the named parts (top-level keys) of the configuration,
// for commands that need no more: mistakes elsewhere are left for those whom
// they concern. Where no file stands at path and must is false, the defaults
// are the configuration.
func LoadPart(path string, must bool, getenv LookupEnv, parts ...string) (*Config, error) {
	if _, err := os.Stat(path); !must && errors.Is(err, fs.ErrNotExist) {
		c := Default()
		return &c, nil
	}
	c, err := load(path, getenv)
	mistakes, ok := errors.AsType[Mistakes](err)
	if !ok {
		return c, err
	}
	mistakes = slices.DeleteFunc(mistakes, func(m *Mistake) bool {
		part, _, _ := strings.Cut(m.Key, ".")
		return m.Key != "" && !slices.Contains(parts, part)
	})
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return c, nil
}

func read(path string) ([]byte, error) {
	src, err := readUpTo(maxSize, path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Mistakes{{File: path, Text: "there is no such configuration file",
			Help: "copy config.example.yaml to config.yaml and edit it, or name a file with --config"}}
	case errors.Is(err, errTooLarge):
		return nil, Mistakes{{File: path, Text: "is larger than 1 MiB, which no configuration is", Help: "name the configuration with --config"}}
	case err != nil:
		return nil, Mistakes{{File: path, Text: err.Error(), Help: readableHelp}}
	}
	return src, nil
}

// errTooLarge is a file with more bytes than it may have.
var errTooLarge = errors.New("is too large")

// readUpTo reads a file whole, devices that never end included.
func readUpTo(most int64, path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	content, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(content)) > most {
		return nil, errTooLarge
	}
	return content, err
}

// parse is load without the file: src is the YAML text, dir the folder that
// relative paths start from.
func parse(name, dir string, src []byte, getenv LookupEnv) (*Config, error) {
	c := Default()
	c.Dir = dir
	d := &decoder{file: name, getenv: getenv, lines: make(map[string]int)}
	var root yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(src))
	if err := documents.Decode(&root); err != nil && !errors.Is(err, io.EOF) {
		return nil, Mistakes{syntaxMistake(name, err)}
	}
	var second yaml.Node
	if err := documents.Decode(&second); err == nil {
		return nil, Mistakes{{File: name, Line: second.Line, Text: "a second YAML document begins here", Help: "keep one; a line --- separates documents"}}
	}
	if len(root.Content) > 0 {
		d.value(root.Content[0], reflect.ValueOf(&c).Elem(), "")
	}
	d.resolve(&c)
	d.validate(&c)
	if len(d.mistakes) > 0 {
		slices.SortStableFunc(d.mistakes, byLine)
		return &c, d.mistakes
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
