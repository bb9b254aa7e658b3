package config

import "log/slog"

// Secret is a string that must not be seen: every way of printing it (fmt,
// slog, JSON) shows only that there is one. Reveal is the one way to its value.
type Secret string

const mask = "***"

// String returns a mask, or "" for an empty secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return mask
}

// GoString keeps %#v from showing the value.
func (s Secret) GoString() string { return `config.Secret("` + s.String() + `")` }

// MarshalText keeps JSON and other text encoders from showing the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue keeps slog from showing the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Reveal returns the value itself, to be handed to the client that sends it.
func (s Secret) Reveal() string { return string(s) }
