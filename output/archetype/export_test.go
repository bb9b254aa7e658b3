package archetype

import yaml "go.yaml.in/yaml/v4"

// ParsePart reads a part of an archetype, which may lack the id.
func ParsePart(name string, src []byte) (*Archetype, error) {
	return parse(name, src, func(*parser, *Archetype, *yaml.Node) {})
}

// The names that archetypes may call, for the test of their documentation.
var (
	FunctionNames = functionNames
	BuiltinNames  = builtins
)
