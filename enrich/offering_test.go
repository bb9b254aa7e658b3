package enrich_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ingest/enrich"
)

func TestRelated(t *testing.T) {
	catalogue := enrich.NewCatalogue([]enrich.Offering{
		{ID: 10, Label: "old", Topics: []string{"Telemedicine"}},
		{ID: 30, Label: "new", Topics: []string{"telemedicine "}},
		{ID: 20, Label: "both", Topics: []string{"Security", "Telemedicine"}},
		{ID: 40, Label: "other", Topics: []string{"Security"}},
		{ID: 50, Label: "said twice", Topics: []string{"Telemedicine", "telemedicine"}},
		{ID: 60, Label: "none"},
	})
	tests := map[string]struct {
		topics []string
		limit  int
		want   []int64
	}{
		"newest first":                           {[]string{"Telemedicine"}, 5, []int64{50, 30, 20, 10}},
		"most shared first":                      {[]string{"Telemedicine", "Security"}, 5, []int64{20, 50, 40, 30, 10}},
		"limited":                                {[]string{"Telemedicine"}, 2, []int64{50, 30}},
		"limit 0":                                {[]string{"Telemedicine"}, 0, nil},
		"case and blanks do not count":           {[]string{" TELEMEDICINE"}, 1, []int64{50}},
		"a topic said twice counts once":         {[]string{"Security", "security"}, 1, []int64{40}},
		"no topics":                              {nil, 5, nil},
		"blank topics relate nothing to nothing": {[]string{" "}, 5, nil},
		"unknown topic":                          {[]string{"Gardening"}, 5, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []int64
			for _, o := range catalogue.Related(tt.topics, tt.limit) {
				got = append(got, o.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Related(%q, %d) (-want +got):\n%s", tt.topics, tt.limit, diff)
			}
		})
	}
}

func TestRelateWithoutCatalogue(t *testing.T) {
	it := &enrich.Item{Topics: []string{"Telemedicine"}}
	if err := (enrich.Relate{Limit: 5}).Apply(t.Context(), it); err != nil || it.Offerings != nil {
		t.Errorf("got %v and error %v, want nothing", it.Offerings, err)
	}
}
