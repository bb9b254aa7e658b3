package asset_test

import (
	"strings"
	"testing"
)

func TestSVGThatIsKept(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"as a drawing program writes it": `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` +
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:docname="C:\icons\a.svg" data-name="C:\b">` +
			`<sodipodi:namedview id="base"/><metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>` +
			`<defs><linearGradient id="g"><stop offset="0"/></linearGradient><filter id="f"><feGaussianBlur/></filter></defs>` +
			`<style>.a{fill:url(#g)} @media (prefers-color-scheme: dark) {.a{fill:url("#g")}} @font-face{src:url(data:font/woff2;base64,AA)}</style>` +
			`<path class="a" fill="url(#g)" style="filter:url( '#f' )" transform="rotate(9)"/><use xlink:href="#g"/><image href="data:image/png;base64,AA"/></svg>`,
		"a link that a reader follows":  `<svg xmlns="http://www.w3.org/2000/svg"><a href="https://example.org/"><path/></a></svg>`,
		"animated":                      `<svg xmlns="http://www.w3.org/2000/svg"><circle><animate attributeName="r" values="1;2" dur="1s"/><animateTransform attributeName="transform"/></circle></svg>`,
		"text that speaks of addresses": `<svg xmlns="http://www.w3.org/2000/svg"><title>url(http://example.org) @import</title></svg>`,
		"Latin-1":                       "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><title>\xe9</title></svg>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := inspect(t, []byte(text)); !got.Valid || got.Format != "SVG" {
				t.Errorf("got %+v, want a valid SVG", got)
			}
		})
	}
}

func TestSVGThatRunsOrLoadsIsRefused(t *testing.T) {
	t.Parallel()
	inside := map[string]string{
		"script":                          `<script>x()</script>`,
		"script by another prefix":        `<q:script xmlns:q="http://www.w3.org/2000/svg">x()</q:script>`,
		"script of HTML":                  `<h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script>`,
		"an HTML picture with an error":   `<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>`,
		"an HTML refresh":                 `<h:meta xmlns:h="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>`,
		"HTML whose name is spelt":        `<h:link xmlns:h="http://www.w3.org/1999/xht&#109;l" rel="stylesheet"/>`,
		"formulas":                        `<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>`,
		"bindings":                        `<b:bindings xmlns:b="http://www.mozilla.org/xbl"/>`,
		"a transformation":                `<t:template xmlns:t="http://www.w3.org/1999/XSLT/Transform"/>`,
		"elements of no namespace":        `<g xmlns=""/>`,
		"an unknown element":              `<unknown/>`,
		"foreign content":                 `<foreignObject/>`,
		"foreign content, other case":     `<FOREIGNobject/>`,
		"a frame":                         `<iframe/>`,
		"an event":                        `<path onload="x()"/>`,
		"an event, other case":            `<path OnLoad="x()"/>`,
		"an event with a prefix":          `<path xmlns:v="http://example.org/v" v:onload="x()"/>`,
		"a script's address":              `<a href="javascript:x()"/>`,
		"a script's address, by xlink":    `<a xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:x()"/>`,
		"a script's address, spelt":       `<a href="&#106;ava&#x9;script&#58;x()"/>`,
		"a script's address, other case":  `<a href=" JaVaScRiPt:x()"/>`,
		"a page's address":                `<a href="data:text/html,x"/>`,
		"a page's address, base64":        `<a href="data:application/xhtml+xml;base64,AA"/>`,
		"a link into the site":            `<a href="//example.org/"/>`,
		"an animation of a link":          `<a><animate attributeName="href" values="#;x"/></a>`,
		"an animation of a link by xlink": `<a><set attributeName="xlink:href" to="x"/></a>`,
		"an animation, spelt":             `<a><set attributeName=" hr&#101;f" to="x"/></a>`,
		"an animation of an event":        `<set attributeName="onclick" to="x()"/>`,
		"an animation to a script":        `<animate attributeName="r" to="javascript:x()"/>`,
		"a picture from elsewhere":        `<image href="https://example.org/p.png"/>`,
		"a picture beside it":             `<image href="p.png"/>`,
		"a filter's picture":              `<filter><feImage href="https://example.org/p.png"/></filter>`,
		"a drawing in it":                 `<use href="data:image/svg+xml,x#y"/>`,
		"a drawing from elsewhere":        `<use href="other.svg#y"/>`,
		"another base":                    `<g xml:base="https://example.org/"><use href="#y"/></g>`,
		"a fill from elsewhere":           `<path fill="url(https://example.org/f.svg#a)"/>`,
		"a style from elsewhere":          `<path style="fill: URL( 'https://example.org/f.svg#a' )"/>`,
		"a style with escapes":            `<path style="fill:u\72l(https://example.org/)"/>`,
		"a fill with escapes":             `<path fill="u\72l(https://example.org/)"/>`,
		"a cursor from elsewhere":         `<path cursor="image-set('https://example.org/' 1x)"/>`,
		"a style sheet that imports":      `<style>@import 'x.css';</style>`,
		"an import cut by a comment":      `<style>@im<!-- -->port 'x.css';</style>`,
		"an import cut by CDATA":          `<style>@im<![CDATA[port]]> 'x.css';</style>`,
		"an import cut by an element":     `<style>@im<title>x</title>port 'x.css';</style>`,
		"a style sheet with an address":   `<style>a{background:url(//example.org/)}</style>`,
		"a second address in a style":     `<style>a{fill:url(#a)} b{fill:url(b.svg)}</style>`,
	}
	whole := map[string]string{
		"a style sheet by instruction":  `<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>`,
		"entities":                      `<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
		"attributes of the type's own":  `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
		"an entity of HTML":             `<svg xmlns="http://www.w3.org/2000/svg"><title>&nbsp;</title></svg>`,
		"no namespace":                  `<svg><path/></svg>`,
		"a namespace of another's":      `<svg xmlns="http://example.org/drawing"/>`,
		"an encoding that shifts":       "<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"an encoding that is another's": "<?xml version=\"1.0\" encoding=\"utf-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
		"UTF-16":                        "\xff\xfe<\x00s\x00v\x00g\x00/\x00>\x00",
		"invalid UTF-8":                 "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>\xff</title></svg>",
		"larger than 5 MB":              `<svg xmlns="http://www.w3.org/2000/svg"><title>` + strings.Repeat("x", 5<<20) + `</title></svg>`,
	}
	for name, text := range inside {
		whole[name] = `<svg xmlns="http://www.w3.org/2000/svg">` + text + `</svg>`
	}
	for name, text := range whole {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := inspect(t, []byte(text)); got.Valid {
				t.Errorf("got %+v, want a reason", got)
			}
		})
	}
}
