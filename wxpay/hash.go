package wxpay

import (
	"crypto/sha1" // #nosec G505 -- WeChat Pay names it; it guards against damage, not against an attacker
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"
)

// The types of hashes that WeChat Pay names. SM3 needs [Config.Hashes].
const (
	HashSHA1   = "SHA1"
	HashSHA256 = "SHA256"
	HashSM3    = "SM3"

	// HashNone says that no hash is known for a file, which is true for the pictures of complaints.
	HashNone = "NONE"
)

// Hash is what a downloaded file must hash to: hash_type and hash_value of the answer that named it.
type Hash struct {
	Type  string // HashSHA1, HashSHA256 …, in any case
	Value string // hexadecimal, in either case
}

// ErrHashMismatch is wrapped by the error at the end of a file whose hash is not the one that WeChat Pay gave: the file is
// altered or incomplete, and what was read of it must be thrown away.
var ErrHashMismatch = errors.New("the hash does not fit: the file is altered or incomplete")

// hashes makes hash functions by their names in capitals.
type hashes map[string]func() hash.Hash

func newHashes(added map[string]func() hash.Hash) hashes {
	h := hashes{HashSHA1: sha1.New, HashSHA256: sha256.New}
	for name, make := range added {
		h[hashName(name)] = make
	}
	return h
}

// hashName writes SHA-256 and sha256 as SHA256.
func hashName(name string) string { return strings.ReplaceAll(strings.ToUpper(name), "-", "") }

// of returns a hash function, or an error that says what is there.
func (h hashes) of(name string) (hash.Hash, error) {
	if make := h[hashName(name)]; make != nil {
		return make(), nil
	}
	if name == "" {
		return nil, errors.New("no hash type is given")
	}
	return nil, fmt.Errorf("hash type %q is not known (known: %s): add it to Config.Hashes",
		cut(name, 32), strings.Join(slices.Sorted(maps.Keys(h)), ", "))
}
