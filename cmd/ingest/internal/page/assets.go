package page

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// assetPath is where the assets lie.
const assetPath = "/assets/"

// assets are the files that the pages load, by names that change with their bytes,
// so that browsers may keep them for ever.
type assets struct {
	names map[string]string // style.css -> style-1a2b3c4d5e6f.css
	files map[string][]byte // by the hashed name
}

func loadAssets() (*assets, error) {
	entries, err := static.ReadDir("static")
	if err != nil {
		return nil, fmt.Errorf("read the page's assets: %w", err)
	}
	a := &assets{names: map[string]string{}, files: map[string][]byte{}}
	for _, entry := range entries {
		content, err := static.ReadFile("static/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("read the page's assets: %w", err)
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(entry.Name())
		name := strings.TrimSuffix(entry.Name(), ext) + "-" + hex.EncodeToString(sum[:6]) + ext
		a.names[entry.Name()], a.files[name] = name, content
	}
	return a, nil
}

// path is where a page finds an asset.
func (a *assets) path(name string) string { return assetPath + a.names[name] }

// asset serves one file to anybody: the login page needs them too.
func (p *Page) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	content, ok := p.assets.files[name]
	if !ok {
		p.notFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", assetType(name))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = w.Write(content) // an error is that of a connection which is gone
}

// assetType does not ask the machine's table of types, which differs.
func assetType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
