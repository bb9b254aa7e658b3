package urlclean_test

import (
	"strings"
	"testing"

	"ingest/enrich/urlclean"
)

// The defects of programs that do a like job, where they concern addresses.

// TestPeersReencodeWhatStays: to cut one parameter, an address is taken apart and
// put together in another spelling, which not every server understands.
func TestPeersReencodeWhatStays(t *testing.T) {
	for _, rest := range []string{
		"https://tides.example/a%2Fb/%7Ec?q=a+b%20c", "https://tides.example/?q={x}|^`y", "https://tides.example/?b=2&a=1&b=1",
		"https://tides.example/?name=%E4%F6", "https://tides.example/?q=%2f%2F", "https://tides.example/?a=1;b=2&c=d;e",
		"https://tides.example/?q=ä ö&t=日本", "https://tides.example/?page=2#frag?ment=%20", "HTTPS://Tides.Example/?X=%zz",
	} {
		address, fragment, _ := strings.Cut(rest, "#")
		dirty := address + "&utm_source=mail"
		if fragment != "" {
			dirty, rest = dirty+"#"+fragment, address+"#"+fragment
		}
		var cleaner urlclean.Cleaner
		if got := cleaner.Clean(dirty).Output; got != rest {
			t.Errorf("got  %s\nwant %s", got, rest)
		}
	}
}

// TestPeersDropEmptyParameters: parameters without a value go with the trackers.
func TestPeersDropEmptyParameters(t *testing.T) {
	for _, query := range []string{"a=", "a", "a=&b=", "flag&a=1", "a=1&&b=2", "=x", "a=1&"} {
		var cleaner urlclean.Cleaner
		want := "https://tides.example/?" + query
		if got := cleaner.Clean("https://tides.example/?utm_medium=mail&" + query).Output; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got := cleaner.Clean(want).Output; got != want {
			t.Errorf("nothing to cut: got %s, want %s", got, want)
		}
	}
}
