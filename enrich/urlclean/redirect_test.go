package urlclean_test

import (
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

func TestRedirects(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"escaped once", "https://l.facebook.com/l.php?u=https%3A%2F%2Ftides.example%2Fa%3Fb%3D1&h=x", "https://tides.example/a?b=1"},
		{"cleaned as well", "https://l.instagram.com/?u=https%3A%2F%2Ftides.example%2F%3Futm_source%3Dx%26b%3D1", "https://tides.example/?b=1"},
		{"escaped twice", "https://www.curseforge.com/linkout?remoteUrl=https%253a%252f%252ftides.example%252fa", "https://tides.example/a"},
		{"an escape of the target's own", "https://duckduckgo.com/l/?uddg=https%3A%2F%2Ftides.example%2F%3Fq%3Da%252Bb", "https://tides.example/?q=a%2Bb"},
		{"letters beyond ASCII", "https://vk.com/away.php?to=https%3A%2F%2Ftides.example%2F%D1%85", "https://tides.example/х"},
		{"blank stays escaped", "https://vk.com/away.php?to=https%3A%2F%2Ftides.example%2Fa%20b", "https://tides.example/a%20b"},
		{"bytes that are no text stay escaped", "https://vk.com/away.php?to=https%3A%2F%2Ftides.example%2F%FF", "https://tides.example/%FF"},
		{"unescaped up to the next parameter", "https://www.google.com/url?q=https://tides.example/a&sa=D", "https://tides.example/a"},
		{"unescaped but for its query", "https://www.google.com/url?q=https://tides.example/?b%3D1%26c%3D2&sa=D", "https://tides.example/?b=1&c=2"},
		{"unescaped, with an escape of its own", "https://www.google.com/url?q=https://tides.example/a%2Fb%C3%BC&sa=D", "https://tides.example/a%2Fb%C3%BC"},
		{"empty before the right one", "https://www.google.com/url?url=&q=https://tides.example/", "https://tides.example/"},
		{"html ampersand", "https://www.google.com/url?sa=t&amp;url=https%3A%2F%2Ftides.example%2F&amp;usg=x", "https://tides.example/"},
		{"unescaped, with a fragment", "https://steamcommunity.com/linkfilter/?url=https://tides.example/a#low", "https://tides.example/a#low"},
		{"unescaped, with a query", "https://steamcommunity.com/linkfilter/?u=https://tides.example/?a=1&b=2", "https://tides.example/?a=1&b=2"},
		{"whole query", "https://href.li/?https://tides.example/?a=1&b=2#c", "https://tides.example/?a=1&b=2#c"},
		{"whole query, escaped", "https://href.li/?https%3A%2F%2Ftides.example%2Fa", "https://tides.example/a"},
		{"end of the query", "https://links.govdelivery.com/track?enid=x&&&101&&&https://tides.example/a?b=1", "https://tides.example/a?b=1"},
		{"in the path", "https://x1.r.eu-west-1.awstrack.me/L0/https:%2F%2Ftides.example%2Fa%3Fb=1/1/0102/sig=3", "https://tides.example/a?b=1"},
		{"in the path, sender's host", "https://click.mail.tides.example/CL0/https:%2F%2Ftides.example%2Fa/1/0102/sig=3", "https://tides.example/a"},
		{"in the path, unescaped", "https://www.anrdoezrs.net/links/1/type/dlg/https://tides.example/a?b=1", "https://tides.example/a?b=1"},
		{"in the path, behind a colon", "https://prf.hn/click/camref:x/destination:https%3A%2F%2Ftides.example%2Fa", "https://tides.example/a"},
		{"in the path, behind an equals sign", "https://r.search.yahoo.com/_ylt=A;_ylu=B/RV=2/RU=https%3a%2f%2ftides.example%2fa/RK=2/RS=x", "https://tides.example/a"},
		{"in the path, colon escaped", "https://prod.outgoing.prod.webservices.mozgcp.net/v1/0a/https%3A//tides.example/a", "https://tides.example/a"},
		{"in the path, between underscores", "https://url.avanan.click/v2/___https://tides.example/a?b=1___.YXA", "https://tides.example/a?b=1"},
		{"rest of the path", "https://www.google.com/amp/s/tides.example/a/amp?b=1#c", "https://tides.example/a/amp?b=1#c"},
		{"rest of the path, http", "https://www.google.com/amp/tides.example/a", "http://tides.example/a"},
		{"segment without a scheme", "https://click.pstmrk.it/3s/tides.example%2Fa%3Fb%3D1/x/y/z", "https://tides.example/a?b=1"},
		{"no scheme", "https://www.youtube.com/redirect?q=tides.example%2Fa", "https://tides.example/a"},
		{"scheme of the redirect", "http://l.facebook.com/l.php?u=%2F%2Ftides.example%2Fa", "http://tides.example/a"},
		{"own host", "https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3Da%26feature%3Dshare", "https://www.youtube.com/watch?v=a"},
		{"base64", "https://x.lt.acemlna.com/Prod/link-tracker?redirectUrl=aHR0cHM6Ly90aWRlcy5leGFtcGxlL2E%3D&sig=x", "https://tides.example/a"},
		{"base64 behind two letters", "https://www.bing.com/ck/a?!&&p=x&u=a1aHR0cHM6Ly90aWRlcy5leGFtcGxlL2E&ntb=1", "https://tides.example/a"},
		{"base64 of binary fields", "https://news.google.com/rss/articles/CBMiF2h0dHBzOi8vdGlkZXMuZXhhbXBsZS9h0gEA?oc=5", "https://tides.example/a"},
		{"base64 of an object", "https://mandrillapp.com/track/click/1/tides.example?p=eyJwIjoie1widXJsXCI6XCJodHRwczpcXFwvXFxcL3RpZGVzLmV4YW1wbGVcXFwvYVwifSJ9", "https://tides.example/a"},
		{"base64 of a token", "https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9.eyJ1cmwiOiJodHRwczovL3RpZGVzLmV4YW1wbGUvYSJ9.c2ln/br/1-l", "https://tides.example/a"},
		{"between brackets", "https://www.awin1.com/cread.php?awinmid=1&p=%5B%5Bhttps%253A%252F%252Ftides.example%252Fa%5D%5D", "https://tides.example/a"},
		{"token behind the address", "https://disq.us/url?url=https%3A%2F%2Ftides.example%2Fa%3AqZ3xYw8bLk0&cuid=1", "https://tides.example/a"},
		{"port behind the address", "https://disq.us/url?url=https%3A%2F%2Ftides.example%3A8443", "https://tides.example:8443"},
		{"Proofpoint 1", "https://urldefense.proofpoint.com/v1/url?u=https://tides.example/a%3Fb%3D1&k=x", "https://tides.example/a?b=1"},
		{"Proofpoint 2", "https://urldefense.proofpoint.com/v2/url?u=https-3A__tides.example_a-5Fb-3Fc-3D1-26gclid-3Dx&d=y", "https://tides.example/a_b?c=1"},
		{"Proofpoint 3", "https://urldefense.com/v3/__https://tides.example/a?b=1__;!!x!y$", "https://tides.example/a?b=1"},
		{"Proofpoint 3, one character", "https://urldefense.com/v3/__https://tides.example/a*low__;Iw!!x!y$", "https://tides.example/a#low"},
		{"Proofpoint 3, characters of two bytes", "https://urldefense.com/v3/__https://tides.example/*a*__;w7zDtg!!x!y$", "https://tides.example/üaö"},
		{"Proofpoint 3, a run", "https://urldefense.us/v3/__https://tides.example/a**Bb__;Kysr!!x!y$", "https://tides.example/a+++b"},
		{"Safe Links", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftides.example%2Fa%3Fmc_eid%3Dx&data=y&reserved=0", "https://tides.example/a"},
		{"one inside the other", "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Ftides.example%252F%253Fgclid%253Dx", "https://tides.example/"},
		{"base64 of an escaped address", "https://www.bing.com/aclick?ld=e8&u=aHR0cHMlM0ElMkYlMkZ0aWRlcy5leGFtcGxlJTJGYSUzRmIlM0Qx&rlid=1", "https://tides.example/a?b=1"},
		{"base64 in the second segment", "https://link.tides.example/click/12345.678/aHR0cHM6Ly90aWRlcy5leGFtcGxlL2E_Yj0x/5f1b7c/B3a4", "https://tides.example/a?b=1"},
		{"base64 in the last segment", "https://x6ggj.mjt.lu/lnk/CAAA/1/FlQZ/aHR0cHM6Ly90aWRlcy5leGFtcGxlL2E_Yj0x", "https://tides.example/a?b=1"},
		{"base64 of an object with numbers", "https://substack.com/redirect/2/eyJlIjoiaHR0cHM6Ly90aWRlcy5leGFtcGxlL2E_Yj0xIiwicCI6MX0.c2ln", "https://tides.example/a?b=1"},
		{"exclamation mark before the address", "https://pixel.everesttech.net/1/cq?ev_sid=3&url=!https%3A%2F%2Ftides.example%2Fa%3Fb%3D1", "https://tides.example/a?b=1"},
		{"number of four bytes as a host", "https://l.facebook.com/l.php?u=http%3A%2F%2F192.0.2.1%2Fa", "http://192.0.2.1/a"},
		{"address in brackets as a host", "https://l.facebook.com/l.php?u=http%3A%2F%2F%5B2001%3Adb8%3A%3A1%5D%2Fa", "http://[2001:db8::1]/a"},
		{"capitals and a port", "HTTPS://WWW.GOOGLE.COM:443/URL?Q=https%3A%2F%2Ftides.example%2Fa%3Fb%3D1", "https://tides.example/a?b=1"},
		{"to a signed address", "https://l.facebook.com/l.php?u=https%3A%2F%2Ftides.example%2F%3Fexpires%3D1%26signature%3D2%26gclid%3D3", "https://tides.example/?expires=1&signature=2&gclid=3"},
	})
}

func TestNoRedirects(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"no target", "https://l.facebook.com/l.php?h=x", same},
		{"empty target", "https://www.google.com/url?url=&sa_=x", same},
		{"target of another kind", "https://l.facebook.com/l.php?u=javascript%3Aalert(1)", same},
		{"target without a host", "https://l.facebook.com/l.php?u=https%3A%2F%2F", same},
		{"target that is a word", "https://www.youtube.com/redirect?q=tides", same},
		{"another path", "https://steamcommunity.com/id/a/?url=https%3A%2F%2Ftides.example", same},
		{"another host", "https://tides.example/l.php?u=https%3A%2F%2Fa.example", same},
		{"host that begins alike", "https://l.facebook.com.tides.example/l.php?u=https%3A%2F%2Fa.example", same},
		{"host that ends alike", "https://not-awstrack.me/L0/https:%2F%2Fa.example/1/2/3", same},
		{"user that looks like a host", "https://l.facebook.com@tides.example/l.php?u=https%3A%2F%2Fa.example", same},
		{"mail's path under any host", "https://tides.example/CL0/https:%2F%2Fa.example/1/2/3", same},
		{"share dialog", "https://t.me/share/url?url=https%3A%2F%2Ftides.example", same},
		{"one word as a host", "https://l.facebook.com/l.php?u=http%3A%2F%2Fintranet%2Fa", same},
		{"segment that is not there", "https://link.tides.example/click/12345.678", same},
		{"segment of no address", "https://link.tides.example/click/12345.678/YWJj/5f1b7c", same},
		{"object without an address", "https://substack.com/redirect/2/eyJlIjoxLCJwIjoxfQ.c2ln", same},
		{"broken base64", "https://www.bing.com/ck/a?u=a1%%%&b=1", same},
		{"base64 of no address", "https://x.lt.acemlna.com/Prod/link-tracker?redirectUrl=AAECAw", same},
		{"opaque token", "https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2ln/br/1-l", same},
		{"Proofpoint 3 without its end", "https://urldefense.com/v3/__https://tides.example/a", same},
		{"Proofpoint 3 short of characters", "https://urldefense.com/v3/__https://tides.example/**__;Kw!!x!y$", same},
		{"Proofpoint 3 with a run of no length", "https://urldefense.com/v3/__https://tides.example/**!__;Kw!!x!y$", same},
	})
}

func TestRedirectIsReported(t *testing.T) {
	const in = "https://l.facebook.com/l.php?u=https%3A%2F%2Ftides.example%2F%3Fgclid%3Dx"
	got := new(urlclean.Cleaner).Clean(in)
	want := urlclean.Unwrap{From: in, To: "https://tides.example/?gclid=x", Rule: "l.facebook.com", Why: "Meta: link that leads away"}
	if len(got.Unwrapped) != 1 || got.Unwrapped[0] != want {
		t.Errorf("got  %+v\nwant %+v", got.Unwrapped, want)
	}
	if len(got.Removed) != 1 || got.Removed[0].Name != "gclid" {
		t.Errorf("removed %+v", got.Removed)
	}
}

// Redirects inside one another are opened five deep; a sixth is taken for a
// trap and the address comes back as it was.
func TestRedirectsInsideOneAnother(t *testing.T) {
	for depth, opened := range map[int]bool{5: true, 6: false} {
		in := strings.Repeat("https://href.li/?", depth) + "https://tides.example/?gclid=x"
		got := new(urlclean.Cleaner).Clean(in)
		if (got.Output == "https://tides.example/") != opened || (got.Output == in) == opened {
			t.Errorf("%d deep: %s", depth, got.Output)
		}
		if len(got.Notes) > 0 == opened {
			t.Errorf("%d deep: notes %q", depth, got.Notes)
		}
	}
}
