package config

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Values of prune.mode.
const (
	PruneReport = "report"
	PruneDraft  = "draft"
	PruneDelete = "delete"
)

// Prune says what becomes of documents whose work packages do not belong to the
// site any more.
type Prune struct {
	Mode string `yaml:"mode"` // report, draft or delete
	// MaxShare is the largest part of the tree's documents that one run takes off
	// the site; one document always may go.
	MaxShare Share `yaml:"max_share"`
}

// defaultPrune changes nothing, and believes a listing that lacks a tenth.
func defaultPrune() Prune { return Prune{Mode: PruneReport, MaxShare: 0.1} }

// PruneModes lists the values of prune.mode.
func PruneModes() []string { return []string{PruneReport, PruneDraft, PruneDelete} }

// Share is a part of a whole, 0 to 1, written as a percentage: 10%.
type Share float64

// ParseShare reads a percentage above 0% and up to 100%.
func ParseShare(text string) (Share, error) {
	digits, found := strings.CutSuffix(strings.TrimSpace(text), "%")
	percent, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if !found || err != nil || math.IsNaN(percent) || percent <= 0 || percent > 100 {
		return 0, errors.New("not a percentage above 0% and up to 100%")
	}
	return Share(percent / 100), nil
}
