package page_test

import (
	"encoding/json"
	"testing"
	"time"

	"ingest/enrich/page"
)

func TestDatePrintsWhatIsKnown(t *testing.T) {
	t.Parallel()
	at := time.Date(2021, 3, 4, 5, 6, 7, 0, time.FixedZone("", 5400))
	for want, d := range map[string]page.Date{
		"":                          {},
		"2021-03-04":                {Time: time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)},
		"2021-03-04T05:06:07+01:30": {Time: at, HasTime: true, HasZone: true},
	} {
		if got := d.String(); got != want {
			t.Errorf("String: got %q, want %q", got, want)
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back page.Date
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("read back %s: %v", text, err)
		}
		if back.String() != want || back.HasZone != d.HasZone {
			t.Errorf("read back: got %+v, want %+v", back, d)
		}
	}
	if got := (page.Date{Time: at, HasTime: true}).String(); got != "2021-03-04" {
		t.Errorf("a clock without zone: got %q, want the day", got)
	}
	if got := (page.Date{Time: at, HasTime: true, HasZone: true}).Day(); got != "2021-03-04" {
		t.Errorf("Day: got %q, want 2021-03-04", got)
	}
}

func TestDateRefusesNonsense(t *testing.T) {
	t.Parallel()
	var d page.Date
	if err := d.UnmarshalText([]byte("yesterday")); err == nil {
		t.Error("UnmarshalText of a word: got no error, want one")
	}
}
