package urlclean_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"ingest/enrich/urlclean"
)

func TestZZDev(t *testing.T) {
	in, out := os.Getenv("UC_IN"), os.Getenv("UC_OUT")
	if in == "" {
		t.Skip()
	}
	f, _ := os.Open(in)
	o, _ := os.Create(out)
	defer o.Close()
	c, err := urlclean.New(urlclean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	enc := json.NewEncoder(o)
	for sc.Scan() {
		var p struct{ ID, Input string }
		json.Unmarshal(sc.Bytes(), &p)
		r := c.Clean(p.Input)
		enc.Encode(map[string]any{"id": p.ID, "output": r.Output, "again": c.Clean(r.Output).Output})
	}
}
