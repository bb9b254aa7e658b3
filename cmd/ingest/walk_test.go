package main

import "io/fs"

// walk calls visit for each file below root, in lexical order.
func walk(root fs.FS, visit func(path string, content []byte)) error {
	return fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, path)
		if err == nil {
			visit(path, content)
		}
		return err
	})
}
