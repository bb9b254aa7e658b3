package access

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"
)

const (
	// MinPassword is the least length of a password, in bytes.
	MinPassword = 10
	// MaxPassword is the greatest, in bytes: bcrypt reads no more, and a longer
	// one would be cut in silence.
	MaxPassword = 72

	// hashCost makes one guess some tenths of a second of work.
	hashCost = 12
	// Hashes below minCost are too cheap, above maxCost a login takes seconds.
	minCost, maxCost = 10, 15

	// hashPatience is how long a login waits for its turn.
	hashPatience = 5 * time.Second
)

// PasswordError is a password that cannot be used. It does not hold it.
type PasswordError struct{ Text string }

func (e *PasswordError) Error() string { return e.Text }

// Hint says what to choose.
func (e *PasswordError) Hint() string {
	return fmt.Sprintf("choose %d to %d bytes, such as four or five random words; letters outside ASCII take two to four bytes each", MinPassword, MaxPassword)
}

// HashPassword returns the bcrypt hash of a password, or a *PasswordError.
func HashPassword(password string) (string, error) { return hashPassword(password, hashCost) }

func hashPassword(password string, cost int) (string, error) {
	switch {
	case len(password) < MinPassword:
		return "", &PasswordError{fmt.Sprintf("the password has %d bytes, at least %d are needed", len(password), MinPassword)}
	case len(password) > MaxPassword:
		return "", &PasswordError{fmt.Sprintf("the password has %d bytes, and bcrypt reads no more than %d", len(password), MaxPassword)}
	case strings.ContainsFunc(password, func(c rune) bool { return c < ' ' || c == 0x7f }):
		return "", &PasswordError{"the password has a control character, which no login form sends"}
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), cost)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return string(hash), nil
}

// passwords are the editors' hashes by name.
type passwords struct {
	hashes map[string][]byte
	decoy  []byte // stands in for the hash of a name that nobody has
	// One password of a stranger and one of a known browser are computed at once,
	// so that logins take two processors at most and a flood of strangers leaves
	// editors theirs.
	strangers, known turns
}

// turns lets as many go on as it holds.
type turns chan struct{}

func newPasswords(users []User, leastCost int, wrong *mistakes) *passwords {
	p := &passwords{hashes: map[string][]byte{}, strangers: make(turns, 1), known: make(turns, 1)}
	dearest := leastCost
	for i, u := range users {
		key := fmt.Sprintf("users[%d]", i)
		hash := []byte(u.PasswordHash.Reveal())
		cost, err := bcrypt.Cost(hash)
		switch _, twice := p.hashes[u.Name]; {
		case CheckName(u.Name) != nil:
			wrong.addName(key, u.Name)
		case twice:
			wrong.add(key+".name", fmt.Sprintf("there are two editors %q", u.Name), "")
		case err != nil || len(hash) != hashLength:
			wrong.add(key+".password_hash", "it is not a bcrypt hash", "ingest passwd "+u.Name+" prints the whole entry")
		case cost < leastCost || cost > maxCost:
			wrong.add(key+".password_hash", fmt.Sprintf("its cost is %d, not between %d and %d", cost, leastCost, maxCost), "ingest passwd "+u.Name+" prints one of the right cost")
		}
		p.hashes[u.Name] = hash
		dearest = max(dearest, min(cost, maxCost))
	}
	// All zeros: a hash in form, so that comparing costs what it always does.
	p.decoy = fmt.Appendf(nil, "$2a$%02d$%s", dearest, strings.Repeat(".", hashLength-7))
	return p
}

// hashLength is that of every bcrypt hash, in bytes.
const hashLength = 60

// errBusy means that too many sign in at once.
var errBusy = errors.New("too many logins at once")

// check says whether a name has a password. It costs the same for a name that nobody
// has, provided that all hashes have one cost. A browser that is known has a turn
// of its own.
func (p *passwords) check(ctx context.Context, name, password string, browserKnown bool) (bool, error) {
	queue := p.strangers
	if browserKnown {
		queue = p.known
	}
	ctx, cancel := context.WithTimeout(ctx, hashPatience)
	defer cancel()
	select {
	case queue <- struct{}{}:
		defer func() { <-queue }()
	case <-ctx.Done():
		return false, errBusy
	}
	hash, known := p.hashes[name]
	if !known || len(password) > MaxPassword {
		hash, known = p.decoy, false
	}
	err := bcrypt.CompareHashAndPassword(hash, []byte(password))
	return err == nil && known, nil
}

// proof identifies what a session was made from.
type proof [sha256.Size]byte

// passwordProof is that of a password: a changed one ends its sessions.
func passwordProof(hash []byte) proof { return sha256.Sum256(append([]byte("password\x00"), hash...)) }
