package urlclean

// Result is what became of one address. Every list is empty, never nil, so
// that a reader of the JSON form need not ask.
type Result struct {
	// Input is the address as given, byte for byte.
	Input string `json:"input"`
	// Output is the cleaned address. It equals Input, and is the same string,
	// when there was nothing to do or the address could not be understood.
	Output string `json:"output"`
	// Removed lists what went, in the order found: query, then fragment;
	// a piece of the path comes first.
	Removed []Removal `json:"removed"`
	// Unwrapped lists the redirects opened, outermost first.
	Unwrapped []Unwrap `json:"unwrapped"`
	// Notes says why an address, or a part of it, was left alone.
	Notes []string `json:"notes"`
}

// Changed reports whether Output differs from Input.
func (r Result) Changed() bool { return len(r.Removed) > 0 || len(r.Unwrapped) > 0 }

// Removal is one parameter, or one piece of the path, that was taken out.
type Removal struct {
	// Name and Value are the raw bytes on either side of the first "=".
	Name  string `json:"name"`
	Value string `json:"value"`
	// Rule names the row and the pattern that matched: "gclid" holds
	// everywhere, "amazon.* tag" on one family of sites.
	Rule string `json:"rule"`
	// Why says in a few words who sets the parameter.
	Why string `json:"why"`
}

// Unwrap is one redirect that was opened.
type Unwrap struct {
	From string `json:"from"`
	To   string `json:"to"` // the target as it stood inside, not yet cleaned
	Rule string `json:"rule"`
	Why  string `json:"why"`
}
