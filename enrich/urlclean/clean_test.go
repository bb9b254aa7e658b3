package urlclean_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"ingest/enrich/urlclean"
)

// same stands for an output that equals the input.
const same = "="

type address struct{ name, in, want string }

func check(t *testing.T, cleaner *urlclean.Cleaner, cases []address) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if want == same {
				want = c.in
			}
			got := cleaner.Clean(c.in)
			if got.Output != want {
				t.Errorf("\n in   %q\n got  %q\n want %q", c.in, got.Output, want)
			}
			if again := cleaner.Clean(got.Output); again.Output != got.Output {
				t.Errorf("again\n once  %q\n twice %q", got.Output, again.Output)
			}
		})
	}
}

func TestQuery(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"nothing to do", "https://tides.example/table?port=Brest&day=2026-11-22", same},
		{"order and doubled keys", "https://tides.example/?b=2&utm_source=x&a=1&b=3", "https://tides.example/?b=2&a=1&b=3"},
		{"first goes", "https://tides.example/?gclid=x&a=1", "https://tides.example/?a=1"},
		{"last goes", "https://tides.example/?a=1&gclid=x", "https://tides.example/?a=1"},
		{"all go with the question mark", "https://tides.example/a?gclid=x&utm_id=y", "https://tides.example/a"},
		{"all go, no path", "https://tides.example?gclid=x", "https://tides.example"},
		{"all go, fragment stays", "https://tides.example/a?gclid=x#low", "https://tides.example/a#low"},
		{"lone question mark", "https://tides.example/a?", same},
		{"stray separators", "https://tides.example/a?&a=1&&b=2&", same},
		{"stray separators around a tracker", "https://tides.example/a?a=1&&gclid=x&&b=2", "https://tides.example/a?a=1&&&b=2"},
		{"nothing but separators stays", "https://tides.example/a?&gclid=x&", "https://tides.example/a"},
		{"bytes of what stays", "https://tides.example/?q=a+b%20c%zz&e=&n&utm_term=x&u=ü", "https://tides.example/?q=a+b%20c%zz&e=&n&u=ü"},
		{"bare tracker", "https://tides.example/?utm_medium&a", "https://tides.example/?a"},
		{"letter case", "https://tides.example/?UTM_Source=x&FbClid=y&A=1", "https://tides.example/?A=1"},
		{"escaped name", "https://tides.example/?%75tm%5Fsource=x&a=1", "https://tides.example/?a=1"},
		{"blanks around a name", "https://tides.example/?+utm_source%20=x&a=1", "https://tides.example/?a=1"},
		{"escaped question mark before a name", "https://tides.example/?%3Fgclid=x&a=1", "https://tides.example/?a=1"},
		{"equals sign in a value", "https://tides.example/?eq=a=utm_source=b&utm_content=c=d", "https://tides.example/?eq=a=utm_source=b"},
		{"tracker's name as a value", "https://tides.example/?q=utm_source&find=gclid", same},
		{"tracker's name as part of a name", "https://tides.example/?my_gclidx=1&xfbclid_=2", same},
		{"variant of the utm family", "https://tides.example/?utm_anything_new=1&a=1", "https://tides.example/?a=1"},
		{"utm as coordinates", "https://tides.example/?utm=33U&utm_zone=33&utm_easting=1", same},
		{"brackets", "https://tides.example/?f[]=1&f[]=2&mc_eid=x", "https://tides.example/?f[]=1&f[]=2"},
		{"semicolons part", "https://tides.example/q?a=1;utm_source=x;b=2", "https://tides.example/q?a=1;b=2"},
		{"semicolons in a value", "https://tides.example/q?a=1;utm_source=x&b=2", same},
		{"html ampersand", "https://tides.example/?a=1&amp;gclid=x&amp;b=2", "https://tides.example/?a=1&amp;b=2"},
		{"html ampersand after the first", "https://tides.example/?gclid=x&amp;b=2", "https://tides.example/?b=2"},
		{"html ampersand twice over", "https://tides.example/?a=1&amp;amp;gclid=x", "https://tides.example/?a=1"},
		{"html ampersand as a number", "https://tides.example/?a=1&#038;gclid=x", "https://tides.example/?a=1&"},
		{"second question mark", "https://tides.example/?a=1?utm_source=x&b=2", "https://tides.example/?a=1&b=2"},
		{"second question mark behind a tracker", "https://tides.example/?utm_source=x?a=1", "https://tides.example/?a=1"},
		{"second question mark between", "https://tides.example/?b=2&utm_source=x?a=1", "https://tides.example/?b=2&a=1"},
		{"question mark in a value", "https://tides.example/?q=why?&utm_source=x", "https://tides.example/?q=why?"},
		{"two question marks", "https://tides.example/??utm_source=x", "https://tides.example/"},
		{"address inside, its own query", "https://tides.example/?to=https://a.example/?utm_source=x&b=1", same},
		{"address inside, escaped", "https://tides.example/?to=https%3A%2F%2Fa.example%2F%3Futm_source%3Dx", same},
		{"tracker holding an address", "https://tides.example/?utm_source=https://a.example/?p=1&b=1", "https://tides.example/?b=1"},
		{"path that looks like a query", "https://tides.example/a&utm_source=x", same},
		{"a bracket behind", "https://tides.example/a?b=1&utm_source=x)", "https://tides.example/a?b=1"},
		{"a broken escape behind", "https://tides.example/a?b=1&utm_source=x%", "https://tides.example/a?b=1"},
		{"a control character in a value", "https://tides.example/a?b=\x01&utm_source=x", "https://tides.example/a?b=\x01"},
		{"an emoji all over", "https://tides.example/🌊?🌊=1&utm_source=🌊#🌊", "https://tides.example/🌊?🌊=1#🌊"},
		{"an empty port", "https://tides.example:/?gclid=x", "https://tides.example:/"},
		{"parameters of the path", "https://tides.example/a;b=1;utm_source=x?c=1", same},
		{"no name", "https://tides.example/?=utm_source&a", same},
	})
}

func TestFragment(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"anchor", "https://tides.example/a#utm_source", same},
		{"anchor before a parameter", "https://tides.example/a#gclid&b=1", same},
		{"tracker alone", "https://tides.example/a#xtor=RSS-1", "https://tides.example/a"},
		{"anchor and tracker", "https://tides.example/a#low&utm_source=x", "https://tides.example/a#low"},
		{"between parameters", "https://tides.example/a#day=1&utm_source=x&port=2", "https://tides.example/a#day=1&port=2"},
		{"query and fragment", "https://tides.example/a?gclid=x&b=1#utm_source=y", "https://tides.example/a?b=1"},
		{"route", "https://tides.example/#/map?zoom=3", same},
		{"tracker in a route", "https://tides.example/#/map?utm_source=x&zoom=3", "https://tides.example/#/map?zoom=3"},
		{"many cuts before it", "https://tides.example/?" + strings.Repeat("a=1&gclid=2&", 9) + "b=3#gclid=4", "https://tides.example/?" + strings.Repeat("a=1&", 9) + "b=3"},
		{"only tracker of a route", "https://tides.example/#!/map?utm_source=x", "https://tides.example/#!/map"},
		{"route with equals sign", "https://tides.example/#/utm_source=x", same},
		{"text directive", "https://tides.example/#:~:text=utm_source=x&gclid=y", same},
		{"anchor and text directive", "https://tides.example/#a&utm_source=x:~:text=b", same},
		{"empty", "https://tides.example/?#", same},
		{"a name for queries of a site only", "https://www.nytimes.com/a#smid=x", same},
		{"a name for fragments only", "https://www.novinky.cz/a?id=1#source=hp&seq_no=2", "https://www.novinky.cz/a?id=1"},
		{"viewer of AMP pages", "https://a.example/#aoh=16&csi=1&referrer=https%3A%2F%2Fwww.google.com&amp_tf=x", "https://a.example/"},
		{"referrer that is no viewer", "https://a.example/#referrer=ann&csi=abc", same},
	})
}

func TestBytesAroundTheQuery(t *testing.T) {
	check(t, new(urlclean.Cleaner), []address{
		{"scheme and host in capitals", "HTTPS://Tides.Example/A?gclid=x", "HTTPS://Tides.Example/A"},
		{"user, password, port", "https://u:p@tides.example:8443/a?gclid=x", "https://u:p@tides.example:8443/a"},
		{"final dot of the host", "https://tides.example./a?gclid=x", "https://tides.example./a"},
		{"address in brackets", "http://[2001:db8::7]:8080/?gclid=x&a=1", "http://[2001:db8::7]:8080/?a=1"},
		{"host in another script", "https://приливы.example/х?gclid=x", "https://приливы.example/х"},
		{"dot segments and double slashes", "https://tides.example/a/../b//c/?gclid=x", "https://tides.example/a/../b//c/"},
		{"path parameter", "https://tides.example/a;jsessionid=1?gclid=x", "https://tides.example/a;jsessionid=1"},
		{"blanks around", " \thttps://tides.example/a?gclid=x\n", " \thttps://tides.example/a\n"},
	})
}

func TestNoAddress(t *testing.T) {
	for _, in := range []string{
		"", " ", "tides", "tides.example/?utm_source=x", "//tides.example/?utm_source=x", "/a?utm_source=x", "?utm_source=x", "http:",
		"https://", "https:///a?utm_source=x", "https:/tides.example/?utm_source=x", "https://?utm_source=x", "https://#utm_source=x",
		"https://[::1/?utm_source=x", "https://[]/?utm_source=x", "https://a b/?utm_source=x", "https://a\\b/?utm_source=x",
		"https://.tides.example/?utm_source=x", "https://:80/?utm_source=x", "https://user@/?utm_source=x",
		"mailto:a@b.example?utm_source=x", "javascript:alert(1)?utm_source=x", "ftp://a.example/?utm_source=x", "data:text/html,?utm_source=x",
		"read https://tides.example/?utm_source=x now", "<https://tides.example/?utm_source=x>", "https//tides.example/?utm_source=x", "\x00\xff\xfe",
	} {
		got := new(urlclean.Cleaner).Clean(in)
		if got.Output != in || got.Changed() || len(got.Notes) != 1 {
			t.Errorf("%q: output %q, notes %q", in, got.Output, got.Notes)
		}
	}
}

func TestResultAsJSON(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"clean", "https://tides.example/", `{"input":"https://tides.example/","output":"https://tides.example/","removed":[],"unwrapped":[],"notes":[]}`},
		{"removed", "https://tides.example/?gclid=x", `{"input":"https://tides.example/?gclid=x","output":"https://tides.example/",` +
			`"removed":[{"name":"gclid","value":"x","rule":"gclid","why":"Google Ads, Campaign Manager and Display"}],"unwrapped":[],"notes":[]}`},
		{"noted", "tides", `{"input":"tides","output":"tides","removed":[],"unwrapped":[],"notes":["not an http or https address with a host"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := json.Marshal(new(urlclean.Cleaner).Clean(c.in))
			if err != nil || string(got) != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

// A Cleaner of zero value is built by whoever comes first.
func TestManyAtOnce(t *testing.T) {
	var cleaner urlclean.Cleaner
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := cleaner.Clean("https://tides.example/?gclid=x&a=1").Output; got != "https://tides.example/?a=1" {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	wg.Wait()
}

func TestAllocations(t *testing.T) {
	cleaner := newCleaner(t, urlclean.Options{})
	for _, c := range []struct {
		name, in string
		want     float64
	}{
		{"clean", "https://www.amazon.co.uk/dp/B000000000?th=1&psc=1#reviews", 0},
		{"dirty", "https://www.nytimes.com/a.html?id=42&utm_source=a&smid=b&utm_campaign=c&page=2", 2},
	} {
		if got := testing.AllocsPerRun(100, func() { cleaner.Clean(c.in) }); got > c.want {
			t.Errorf("%s: %v allocations, want %v", c.name, got, c.want)
		}
	}
}
