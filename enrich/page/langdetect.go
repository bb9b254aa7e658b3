package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// detection is the language of the text itself.
type detection struct {
	tag  string
	sure bool
}

// sampleBytes is how much text the detection reads; more does not change its answers.
const sampleBytes = 2_500

// detectLang tells the language by script and by the small words that every sentence of a language has.
func (s *signals) detectLang(declared string) detection {
	if declared != "" {
		if d := detect(s.sampleText(sampleBytes / 4)); d.sure && d.tag == primary(declared) {
			return d // a paragraph that agrees with the declaration is enough
		}
	}
	return detect(s.sampleText(sampleBytes))
}

func detect(sample string) detection {
	if d := byScript(sample); d.tag != "" {
		return d
	}
	return byStopWords(sample)
}

// sampleText gathers running text: long runs outside of menus and footers.
func (s *signals) sampleText(size int) string {
	var b strings.Builder
	for _, least := range []int{60, 15} {
		for i := range s.runs {
			r := &s.runs[i]
			if len(r.node.Data) < least || least == 15 && len(r.node.Data) >= 60 || r.in.zones(0)&(inNav|inFooter|inHidden) != 0 {
				continue
			}
			b.WriteString(cutText(r.node.Data, size))
			b.WriteByte(' ')
			if b.Len() > size {
				return b.String()
			}
		}
		if b.Len() > 400 {
			break
		}
	}
	return b.String()
}

// scriptLangs are the scripts that (nearly) one language alone uses on the web.
var scriptLangs = []struct { //nolint:gochecknoglobals // read-only table
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Han, "zh"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Thai, "th"},
	{unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Gujarati, "gu"}, {unicode.Kannada, "kn"},
	{unicode.Malayalam, "ml"}, {unicode.Gurmukhi, "pa"}, {unicode.Sinhala, "si"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"}, {unicode.Ethiopic, "am"},
}

// byScript decides the languages that have a script of their own. Japanese mixes kana and Han: a tenth of kana is enough.
func byScript(sample string) detection {
	if !foreign(sample) {
		return detection{}
	}
	counts := make([]int, len(scriptLangs))
	total := 0
	for _, r := range sample {
		if r < 0x370 {
			if unicode.IsLetter(r) {
				total++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		total++
		for i := range scriptLangs {
			if unicode.Is(scriptLangs[i].table, r) {
				counts[i]++
				break
			}
		}
	}
	if total < 20 {
		return detection{}
	}
	if kana := counts[0] + counts[1]; kana*100 > total*8 && (kana+counts[3])*2 > total {
		return detection{"ja", total > 100}
	}
	for i, n := range counts {
		if n*2 > total {
			return detection{scriptLangs[i].tag, total > 100}
		}
	}
	return detection{}
}

// foreign tells whether a sample has letters beyond Latin at all: in UTF-8 these begin with 0xCD or more, as do some
// punctuation marks.
func foreign(sample string) bool {
	for i := range len(sample) {
		if sample[i] >= 0xcd && sample[i] != 0xe2 {
			return true
		}
	}
	return false
}

// byStopWords counts each language's small words. A word that several languages share counts for each.
func byStopWords(sample string) detection {
	counts := make([]int, len(lex().languages))
	total := 0
	var buf [64]byte
	for len(sample) > 0 {
		var w []byte
		w, sample = nextWord(sample, buf[:0])
		if len(w) == 0 {
			continue
		}
		total++
		for _, i := range lex().stopwords[string(w)] {
			counts[i]++
		}
	}
	best, second := 0, -1
	for i := range counts {
		if counts[i] > counts[best] {
			best = i
		}
	}
	for i := range counts {
		if i != best && (second < 0 || counts[i] > counts[second]) {
			second = i
		}
	}
	if total < 12 || counts[best] < 4 || counts[best]*100 < total*8 {
		return detection{}
	}
	ahead := counts[best]*10 >= counts[second]*14
	return detection{tag: lex().languages[best], sure: ahead && total >= 60 && counts[best]*100 >= total*14}
}

// nextWord takes the next word off a sample, in lower case; a long one is cut, since no small word is long.
func nextWord(sample string, buf []byte) (word []byte, rest string) {
	for i := 0; i < len(sample); {
		r, size := rune(sample[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(sample[i:])
		}
		if r < utf8.RuneSelf && !isAlnum(byte(r)) || r >= utf8.RuneSelf && !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			return buf, sample[i+size:]
		}
		if len(buf) < cap(buf)-utf8.UTFMax {
			if r < utf8.RuneSelf {
				buf = append(buf, lowerByte(byte(r)))
			} else {
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
			}
		}
		i += size
	}
	return buf, ""
}
