package access

import "golang.org/x/crypto/bcrypt"

// NewCheap is New for tests: it takes hashes of the least cost there is.
func NewCheap(o Options) (*Guard, error) { return build(o, bcrypt.MinCost) }

// HashCheap is HashPassword at the least cost there is.
func HashCheap(password string) (string, error) { return hashPassword(password, bcrypt.MinCost) }
