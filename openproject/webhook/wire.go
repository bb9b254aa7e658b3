package webhook

import "time"

// The shapes below are of the wire; what is not named in them is not read.

type payload struct {
	WorkPackage *workPackage `json:"work_package"`
	Activity    *activity    `json:"activity"`
	Attachment  *attachment  `json:"attachment"`
	Actor       struct {
		ID int64 `json:"id"`
	} `json:"actor"`
}

type workPackage struct {
	Kind        string    `json:"_type"`
	ID          int64     `json:"id"`
	LockVersion int       `json:"lockVersion"`
	UpdatedAt   time.Time `json:"updatedAt"`
	Links       struct {
		Type    link `json:"type"`
		Project link `json:"project"`
	} `json:"_links"`
	Embedded struct {
		Type    named `json:"type"`
		Project named `json:"project"`
	} `json:"_embedded"`
}

type activity struct {
	ID      int64 `json:"id"`
	Comment struct {
		Raw string `json:"raw"`
	} `json:"comment"`
	Internal  bool      `json:"internal"`
	UpdatedAt time.Time `json:"updatedAt"`
	Links     struct {
		WorkPackage link `json:"workPackage"`
		User        link `json:"user"`
	} `json:"_links"`
}

type attachment struct {
	ID        int64     `json:"id"`
	CreatedAt time.Time `json:"createdAt"`
	Links     struct {
		Container link `json:"container"`
		Author    link `json:"author"`
	} `json:"_links"`
	Embedded struct {
		Container workPackage `json:"container"`
	} `json:"_embedded"`
}

type link struct {
	Href  string `json:"href"`
	Title string `json:"title"`
}

type named struct {
	ID         int64  `json:"id"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
}
