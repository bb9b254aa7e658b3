package urlclean

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// Examples are made from the rows themselves, so that none can be forgotten.

func samplesOf(r *row) []Sample {
	switch r.kind {
	case drop:
		return dropSamples(r)
	case keep:
		return keepSamples(r)
	case leave:
		return leaveSamples(r)
	case sign:
		return signSamples(r)
	case trim:
		base := "https://" + sampleHost(r.hosts[0]) + "/a"
		return []Sample{{Row: r.hosts[0] + " " + r.items[0], Input: base + r.items[0] + "b/c?zz=1", Output: base + "?zz=1"}}
	default:
		return openSamples(r)
	}
}

// bases are addresses in a row's scope: every host with the first path, and
// the first host with every path.
func bases(r *row) []string {
	var all []string
	for i, host := range r.hosts {
		for j, p := range append([]pathTest(nil), r.cond.paths...) {
			if i == 0 || j == 0 {
				all = append(all, "https://"+sampleHost(host)+samplePath(p))
			}
		}
		if len(r.cond.paths) == 0 {
			all = append(all, "https://"+sampleHost(host)+"/a")
		}
	}
	for i := range all {
		if len(r.cond.queries) > 0 {
			q := r.cond.queries[0]
			all[i] += "?" + q.name + "=" + max(q.value, "1") + "&"
		} else {
			all[i] += "?"
		}
	}
	return all
}

func sampleHost(host string) string {
	switch {
	case host == "*":
		return "www.example.com"
	case strings.HasSuffix(host, ".*"):
		return "www." + strings.TrimSuffix(host, "*") + "co.uk"
	case strings.HasSuffix(host, "."):
		return host + "example.com"
	default:
		return "sub." + host
	}
}

func samplePath(p pathTest) string {
	switch {
	case p.kind == '$' || p.kind == '/' && strings.HasSuffix(p.text, "/"):
		return p.text
	case p.kind == '/':
		return p.text + "x"
	case p.kind == '~':
		return "/a/" + p.text + ".php/b"
	case strings.HasSuffix(p.text, ":/"):
		return "/a" + p.text + "/other.example/"
	default:
		return "/a/x" + p.text + "y"
	}
}

// sampleName makes a parameter's name of a pattern.
func sampleName(item string) (name, value string, fragment bool) {
	name, test, _ := strings.Cut(item, "~")
	name, fragment = strings.CutPrefix(name, "#")
	if rest, ok := strings.CutPrefix(name, "*"); ok {
		name = "x" + rest
	}
	if rest, ok := strings.CutSuffix(name, "*"); ok {
		name = rest + "zq"
	}
	value = map[string]string{
		"": "v", "akid": "12.345.aBcDeF", "contact": "contact-0123456789abcdef0123456789abcdef", "digit": "0", "digits": "42", "feed": "rss", "google": "https%3A%2F%2Fwww.google.com", "host": "news.example.org",
		"letter": "e", "medium": "rss----a1b2c3---4", "guid": "76df3287-6cda-33eb-8e9a-044b5e15ffdd", "words": "social_x", "opaque": "a1b2c3d4e5f6g7", "rakuten": "abcdefghijk-abcdefghijklmnopqrstuv",
		"spm": "a2g0o.home.0.0", "token": "a1b2c3", "usp": "sharing", "wechat": "timeline",
	}[test]
	return strings.ReplaceAll(name, "%", "%25"), value, fragment
}

func dropSamples(r *row) []Sample {
	var all []Sample
	for i, base := range bases(r) {
		query, fragment := "", ""
		for j, item := range r.items {
			name, value, inside := sampleName(item)
			switch {
			case i > 0 && j > 0:
			case inside:
				fragment += name + "=" + value + "&"
			default:
				query += name + "=" + value + "&"
			}
		}
		if fragment != "" {
			fragment = "#" + strings.TrimSuffix(fragment, "&")
		}
		all = append(all, Sample{Row: r.hosts[0] + " " + r.items[0], Input: base + query + "zz=1" + fragment, Output: base + "zz=1"})
	}
	return all
}

func keepSamples(r *row) []Sample {
	var all []Sample
	for _, base := range bases(r) {
		query, kept := "", map[string]bool{}
		for _, item := range r.items {
			switch {
			case item[0] == '!':
				kept[item[1:]] = false
			case item == "*", item == "@global":
				for _, c := range classNames() {
					kept[c] = true
				}
			case item[0] == '@':
				kept[item[1:]] = true
			default:
				name, value, _ := sampleName(item + telling(item))
				query += name + "=" + value + "&"
			}
		}
		for _, c := range classNames() {
			if kept[c] {
				query += map[string]string{"campaign": "utm_source", "click": "gclid", "mail": "mkt_tok", "affiliate": "awc", "share": "igshid", "visit": "__cf_chl_tk"}[c] + "=v&"
			}
		}
		in := base + strings.TrimSuffix(query, "&")
		all = append(all, Sample{Row: "keep " + r.hosts[0], Input: in, Output: in, Exception: true})
	}
	return all
}

// telling is the test of the drop row that a keep row's name answers.
func telling(item string) string {
	return map[string]string{"__s": "~token", "cuid": "~opaque", "mbid": "~words", "ref": "~host"}[item]
}

func leaveSamples(r *row) []Sample {
	var all []Sample
	for _, base := range bases(r) {
		all = append(all, Sample{Row: "leave " + r.hosts[0], Input: base + "utm_source=v", Output: base + "utm_source=v", Exception: true})
	}
	return all
}

func signSamples(r *row) []Sample {
	var all []Sample
	groups := strings.Split(strings.Join(r.items, ""), "+")
	for i, group := range groups {
		for name := range strings.SplitSeq(group, ",") {
			in := "https://www.example.com/a?" + name + "=1"
			if len(groups) == 2 {
				other, _, _ := strings.Cut(groups[1-i], ",")
				in += "&" + other + "=1"
			}
			in += "&gclid=v"
			all = append(all, Sample{Row: "sign " + r.items[0], Input: in, Output: in})
		}
	}
	return all
}

// Target is what every redirect of the examples leads to.
const Target = "https://www.example.org/a?b=1"

func openSamples(r *row) []Sample {
	o, err := openerFor(r)
	if err != nil {
		panic(err)
	}
	var all []Sample
	for i, base := range bases(r) {
		row := "open " + r.hosts[0]
		switch o.where {
		case byParam:
			for j, name := range o.params {
				if i == 0 || j == 0 {
					all = append(all, Sample{Row: row, Input: base + name + "=" + url.QueryEscape(written(o.steps)), Output: Target})
				}
			}
		case wholeQuery:
			all = append(all, Sample{Row: row, Input: base + Target, Output: Target})
		case queryTail:
			all = append(all, Sample{Row: row, Input: base + "type=click&&&1&&&" + Target, Output: Target})
		case inPath:
			all = append(all, Sample{Row: row, Input: strings.TrimSuffix(base, "?") + "/" + url.PathEscape(written(o.steps)) + "/1", Output: Target})
		default:
			path := strings.TrimSuffix(base, "?")
			path = path[:strings.LastIndex(path, o.prefix)]
			text := written(o.steps)
			if o.where == bySegment {
				text = inSegment(o.nth, url.PathEscape(text))
			}
			all = append(all, Sample{Row: row, Input: path + o.prefix + text, Output: Target})
		}
	}
	for i := range all {
		if o.has("http") {
			all[i].Output = "http" + strings.TrimPrefix(Target, "https")
		}
	}
	return all
}

// inSegment puts text into the nth segment of a path, 0 for the last.
func inSegment(nth int, text string) string {
	if nth == 0 {
		return "1/2/" + text
	}
	return strings.Repeat("1/", nth-1) + text + "/1"
}

// written writes the target the way steps read it.
func written(steps []step) string {
	text := Target
	for _, s := range steps {
		switch s.name {
		case "base64":
			text = base64.StdEncoding.EncodeToString([]byte(text))
		case "bing":
			text = "a1" + base64.RawURLEncoding.EncodeToString([]byte(text))
		case "brackets":
			text = "[[" + text + "]]"
		case "gnews":
			text = base64.RawURLEncoding.EncodeToString([]byte("\x08\x13\x22\x1d" + text + "\xd2\x01\x00"))
		case "json":
			text = base64.RawURLEncoding.EncodeToString([]byte(`{"s":"x","v":1,"p":"{\"v\":1,\"url\":\"` + text + `\"}"}`))
		case "bang":
			text = "!" + text
		case "proofpoint2":
			text = "https-3A__www.example.org_a-3Fb-3D1"
		case "proofpoint3":
			text = "__" + text + "__;!!x!y$"
		case "underscores":
			text += "___.x"
		case "http", "https":
			text = strings.TrimPrefix(text, "https://")
		}
	}
	return text
}
