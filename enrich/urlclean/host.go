package urlclean

import "bytes"

// endingLen is the length of the ending that "*" stands for in "example.*":
// "com", a country's two letters, or a country's with a general label before,
// as in "co.uk". 0 when the host ends otherwise.
func endingLen(host []byte) int {
	last := bytes.LastIndexByte(host, '.')
	if last < 0 {
		return 0
	}
	switch ending := host[last+1:]; {
	case len(ending) == 2:
		before := bytes.LastIndexByte(host[:last], '.')
		if before >= 0 && generalLabel(string(host[before+1:last])) {
			return len(host) - before - 1
		}
		return 2
	case string(ending) == "com" || string(ending) == "net" || string(ending) == "org" || string(ending) == "cat":
		return 3
	}
	return 0
}

func generalLabel(label string) bool {
	switch label {
	case "ac", "co", "com", "edu", "gob", "gov", "ne", "net", "nom", "or", "org":
		return true
	}
	return false
}
