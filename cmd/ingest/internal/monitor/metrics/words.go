package metrics

import "sync"

// other stands for every word beyond the first maxWords of a label.
const (
	other    = "other"
	maxWords = 64
)

// words keeps the values of a label few. The zero value is ready.
type words struct {
	mu    sync.Mutex
	known map[string]bool
}

func (w *words) bounded(word string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.known[word]:
	case len(w.known) >= maxWords:
		return other
	case w.known == nil:
		w.known = map[string]bool{word: true}
	default:
		w.known[word] = true
	}
	return word
}
