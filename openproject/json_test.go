package openproject

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzSplit: splitting valid JSON gives what the standard library reads.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, ` { "a" : 1 , "b\"\\" : "x\\\"}" , "a" : [ ] } `, `[1,"]",{"k":"}"},[[]],null,-1e5 , true]`, `{"\u0061":{}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkJSON(body) != nil || !utf8.Valid(body) {
			return
		}
		var wantMap map[string]json.RawMessage
		if got, err := members(body); err == nil {
			if err := json.Unmarshal(body, &wantMap); err != nil || len(got) != len(wantMap) {
				t.Fatalf("%q: got %q, want %q (%v)", body, got, wantMap, err)
			}
			for key, want := range wantMap {
				if string(got[key]) != string(want) {
					t.Errorf("%q: %q is %q, want %q", body, key, got[key], want)
				}
			}
		}
		var wantList []json.RawMessage
		if got, err := items(body); err == nil {
			if err := json.Unmarshal(body, &wantList); err != nil || len(got) != len(wantList) {
				t.Fatalf("%q: got %q, want %q (%v)", body, got, wantList, err)
			}
			for i := range got {
				if string(got[i]) != string(wantList[i]) {
					t.Errorf("%q: element %d is %q, want %q", body, i, got[i], wantList[i])
				}
			}
		}
	})
}
