package openprojecttest

// Curation makes a tracker laid out for editors who curate links, without any
// work package yet: projects "medigy-curation" (41) and "medigy-offerings" (42);
// types Curated Content (7), Offering (8) and Task (1); statuses New (1), In
// progress (7), Published (14, closed) and Rejected (15, closed); the user
// Radhika Narayanan (58) and the group Editors (12); custom fields 11 to 17 of
// curated content and Permalink (18) of offerings. What a work package leaves
// out is project 41, type 7, status New and the user of the key as author.
func Curation(o Options) *Tracker {
	t := New(o)
	t.AddProject(
		Project{ID: 41, Identifier: "medigy-curation", Name: "Medigy News Curated Content"},
		Project{ID: 42, Identifier: "medigy-offerings", Name: "Medigy Offerings"},
	)
	t.AddType(Type{ID: 7, Name: "Curated Content"}, Type{ID: 8, Name: "Offering"}, Type{ID: 1, Name: "Task"})
	t.AddStatus(
		Status{ID: 1, Name: "New", Default: true}, Status{ID: 7, Name: "In progress"},
		Status{ID: 14, Name: "Published", Closed: true}, Status{ID: 15, Name: "Rejected", Closed: true},
	)
	t.AddUser(User{ID: 58, Name: "Radhika Narayanan", Login: "radhika"}, User{ID: 12, Name: "Editors", Kind: "groups"})
	curated, both := []int64{7}, []int64{7, 8}
	t.AddField(
		Field{ID: 11, Name: "Source URL", Format: Link, Types: curated},
		Field{ID: 12, Name: "Clean URL", Format: Link, Types: curated},
		Field{ID: 13, Name: "Medigy Topics", Format: List, Multi: true, Types: both},
		Field{ID: 14, Name: "Via", Format: Text, Types: curated},
		Field{ID: 15, Name: "Via Link", Format: Link, Types: curated},
		Field{ID: 16, Name: "Insights Name", Format: Text, Types: curated},
		Field{ID: 17, Name: "Insights Description", Format: LongText, Types: curated},
		Field{ID: 18, Name: "Permalink", Format: Text, Types: []int64{8}},
	)
	return t
}
