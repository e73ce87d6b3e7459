package wxpay

import (
	"crypto/subtle"
	"errors"
	"hash"
	"reflect"
	"strings"
)

// hash returns the function for the digest of a file; nil if the description has no digest, or one that only the caller can
// make.
func (d *description) hash(known hashes) (hash.Hash, error) {
	if d.digest.name == "" {
		return nil, nil
	}
	sum, err := known.of(d.chooseAlgorithm(known))
	if err != nil && d.digest.text() != "" {
		return nil, nil // the caller has computed it with a function that is not at hand
	}
	return sum, err
}

// chooseAlgorithm returns the name of the hash function, and writes it into the description if that leaves it open: SHA-256,
// unless the description takes only another that is at hand.
func (d *description) chooseAlgorithm(known hashes) string {
	switch {
	case d.digest.name == "sha256" || d.algorithm.name == "":
		return HashSHA256
	case d.algorithm.text() != "":
		return d.algorithm.text()
	}
	for _, name := range [...]string{HashSHA256, "SHA-256", HashSM3} {
		if takes(d.algorithm.value.Type(), name) && (known[hashName(name)] != nil || name == HashSM3) {
			d.algorithm.value.SetString(name)
			return name
		}
	}
	return ""
}

// takes reports whether a type of strings takes a value: an enum only those that it knows.
func takes(t reflect.Type, text string) bool {
	value := reflect.New(t).Elem()
	value.SetString(text)
	return !t.Implements(enumType) || known(value)
}

// setDigest writes the digest, or compares it with the one that the caller wrote.
func (d *description) setDigest(digest string) error {
	given := d.digest.text()
	switch {
	case digest == "":
	case given == "":
		d.digest.value.SetString(digest)
	case subtle.ConstantTimeCompare([]byte(strings.ToLower(given)), []byte(digest)) != 1:
		return errors.New("is not the digest of the file: leave it empty, and it is computed")
	}
	return nil
}
