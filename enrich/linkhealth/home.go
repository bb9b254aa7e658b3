package linkhealth

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// sentHome reports whether a link to some page of a site ended at the site's
// front page: the kind way of some sites to say that the page is gone.
func sentHome(asked, reached string) bool {
	from, err := url.Parse(asked)
	if err != nil {
		return false
	}
	to, err := url.Parse(reached)
	if err != nil {
		return false
	}
	return site(from) == site(to) && !isFront(from) && isFront(to) && to.RawQuery == ""
}

// site is the domain that somebody registered, the host where that cannot be
// told.
func site(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// isFront reports whether an address is that of a front page, the one of a
// language included.
func isFront(u *url.URL) bool {
	segments := strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' })
	return !slices.ContainsFunc(segments, func(s string) bool {
		stem, _, _ := strings.Cut(s, ".")
		return stem != "index" && stem != "default" && s != "home" && !isLanguage(s)
	})
}

// isLanguage knows the form of language tags in addresses: en, pt-br, de_at.
func isLanguage(s string) bool {
	return len(s) == 2 || len(s) == 5 && (s[2] == '-' || s[2] == '_')
}
