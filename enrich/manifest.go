package enrich

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxManifest bounds a web app manifest, in bytes; real ones are some kilobytes.
const maxManifest = 256 << 10

// manifestIcon is one icon of a web app manifest (W3C, Web Application
// Manifest, section "icons"; image resources).
type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Purpose string `json:"purpose"`
}

// readManifest lists the addresses of a manifest's icons, best first: those
// meant for any purpose before those with room for a mask before one-coloured
// ones, and among these the larger ones up to 192 pixels. Entries that are not
// as the standard has them are passed over; the error is not nil only where
// nothing could be read at all.
func readManifest(content []byte, address string) ([]string, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("its address cannot be read: %w", err)
	}
	var manifest struct {
		Icons []json.RawMessage `json:"icons"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), &manifest); err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	var icons []manifestIcon
	for _, raw := range manifest.Icons {
		var icon manifestIcon
		if json.Unmarshal(raw, &icon) != nil && icon.Source == "" {
			continue // no object, or one without an address; other fields may be odd
		}
		if icon.Source = resolveIcon(base, icon.Source); icon.Source != "" {
			icons = append(icons, icon)
		}
	}
	slices.SortStableFunc(icons, func(a, b manifestIcon) int { return b.rank() - a.rank() })
	var addresses []string
	for _, icon := range icons {
		addresses = append(addresses, icon.Source)
	}
	return distinctAddresses(addresses), nil
}

// resolveIcon makes an icon's address absolute; "" where it is none that can be
// asked for.
func resolveIcon(base *url.URL, source string) string {
	source = strings.TrimSpace(source)
	if source == "" || isData(source) {
		return source
	}
	u, err := base.Parse(source)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

func (i manifestIcon) rank() int {
	const favicon = 192 // pixels; larger ones are launch screens
	rank := 0
	switch purposes := strings.Fields(strings.ToLower(i.Purpose)); {
	case len(purposes) == 0 || slices.Contains(purposes, "any"):
		rank = 20_000
	case slices.Contains(purposes, "maskable"):
		rank = 10_000
	}
	best := 0
	for _, size := range strings.Fields(strings.ToLower(i.Sizes)) {
		if size == "any" {
			best = favicon
		}
		width, _, _ := strings.Cut(size, "x")
		n, err := strconv.Atoi(width)
		switch {
		case err != nil || n < 0:
		case n <= favicon:
			best = max(best, n)
		default:
			best = max(best, favicon-min(n/favicon, favicon))
		}
	}
	return rank + best
}
