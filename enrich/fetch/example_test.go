package fetch_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"ingest/enrich/fetch"
)

func ExampleClient_Get() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/article" {
			http.Redirect(w, r, "/article", http.StatusMovedPermanently)
			return
		}
		fmt.Fprint(w, "<!DOCTYPE html><title>Hello</title>")
	}))
	defer site.Close()

	client, err := fetch.New(fetch.Options{
		UserAgent:    "example/1.0 (+https://example.org/bot)",
		AllowPrivate: []string{site.Listener.Addr().String()}, // it is on loopback
		PerHost:      fetch.PerHost{Interval: -1},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()

	page, err := client.Get(context.Background(), fetch.Request{URL: site.URL + "/old", MaxBytes: fetch.MaxPage, Refresh: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	text, charset, err := page.Text()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(page.Type, charset, string(text))
	for _, hop := range page.Hops {
		fmt.Println(hop.Reason, hop.Status, hop.Visited[len(site.URL):])
	}
	// Output:
	// text/html utf-8 <!DOCTYPE html><title>Hello</title>
	// given 301 /old
	// 301 200 /article
}
