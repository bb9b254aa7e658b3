package enrich

import (
	"context"
	"fmt"
	"net/url"

	"ingest/enrich/asset"
	"ingest/enrich/fetch"
	"ingest/enrich/page"
)

// maxIcon bounds an icon's bytes; real ones are some kilobytes.
const maxIcon = 1 << 20

const acceptIcon = "image/svg+xml,image/png,image/x-icon,image/*;q=0.9,*/*;q=0.5"

// pageIcon takes the best icon that the page declares, else one of the web app
// manifest, else the one that stands by convention at the root of the site (the
// WHATWG HTML standard, section 4.6.7.8 "icon"). Which of them it was is no
// news; that a page which promises an icon gave none is.
func (s Assets) pageIcon(ctx context.Context, it *Item) error {
	if !wanted(it, it.Icon, PartIcon) {
		return nil
	}
	look := &search{step: s, it: it, part: PartIcon, accept: acceptIcon, limit: maxIcon, left: 4 * maxIcon, fault: uniconic}
	addresses := iconAddresses(it.Page)
	promised := len(addresses) > 0
	file, err := look.first(ctx, addresses)
	if file == nil && err == nil && it.Page.Manifest != "" && !look.late {
		addresses, err = s.manifestIcons(ctx, it.Page.Manifest, look)
		promised = promised || len(addresses) > 0 || look.late
		if err == nil {
			file, err = look.first(ctx, addresses)
		}
	}
	if file == nil && err == nil {
		file, err = look.first(ctx, rootIcon(it.fetched.url))
	}
	if err != nil {
		return err
	}
	it.Icon = file
	switch {
	case file != nil || len(look.tries) == 0:
	case promised:
		it.Lose(PartIcon)
		look.warn("icon of the source page not taken", "")
	case !look.tries[len(look.tries)-1].gone: // else the site has none, which is normal
		it.Lose(PartIcon)
	}
	return nil
}

// iconAddresses lists the declared icons, best first.
func iconAddresses(p *page.Page) []string {
	var all []string
	for _, c := range p.Sources["icon"] {
		if c.Refused == "" {
			all = append(all, c.Value)
		}
	}
	return distinctAddresses(append(all, p.Icon))
}

func rootIcon(pageURL string) []string {
	u, err := url.Parse(pageURL)
	if err != nil {
		return nil // where a page stood is an address; a page made by hand has no icon
	}
	return []string{u.ResolveReference(&url.URL{Path: "/favicon.ico"}).String()}
}

// uniconic says why a file cannot be shown as an icon, or "".
func uniconic(file *Asset) string {
	if reason := unlike(file, asset.Icon, asset.Image, asset.SVG); reason != "" {
		return reason
	}
	if file.Kind != asset.SVG && max(file.Width, file.Height) <= trackingSide {
		return fmt.Sprintf("it is empty: %d × %d", file.Width, file.Height)
	}
	return ""
}

// manifestIcons reads the web app manifest. That it cannot be read is a try
// that failed: many pages name one that is not there.
func (s Assets) manifestIcons(ctx context.Context, address string, look *search) ([]string, error) {
	response, err := s.Web.Get(ctx, fetch.Request{URL: address, MaxBytes: maxManifest, Accept: "application/manifest+json,application/json;q=0.9,*/*;q=0.5"})
	var content []byte
	if err == nil {
		content, err = response.Bytes()
	}
	if err != nil {
		if stop := stopped(ctx, err); stop != nil {
			return nil, stop
		}
		look.failed(err, 0)
		return nil, nil
	}
	icons, err := readManifest(content, response.URL)
	if err != nil {
		look.tries = append(look.tries, try{why: "web app manifest " + quote(address) + ": " + err.Error(), gone: true})
	}
	return icons, nil
}
