package page

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/url"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	f, err := os.Open(os.Getenv("ZF"))
	if err != nil {
		t.Skip()
	}
	z, _ := gzip.NewReader(f)
	b, _ := io.ReadAll(z)
	u, _ := url.Parse(os.Getenv("ZU"))
	s, _ := read(b, u)
	s.decide(&Page{Sources: map[string][]Candidate{}})
	for _, n := range s.names {
		fmt.Printf("NAME %+v\n", n)
	}
	titles := s.declaredTitles()
	for i := range s.headings {
		h := s.judgeHeading(&s.headings[i], titles, i)
		fmt.Printf("HEAD at %d %+v zones %b %s\n", s.headings[i].at, h.score, s.headings[i].in.zones(0), h.text+" / "+h.refused)
	}
	if s.headline != nil {
		fmt.Println("HEADLINE", s.headline.at, s.headline.end)
	}
	for i := range s.people {
		e := &s.people[i]
		fmt.Printf("PEOPLE at %d marks %b zones %b near %v %q\n", e.at, e.marks, e.in.zones(s.headlineAt()), s.nearHeadline(e.at, e.in), cutText(text(e.node), 60))
	}
	for i := range s.times {
		e := &s.times[i]
		fmt.Printf("TIME at %d marks %b zones %b near %v %q\n", e.at, e.marks, e.in.zones(s.headlineAt()), s.nearHeadline(e.at, e.in), cutText(text(e.node), 60))
	}
}
