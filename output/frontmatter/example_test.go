package frontmatter_test

import (
	"fmt"

	"ingest/output/frontmatter"
)

func ExampleAppend() {
	fm, err := frontmatter.Append(nil, frontmatter.Map{
		{Key: "title", Value: "Telemedicine: why now?"},
		{Key: "date", Value: "2020-12-15"},
		{Key: "featuredImage", Value: frontmatter.Map{{Key: "size", Value: frontmatter.List{int64(447), int64(1765)}}, {Key: "format", Value: nil}}},
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(string(frontmatter.Join(fm, []byte("The body.\n"))))
	// Output:
	// ---
	// title: 'Telemedicine: why now?'
	// date: '2020-12-15'
	// featuredImage:
	//   size:
	//     - 447
	//     - 1765
	//   format: null
	// ---
	// The body.
}

func ExampleSplit() {
	f, err := frontmatter.Split([]byte("---\nid: 3960\n---\nThe body.\n"))
	if err != nil {
		fmt.Println(err)
	}
	m, err := frontmatter.Decode(f.FrontMatter)
	if err != nil {
		fmt.Println(err)
	}
	id, found := m.Get("id")
	fmt.Println(id, found, len(f.Body))
	// Output: 3960 true 10
}
