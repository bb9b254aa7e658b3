package fetch

import (
	"net/netip"
	"net/url"
	"time"
)

// What follows lets the tests outside ask for single rules.

// Sniff is sniff.
func Sniff(start []byte, declared string) string { return sniff(start, declared) }

// Resolve is resolve.
func Resolve(base *url.URL, ref string) (*url.URL, error) { return resolve(base, ref) }

// Refresh is what metaRefresh finds.
type Refresh struct {
	Delay        time.Duration
	Target, Base string
	Reason       Reason
}

// FindRefresh is metaRefresh.
func FindRefresh(page []byte) (Refresh, bool) {
	r, ok := metaRefresh(page)
	return Refresh{r.delay, r.target, r.base, r.reason}, ok
}

// CheckAddr asks the client's guard.
func (c *Client) CheckAddr(a netip.Addr) error { return c.guard.checkAddr(a) }

// KnownHosts is how many hosts the client remembers.
func (c *Client) KnownHosts() int {
	c.hosts.mu.Lock()
	defer c.hosts.mu.Unlock()
	return len(c.hosts.byName)
}

// RobotsRuling reads a robots.txt for the product token, and tells whether it
// allows the target, the number of the line that decides (0 for none), and the
// delay between requests.
func RobotsRuling(file []byte, product, target string) (allowed bool, line int, delay time.Duration) {
	read := parseRobots(file, product)
	rule := read.ruling(target)
	if rule == nil {
		return true, 0, read.delay
	}
	return rule.allow, rule.line, read.delay
}

// ProductToken is productToken.
func ProductToken(userAgent string) string { return productToken(userAgent) }

// KnownRobots is how many hosts' robots.txt the client keeps.
func (c *Client) KnownRobots() int {
	c.robots.mu.Lock()
	defer c.robots.mu.Unlock()
	return len(c.robots.byHost)
}
