package enrich_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"ingest/enrich"
	"ingest/enrich/fetch"
)

// TestPeersAskAThirdPartyForIcons: the icon of a site comes from a service that
// so learns what is read, and that may go away.
func TestPeersAskAThirdPartyForIcons(t *testing.T) {
	for name, head := range map[string]string{
		"a page that names its icon": `<link rel="icon" href="/icon.png" sizes="32x32">`,
		"a page without one":         ``,
		"one whose icon is broken":   `<link rel="icon" href="/broken.png">`,
	} {
		s := newSite(t, map[string]http.HandlerFunc{"/": html("<title>T</title>" + head), "/icon.png": serve("image/png", pngBytes(t, 32, 32)), "/broken.png": broken(404)})
		web := &hosts{Web: s.web}
		it := &enrich.Item{Source: s.URL + "/"}
		for _, step := range []interface {
			Apply(context.Context, *enrich.Item) error
		}{enrich.Clean{Cleaner: s.cleaner}, enrich.Follow{Web: web, Spool: s.spool}, enrich.Scrape{}, enrich.Assets{Web: web, Spool: s.spool}} {
			if err := step.Apply(t.Context(), it); err != nil {
				t.Fatal(err)
			}
		}
		if err := it.Close(); err != nil {
			t.Error(err)
		}
		for _, asked := range web.asked {
			if "http://"+asked != s.URL {
				t.Errorf("%s: asked %s, want the source's own host alone", name, asked)
			}
		}
		if len(web.asked) < 2 {
			t.Errorf("%s: asked %v, want page and icon", name, web.asked)
		}
	}
}

// hosts is a door to the web that notes which hosts are asked.
type hosts struct {
	enrich.Web
	mu    sync.Mutex
	asked []string
}

func (h *hosts) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	h.asked = append(h.asked, u.Host)
	h.mu.Unlock()
	return h.Web.Get(ctx, r)
}
