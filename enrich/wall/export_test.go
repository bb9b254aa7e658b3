package wall

import "fmt"

// Rows lists the rows of the table as "kind | place | pattern".
func Rows() []string {
	var all []string
	for _, rows := range table().title {
		for _, r := range rows {
			all = append(all, r.String())
		}
	}
	for _, rows := range table().other {
		for _, r := range rows {
			all = append(all, r.String())
		}
	}
	return all
}

func (r row) String() string { return fmt.Sprintf("%s | %s | %s", r.kind, r.place, r.pattern) }

// ParseRow reads a line of rules.txt.
func ParseRow(line string) error {
	_, err := parseRow(line)
	return err
}

// Evidence lists the rows that an answer meets, in the form of Rows.
func Evidence(a Answer) map[string]bool {
	s := newScore(a)
	s.address(a)
	s.headers(a)
	s.page(scan(a.HTML))
	met := map[string]bool{}
	for _, r := range s.met {
		met[r.String()] = true
	}
	return met
}
