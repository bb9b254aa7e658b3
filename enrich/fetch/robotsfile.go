package fetch

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// rules are what a robots.txt says to us (RFC 9309). The zero value allows
// everything.
type rules struct {
	lines []robotsRule
	delay time.Duration // Crawl-delay, which is older than the RFC and not in it
}

// robotsRule is one Allow or Disallow line.
type robotsRule struct {
	line    int // its number in the file, from 1
	agent   string
	allow   bool
	written string // the path as the file has it
	pattern string // the same through pathForm
}

// parseRobots reads a file leniently (RFC 9309, 2.2 and 2.3.1.5): a line that
// cannot be read is nothing. The groups of the product token count together,
// those of "*" where there are none.
func parseRobots(file []byte, product string) rules {
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	own := robotsGroups{names: func(agent string) bool { return strings.EqualFold(productToken(agent), product) }}
	all := robotsGroups{names: func(agent string) bool { return strings.HasPrefix(agent, "*") }}
	number := 0
	for line := range bytes.Lines(bytes.ReplaceAll(bytes.ReplaceAll(file, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))) {
		number++
		key, value := robotsLine(line)
		own.read(number, key, value)
		all.read(number, key, value)
	}
	if own.found {
		return own.rules
	}
	return all.rules
}

// robotsLine parts "Key: value # comment", the key in lower case.
func robotsLine(line []byte) (key, value string) {
	text, _, _ := strings.Cut(string(line), "#")
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		return "", ""
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// robotsGroups collects the groups whose agent it names.
type robotsGroups struct {
	names  func(agent string) bool
	rules  rules
	found  bool
	agent  string // the line that made us a member of the present group; empty outside
	within bool   // past the agents of a group: the next agent begins another
}

func (g *robotsGroups) read(number int, key, value string) {
	switch key {
	case "user-agent", "useragent":
		if g.within {
			g.within, g.agent = false, ""
		}
		if g.names(value) {
			g.found, g.agent = true, value
		}
	case "allow", "disallow":
		g.within = true
		if g.agent != "" && value != "" {
			g.rules.lines = append(g.rules.lines, robotsRule{number, g.agent, key == "allow", value, pathForm(rooted(value), true)})
		}
	case "crawl-delay", "crawldelay":
		g.within = true
		if s, err := strconv.ParseFloat(value, 64); g.agent != "" && err == nil && s > 0 {
			g.rules.delay = time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
		}
	}
}

// rooted adds the slash that some authors leave out.
func rooted(path string) string {
	if strings.HasPrefix(path, "/") || strings.HasPrefix(path, "*") {
		return path
	}
	return "/" + path
}

// productToken gives the name by which robots.txt files call a program: the
// first word of its User-Agent, or the one after "compatible;" where the first
// only says which browser it resembles.
func productToken(userAgent string) string {
	const imitation = "mozilla/"
	if len(userAgent) > len(imitation) && strings.EqualFold(userAgent[:len(imitation)], imitation) {
		if _, name, ok := strings.Cut(userAgent, "compatible;"); ok {
			userAgent = name
		}
	}
	userAgent = strings.TrimSpace(userAgent)
	end := strings.IndexFunc(userAgent, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
	})
	if end >= 0 {
		return userAgent[:end]
	}
	return userAgent
}
