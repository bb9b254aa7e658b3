package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// resolve reads secrets from their files and makes paths absolute.
func (d *decoder) resolve(c *Config) {
	for _, path := range []*string{&c.Tracker.APIKeyFile, &c.Tracker.TokenFile, &c.Offerings.File, &c.Output.ContentDir, &c.Output.AssetsDir, &c.State, &c.Server.TLS.CertFile, &c.Server.TLS.KeyFile} {
		*path = c.absolute(*path)
	}
	if c.Output.ArchetypeIsFile() {
		c.Output.Archetype = c.absolute(c.Output.Archetype)
	}
	d.secretFile("tracker.api_key", c.Tracker.APIKeyFile, &c.Tracker.APIKey)
	d.secretFile("tracker.token", c.Tracker.TokenFile, &c.Tracker.Token)
}

func (c *Config) absolute(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.Dir, path)
}

// ArchetypeIsFile says whether the archetype is a file of the site rather than
// the name of a built-in one.
func (o Output) ArchetypeIsFile() bool {
	return strings.HasSuffix(o.Archetype, ".yaml") || strings.HasSuffix(o.Archetype, ".yml")
}

// ReadArchetype reads the site's own file.
func (o Output) ReadArchetype() ([]byte, error) { return readUpTo(maxSize, o.Archetype) }

// secretFile reads a secret whose file is named by key + "_file".
func (d *decoder) secretFile(key, path string, into *Secret) {
	if path == "" {
		return
	}
	fileKey := key + "_file"
	if *into != "" {
		d.mistake(d.lines[fileKey], fileKey, "stands beside "+key, "keep one of the two")
		return
	}
	content, err := readUpTo(maxSize, path)
	if errors.Is(err, errTooLarge) {
		err = fmt.Errorf("%s is larger than 1 MiB, which no secret is", path)
	}
	if err != nil {
		d.mistake(d.lines[fileKey], fileKey, err.Error(), "the file holds the secret and nothing else")
		return
	}
	secret := strings.TrimSpace(string(content))
	if secret == "" {
		d.mistake(d.lines[fileKey], fileKey, path+" is empty", "the file holds the secret and nothing else")
	}
	*into = Secret(secret)
}
