package enrich

// KeepLast takes over what the previous visit to the same link found of the parts
// that could not be had today, so that the last good values stay whatever an
// archetype makes of them. The parts are missing all the same, and tried again.
func (it *Item) KeepLast() {
	v := it.Previous
	if it.Link == nil || v == nil || v.Link == nil || v.Link.Clean != it.Link.Clean {
		return
	}
	for _, part := range it.Missing() {
		if part == PartPage {
			it.keepPage(v)
		} else if slot := it.asset(part); slot != nil && *slot == nil {
			*slot = it.remembered(part)
		}
		it.standIns = append(it.standIns, part)
	}
}

// keepPage takes over the page of a visit, if it knew one.
func (it *Item) keepPage(v *Visit) {
	if v.Page == nil {
		return
	}
	if !it.seen.at.IsZero() { // something answered, and not the page
		it.lastHref()
	}
	it.unchanged()
	it.seen = sighting{v.ReadAt, v.Validators}
}

// asset is where the item has an asset; nil for what is none.
func (it *Item) asset(part Part) **Asset {
	switch part {
	case PartImage:
		return &it.Image
	case PartPDF:
		return &it.PDF
	case PartIcon:
		return &it.Icon
	}
	return nil
}
