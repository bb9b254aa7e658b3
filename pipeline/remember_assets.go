package pipeline

import (
	"maps"
	"slices"
)

// storedAssets lists the files of a job's document. On a day on which something
// could not be had the document keeps what it has, and so does the memory.
func storedAssets(j *job, before []StoredAsset) []StoredAsset {
	stored := make([]StoredAsset, 0, len(j.files))
	for _, name := range slices.Sorted(maps.Keys(j.files)) {
		a := j.files[name]
		stored = append(stored, StoredAsset{Name: name, SHA256: a.SHA256, URL: a.URL, ETag: a.Validators.ETag, LastModified: a.Validators.LastModified})
	}
	for _, a := range before {
		if _, again := j.files[a.Name]; !again && len(j.item.Missing()) > 0 {
			stored = append(stored, a)
		}
	}
	return stored
}

// digest is that of an asset as it was last written, "" when it is not known.
func (e *Entry) digest(name string) string {
	if e == nil {
		return ""
	}
	for _, a := range e.Assets {
		if a.Name == name {
			return a.SHA256
		}
	}
	return ""
}
