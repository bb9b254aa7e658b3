// Package config reads the configuration file of ingest.
//
// A file becomes a [Config] in four passes, each in a file of its own:
//
//  1. the YAML text is parsed into nodes, which know their lines (load.go);
//  2. ${NAME} and ${NAME:-default} in values are replaced from the
//     environment, after parsing, so that no value can break the syntax
//     (expand.go);
//  3. the nodes are decoded into the struct, strictly (decode.go);
//  4. values are checked against what the program can do, secrets are read
//     from their files and relative paths are resolved against the folder of
//     the configuration file (validate.go, resolve.go).
//
// No pass stops at its first finding: [Load] reports every mistake of the file
// at once, each as a [Mistake] with file, line, key and, where there is one, a
// hint ("did you mean"). A person who mends a configuration should run the
// program twice, not once per mistake.
//
// [Default] holds the value of every key that a file leaves out. Secrets have
// a type of their own that never prints.
package config
