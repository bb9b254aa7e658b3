package page

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ingest/cmd/ingest/internal/desk"
)

// Choices of the list besides the states.
const (
	deadLinks  = "dead"
	duplicates = "duplicates"
)

// listData is a list of entries.
type listData struct {
	desk.List
	Shown   string // the choice
	Text    string
	Choices []choice
	Pages   int
	// Newer and Older are the addresses of the pages around this one.
	Newer, Older string
}

// choice is an option of the list's filter.
type choice struct {
	Value, Text string
	Chosen      bool
}

func choices(chosen string) []choice {
	list := []choice{{"", "All entries", chosen == ""}}
	for _, s := range states() {
		list = append(list, choice{string(s), stateWord(s), chosen == string(s)})
	}
	return append(list, choice{deadLinks, "Dead links", chosen == deadLinks}, choice{duplicates, "Duplicates", chosen == duplicates})
}

// entries lists the entries of a choice.
func (p *Page) entries(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	shown, text := asked.Get("state"), sought(r)
	filter := desk.Filter{Text: text, Dead: shown == deadLinks, Duplicates: shown == duplicates, Page: 1}
	if !filter.Dead && !filter.Duplicates {
		filter.State = desk.State(shown)
		if shown != "" && !slices.Contains(states(), filter.State) {
			p.wrong(w, r, "There is no such state of an entry.", "Choose one from the list of entries.")
			return
		}
	}
	if !p.pageNumber(w, r, asked.Get("page"), &filter.Page) {
		return
	}
	list, err := p.desk.Entries(r.Context(), filter)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	p.render(w, r, http.StatusOK, "entries", view{Title: "Entries", Section: "entries", Data: newList(list, shown, text)})
}

func newList(list desk.List, shown, text string) listData {
	data := listData{List: list, Shown: shown, Text: text, Choices: choices(shown), Pages: 1}
	if list.PerPage > 0 {
		data.Pages = max(1, (list.Total+list.PerPage-1)/list.PerPage)
	}
	if list.Page > 1 {
		data.Newer = listAddress(shown, text, min(list.Page-1, data.Pages))
	}
	if list.Page < data.Pages {
		data.Older = listAddress(shown, text, list.Page+1)
	}
	return data
}

func listAddress(shown, text string, page int) string {
	q := url.Values{}
	for key, value := range map[string]string{"state": shown, "q": text} {
		if value != "" {
			q.Set(key, value)
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return (&url.URL{Path: "/entries", RawQuery: q.Encode()}).String()
}

// pageNumber reads the number of a page into n; "" leaves it.
func (p *Page) pageNumber(w http.ResponseWriter, r *http.Request, text string, n *int) bool {
	if text == "" {
		return true
	}
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 {
		p.wrong(w, r, "There is no page of that number.", "Begin at the first page of the list.")
		return false
	}
	*n = number
	return true
}
