package urlclean_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"

	"ingest/enrich/urlclean"
)

func TestZZCPU(t *testing.T) {
	if os.Getenv("UC_CPU") == "" {
		t.Skip()
	}
	c, _ := urlclean.New(urlclean.Options{})
	for _, u := range []string{
		"https://www.example.com/2026/03/a-long-title-of-an-article/",
		"https://www.amazon.co.uk/dp/B000000000",
		"https://www.example.com/search?q=tide+clocks&page=2&sort=date",
		"https://www.example.com/article?id=42&utm_source=newsletter&utm_medium=email&utm_campaign=march&page=2",
		"https://www.nytimes.com/2026/03/01/health/tide.html?campaign_id=9&smid=tw-share&te=1&page=2",
		"https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Futm_source%3Dx&usg=abc",
	} {
		var a, b syscall.Rusage
		n := 300000
		syscall.Getrusage(0, &a)
		for range n {
			c.Clean(u)
		}
		syscall.Getrusage(0, &b)
		d := b.Utime.Nano() - a.Utime.Nano() + b.Stime.Nano() - a.Stime.Nano()
		fmt.Println(d/int64(n), "ns", testing.AllocsPerRun(100, func() { c.Clean(u) }), u)
	}
}
