package urlclean_test

import (
	"fmt"

	"ingest/enrich/urlclean"
)

func ExampleCleaner_Clean() {
	var cleaner urlclean.Cleaner // follows the table; New adds options
	got := cleaner.Clean("https://www.google.com/url?q=https%3A%2F%2Ftides.example%2Fclocks%3Futm_source%3Dmail%26page%3D2&sa=D")
	fmt.Println(got.Output)
	for _, u := range got.Unwrapped {
		fmt.Println("opened:", u.Why)
	}
	for _, r := range got.Removed {
		fmt.Printf("removed: %s=%s (%s)\n", r.Name, r.Value, r.Rule)
	}
	// Output:
	// https://tides.example/clocks?page=2
	// opened: Google: search result or link in a document
	// removed: utm_source=mail (utm_*)
}

func ExampleNew() {
	cleaner, err := urlclean.New(urlclean.Options{
		Affiliate: urlclean.Keep,
		Extra:     []urlclean.Rule{{Hosts: []string{"tides.example"}, Names: []string{"moon_*"}, Why: "our mailer"}},
		Keep:      []urlclean.Rule{{Names: []string{"utm_source"}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(cleaner.Clean("https://tides.example/?moon_id=7&utm_source=a&utm_medium=b").Output)
	// Output:
	// https://tides.example/?utm_source=a
}
