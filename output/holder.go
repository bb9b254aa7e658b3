package output

import (
	"fmt"
	"sync"
)

// holders knows whose each asset of a run is. Two work packages that write one
// file would take turns at it, each night anew, and one of them would show the
// other's picture.
type holders struct {
	mu sync.Mutex
	by map[string]int64 // by folder and folded place
}

// claim gives an asset to the first work package that asks for it; any other gets
// a *SharedAssetError.
func (h *holders) claim(id int64, f file) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	key := string(f.folder.kind) + "/" + fold(f.path)
	if owner, taken := h.by[key]; taken && owner != id {
		return &SharedAssetError{File: f.folder.file(f.path), ID: id, Owner: owner}
	}
	if h.by == nil {
		h.by = map[string]int64{}
	}
	h.by[key] = id
	return nil
}

// SharedAssetError is an asset that would be that of two work packages. The later
// one is not written.
type SharedAssetError struct {
	File      string
	ID, Owner int64
}

func (e *SharedAssetError) Error() string {
	return fmt.Sprintf("%s would be an asset of work package %d and is that of %d", e.File, e.ID, e.Owner)
}

// Hint says how to part them.
func (e *SharedAssetError) Hint() string {
	return "give one of the two documents a folder or a name of its own"
}
