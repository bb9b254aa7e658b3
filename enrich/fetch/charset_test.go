package fetch_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"ingest/enrich/fetch"
)

// in writes text in a charset.
func in(t testing.TB, name, text string) string {
	t.Helper()
	e, _ := charset.Lookup(name)
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDecode(t *testing.T) {
	const (
		cafe = "<p>Café, “déjà vu” – 5 €</p>"
		rus  = "<p>Привет, как дела? Это обычный текст.</p>"
		jap  = "<p>日本語のテキストです。カタカナもあります。</p>"
		chi  = "<p>这是一个简体中文的网页，内容很短。</p>"
		tai  = "<p>這是一個繁體中文的網頁，內容很短。</p>"
		kor  = "<p>한국어로 쓴 짧은 글입니다.</p>"
		pol  = "<p>Zażółć gęślą jaźń, Święta</p>"
	)
	long := strings.Repeat("<!-- ascii only -->", 200)
	for _, test := range []struct {
		name, header, body string
		charset, want      string
	}{
		{"ASCII", "", "hello", "utf-8", "hello"},
		{"empty", "", "", "utf-8", ""},
		{"UTF-8 by header", "text/html; charset=utf-8", cafe, "utf-8", cafe},
		{"header in quotes and case", `text/html; Charset="UTF-8"`, cafe, "utf-8", cafe},
		{"legacy by header", "text/html;charset=iso-8859-1", in(t, "windows-1252", cafe), "windows-1252", cafe},
		{"legacy by meta", "text/html", in(t, "windows-1251", `<meta charset="cp1251">`+rus), "windows-1251", `<meta charset="cp1251">` + rus},
		{"legacy by old meta", "", in(t, "koi8-r", `<META http-equiv=Content-Type content="text/html; charset=KOI8-R">`+rus), "koi8-r", `<META http-equiv=Content-Type content="text/html; charset=KOI8-R">` + rus},
		{"legacy by XML", "", in(t, "windows-1251", `<?xml version="1.0" encoding='windows-1251'?>`+rus), "windows-1251", `<?xml version="1.0" encoding='windows-1251'?>` + rus},
		{"header before meta", "text/html; charset=windows-1251", in(t, "windows-1251", `<meta charset=koi8-r>`+rus), "windows-1251", `<meta charset=koi8-r>` + rus},
		{"meta past 1,024 bytes", "", long + in(t, "windows-1251", `<meta charset=windows-1251>`+rus), "windows-1251", long + `<meta charset=windows-1251>` + rus},
		{"meta in a comment", "", in(t, "windows-1252", `<!-- <meta charset=windows-1251> -->`+cafe), "windows-1252", `<!-- <meta charset=windows-1251> -->` + cafe},
		{"meta in the text", "", in(t, "windows-1252", `<body>`+cafe+`<meta charset=windows-1251>`), "windows-1252", `<body>` + cafe + `<meta charset=windows-1251>`},
		{"meta that says UTF-16", "", `<meta charset=utf-16>` + cafe, "utf-8", `<meta charset=utf-16>` + cafe},
		{"unknown label", "text/html; charset=klingon", cafe, "utf-8", cafe},
		{"label without a reader", "text/html; charset=iso-2022-kr", cafe, "utf-8", cafe},
		{"broken header", "text/html; charset", cafe, "utf-8", cafe},
		{"iso-2022-jp", "text/html; charset=iso-2022-jp", in(t, "iso-2022-jp", jap), "iso-2022-jp", jap},

		{"mark before header", "text/html; charset=windows-1251", "\ufeff" + cafe, "utf-8", cafe},
		{"UTF-16 mark", "", utf16LE("<p>é"), "utf-16le", "<p>é"},
		{"UTF-16 mark, other end", "", "\xfe\xff\x00<\x00p\x00>", "utf-16be", "<p>"},
		{"UTF-16 by header", "text/html; charset=utf-16le", utf16LE("<p>é")[2:], "utf-16le", "<p>é"},
		{"UTF-16 detected", "", utf16LE("<p>plain text é")[2:], "utf-16le", "<p>plain text é"},
		{"UTF-16 detected, other end", "", "\x00<\x00p\x00>\x00h\x00i", "utf-16be", "<p>hi"},
		{"UTF-16 declared, not so", "text/html; charset=utf-16", cafe, "utf-8", cafe},
		{"UTF-16 declared, ASCII", "text/html; charset=utf-16", "<p>hi", "utf-8", "<p>hi"},

		{"UTF-8, first character past 1,024 bytes", "", long + cafe, "utf-8", long + cafe},
		{"UTF-8 under a default header", "text/html; charset=ISO-8859-1", cafe, "utf-8", cafe},
		{"UTF-8 under a wrong meta", "", `<meta charset="shift_jis">` + jap, "utf-8", `<meta charset="shift_jis">` + jap},
		{"UTF-8 with one bad byte", "text/html; charset=utf-8", cafe + "\xff", "utf-8", cafe + "\ufffd"},
		{"undeclared UTF-8 with one bad byte", "", cafe + "\xff", "utf-8", cafe + "\ufffd"},
		{"UTF-8 cut within a character", "", cafe + "\xe2\x82", "utf-8", cafe + "\ufffd"},
		{"not UTF-8 as its header says", "text/html; charset=utf-8", in(t, "windows-1252", cafe), "windows-1252", cafe},
		{"not UTF-8, meta right", "text/html; charset=utf-8", in(t, "windows-1251", `<meta charset=windows-1251>`+rus), "windows-1251", `<meta charset=windows-1251>` + rus},

		{"label without a reader, legacy", "text/html; charset=iso-2022-kr", in(t, "windows-1252", cafe), "windows-1252", cafe},
		{"UTF-16 declared, legacy", "text/html; charset=utf-16", in(t, "windows-1252", cafe), "windows-1252", cafe},
		{"UTF-16 in meta, zero byte", "", "<meta charset=utf-16>\x00", "utf-8", "<meta charset=utf-16>\x00"},
		{"UTF-8 cut within a character, default header", "text/html; charset=iso-8859-1", cafe + "\xe2\x82", "utf-8", cafe + "\ufffd"},

		{"no sign", "", in(t, "windows-1252", cafe), "windows-1252", cafe},
		{"by language: ru", "", `<html lang="ru-RU">` + in(t, "windows-1251", rus), "windows-1251", `<html lang="ru-RU">` + rus},
		{"by language: ja", "", `<html lang=ja>` + in(t, "shift_jis", jap), "shift_jis", `<html lang=ja>` + jap},
		{"by language: ja, the other", "", `<html lang=ja>` + in(t, "euc-jp", jap), "euc-jp", `<html lang=ja>` + jap},
		{"by language: zh-CN", "", `<html lang=zh-CN>` + in(t, "gbk", chi), "gbk", `<html lang=zh-CN>` + chi},
		{"by language: zh-TW", "", `<html lang=zh-TW>` + in(t, "big5", tai), "big5", `<html lang=zh-TW>` + tai},
		{"by language: ko", "", `<html lang=ko>` + in(t, "euc-kr", kor), "euc-kr", `<html lang=ko>` + kor},
		{"by language: pl", "", `<html lang=pl>` + in(t, "iso-8859-2", pol), "iso-8859-2", `<html lang=pl>` + pol},
		{"by language: pl, the other", "", `<html lang=pl>` + in(t, "windows-1250", pol), "windows-1250", `<html lang=pl>` + pol},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, name, err := fetch.Decode([]byte(test.body), test.header)
			if err != nil {
				t.Fatal(err)
			}
			if name != test.charset || string(got) != test.want {
				t.Errorf("%s %q\nwant %s %q", name, got, test.charset, test.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=windows-1251")
		_, _ = w.Write([]byte(in(t, "windows-1251", "<p>Привет")))
	})
	c := newClient(t, fetch.Options{AllowPrivate: loopback()})
	res, err := c.Get(t.Context(), fetch.Request{URL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	text, name, err := res.Text()
	if err != nil || name != "windows-1251" || string(text) != "<p>Привет" {
		t.Errorf("%q in %s, error %v", text, name, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "caf\xe9", "\xff\xfe<\x00", "<meta charset=shift_jis>\x83\x65", "<?xml encoding='gbk'?>\xd5\xe2", "<html lang=ja>\x93\xfa"} {
		f.Add([]byte(s), "text/html; charset=big5")
		f.Add([]byte(s), "")
	}
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		text, name, err := fetch.Decode(body, header)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if !utf8.Valid(text) {
			t.Fatalf("%s gives text that is not UTF-8: %q", name, text)
		}
		if e, standard := charset.Lookup(name); e == nil || standard != name {
			t.Fatalf("%q is no standard name", name)
		}
	})
}
