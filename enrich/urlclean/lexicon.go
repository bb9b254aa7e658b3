package urlclean

// lexicon is a map from words in lower case. Most words asked for are not in
// it, so it looks at the first byte and the length before it hashes.
type lexicon[T any] struct {
	entries map[string]T
	lengths [32]uint64 // by the low bits of the first byte: a bit for each length
}

func (l *lexicon[T]) put(word string, value T) {
	if l.entries == nil {
		l.entries = make(map[string]T)
	}
	l.entries[word] = value
	l.lengths[word[0]%32] |= lengthBit(len(word))
}

// get returns the zero value for a word that is not there.
func (l *lexicon[T]) get(word []byte) (value T) {
	if len(word) == 0 || l.lengths[word[0]%32]&lengthBit(len(word)) == 0 {
		return value
	}
	return l.entries[string(word)]
}

// lengthBit has one bit for all lengths from 63 on.
func lengthBit(n int) uint64 { return 1 << min(n, 63) }
