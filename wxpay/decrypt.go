package wxpay

import (
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
)

// sealed is encrypted content as notifications and certificates carry it.
type sealed struct {
	Algorithm      string `json:"algorithm"`
	Ciphertext     string `json:"ciphertext"`
	AssociatedData string `json:"associated_data"`
	Nonce          string `json:"nonce"`
}

// opener decrypts with the APIv3 key. Nothing that prints a Client can reach the key, since it is kept in a function.
type opener struct {
	scheme  Scheme
	key     func() string
	ciphers ciphers
}

// ciphers keeps a cipher.AEAD by its algorithm; only those of the scheme, so senders cannot make it grow. It is a sync.Map
// behind an interface: every package that names Client would otherwise compile the generic code of sync.Map anew.
type ciphers interface {
	Load(algorithm any) (cipher any, ok bool)
	Store(algorithm, cipher any)
}

// newOpener refuses shorter keys, which some ciphers would take: an APIv3 key has 32 bytes. Without a key, everything is
// refused when it comes to be opened.
func newOpener(scheme Scheme, key string) (opener, error) {
	if key != "" && len(key) != apiV3KeyLength {
		return opener{}, fmt.Errorf("the APIv3 key has %d bytes, needed are %d", len(key), apiV3KeyLength)
	}
	return opener{scheme: scheme, key: func() string { return key }, ciphers: new(sync.Map)}, nil
}

func (o *opener) open(s *sealed) ([]byte, error) {
	if held, ok := o.ciphers.Load(s.Algorithm); ok {
		return s.open(held.(cipher.AEAD))
	}
	key := o.key()
	if key == "" {
		return nil, fmt.Errorf("%w: Config.APIv3Key is not set", ErrDecrypt)
	}
	aead, err := o.scheme.AEAD(s.Algorithm, []byte(key))
	if err != nil {
		return nil, fmt.Errorf("%w: the APIv3 key: %w", ErrDecrypt, err)
	}
	if aead == nil {
		return nil, fmt.Errorf("%w: the algorithm is %q, which %s does not have", ErrMalformed, cut(s.Algorithm, 64), o.scheme.Name())
	}
	o.ciphers.Store(s.Algorithm, aead)
	return s.open(aead)
}

// open decrypts. All lengths are checked before the cipher sees them, because it panics on a nonce of another length.
func (s *sealed) open(aead cipher.AEAD) ([]byte, error) {
	if len(s.Nonce) != aead.NonceSize() {
		return nil, fmt.Errorf("%w: the nonce has %d bytes, needed are %d", ErrMalformed, len(s.Nonce), aead.NonceSize())
	}
	ciphertext, err := base64.StdEncoding.DecodeString(s.Ciphertext)
	if err != nil {
		return nil, fmt.Errorf("%w: the ciphertext is not base64", ErrMalformed)
	}
	if len(ciphertext) < aead.Overhead() {
		return nil, fmt.Errorf("%w: the ciphertext has %d bytes, its tag alone has %d", ErrMalformed, len(ciphertext), aead.Overhead())
	}
	plaintext, err := aead.Open(ciphertext[:0], []byte(s.Nonce), ciphertext, []byte(s.AssociatedData))
	if err != nil {
		return nil, fmt.Errorf("%w: %w: is Config.APIv3Key the one that is set in the merchant platform now?", ErrDecrypt, errAuthentication)
	}
	return plaintext, nil
}

var errAuthentication = errors.New("the APIv3 key does not fit or the content was altered")
