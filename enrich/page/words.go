package page

import "strings"

// maxClass is how much of a class attribute is read.
const maxClass = 400

// readClass adds up what the words of a class or id attribute say.
func readClass(class string) word {
	if len(class) > maxClass {
		class = class[:maxClass]
	}
	var sum word
	for class != "" {
		token := class
		if i := strings.IndexByte(class, ' '); i >= 0 {
			token, class = class[:i], class[i+1:]
		} else {
			class = ""
		}
		if strings.IndexByte(token, '-') > 0 {
			if m, known := classTokens[token]; known {
				sum = sum.and(m)
				continue
			}
		}
		sum = sum.and(readToken(token))
	}
	return sum
}

// readToken splits one class name at punctuation and at capitals ("PostAuthor") and looks its words up.
func readToken(token string) word {
	var sum word
	start := 0
	var lower [32]byte
	flush := func(end int) {
		if n := end - start; n >= 2 && n <= len(lower) {
			for i := range n {
				lower[i] = lowerByte(token[start+i])
			}
			sum = sum.and(classWords[string(lower[:n])])
		}
	}
	for i := range len(token) {
		c := token[i]
		switch {
		case !isAlnum(c):
			flush(i)
			start = i + 1
		case i > start && isUpper(c) && !isUpper(token[i-1]):
			flush(i)
			start = i
		}
	}
	flush(len(token))
	return sum
}

func (w word) and(v word) word { return word{w.zone | v.zone, w.mark | v.mark} }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isAlnum(c byte) bool { return c >= 'a' && c <= 'z' || isUpper(c) || isDigit(c) || c >= 0x80 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func lowerByte(c byte) byte {
	if isUpper(c) {
		return c + 'a' - 'A'
	}
	return c
}

// hasWord tells whether a space-separated list holds the word, letter case aside.
func hasWord(list, word string) bool {
	for f := range strings.FieldsSeq(list) {
		if strings.EqualFold(f, word) {
			return true
		}
	}
	return false
}
