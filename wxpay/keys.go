package wxpay

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"
)

// publicKeyPrefix begins the id of every WeChat Pay public key, and of no certificate.
const publicKeyPrefix = "PUB_KEY_ID_"

// KeySource holds WeChat Pay's keys: those that verify answers and notifications and encrypt sensitive fields.
// [PublicKey], [PlatformCertificates], [DownloadedCertificates] and [CombineKeys] make one; an implementation of one's own
// may keep them elsewhere.
//
// Implementations are safe for concurrent use.
type KeySource interface {
	// Key returns the key that the header Wechatpay-Serial names: PUB_KEY_ID_… or the serial number of a certificate.
	// An error that wraps ErrUnknownKey says that it is not held. A source that can fetch keys may do so here, once for
	// many callers and not more than once in a while: forged notifications name unknown keys, too.
	Key(ctx context.Context, id string) (*Key, error)

	// Preferred returns the key to name in requests and to encrypt with: the public key, or the newest certificate that
	// is in force at now. A nil Key without an error means that requests name none.
	Preferred(ctx context.Context, now time.Time) (*Key, error)
}

// Key is one of WeChat Pay's keys. It is not changed once a KeySource has handed it out.
type Key struct {
	ID     string           // PUB_KEY_ID_…, or the serial number of the certificate: 40 hexadecimal digits in capitals
	Public crypto.PublicKey // *rsa.PublicKey; other schemes have others

	NotBefore, NotAfter time.Time // of a certificate; zero: no limit
}

// inForce reports whether now lies within the dates of the key.
func (k *Key) inForce(now time.Time) bool {
	return !now.Before(k.NotBefore) && (k.NotAfter.IsZero() || !now.After(k.NotAfter))
}

// PublicKey is the KeySource of a merchant in public-key mode (微信支付公钥): the key of pub_key.pem and its id PUB_KEY_ID_…,
// both from the merchant platform, 账户中心 > API安全. key is an *rsa.PublicKey unless Config.Scheme has other keys.
// [NewClient] reports a key that cannot be right.
func PublicKey(id string, key crypto.PublicKey) KeySource {
	return &keySet{preferred: func(set []*Key, _ time.Time) *Key { return set[0] }, keys: []*Key{{ID: id, Public: key}}}
}

// PlatformCertificates is the KeySource of certificates (平台证书) that are at hand already. They are not renewed: when
// WeChat Pay changes to a certificate that is not among them, its answers are refused with [ErrUnknownKey].
// [DownloadedCertificates] renews them.
func PlatformCertificates(certificates ...*x509.Certificate) KeySource {
	set := &keySet{preferred: newestInForce}
	for _, certificate := range certificates {
		if certificate == nil {
			set.keys = append(set.keys, &Key{})
			continue
		}
		set.keys = append(set.keys, certificateKey(certificate))
	}
	return set
}

// CombineKeys joins sources for a merchant that moves from certificates to a public key, when WeChat Pay signs with either.
// The key that requests name and encrypt with is that of preferred.
func CombineKeys(preferred KeySource, others ...KeySource) KeySource {
	return combinedKeys(append([]KeySource{preferred}, others...))
}

func certificateKey(certificate *x509.Certificate) *Key {
	return &Key{
		ID:        CertificateSerial(certificate),
		Public:    certificate.PublicKey,
		NotBefore: certificate.NotBefore,
		NotAfter:  certificate.NotAfter,
	}
}

// keySet is a fixed set of keys.
type keySet struct {
	keys      []*Key
	preferred func(set []*Key, now time.Time) *Key
}

func (s *keySet) Key(_ context.Context, id string) (*Key, error) {
	for _, key := range s.keys {
		if key.ID == id {
			return key, nil
		}
	}
	return nil, &unknownKeyError{id: id, held: s.ids()}
}

func (s *keySet) Preferred(_ context.Context, now time.Time) (*Key, error) {
	if key := s.preferred(s.keys, now); key != nil {
		return key, nil
	}
	return nil, fmt.Errorf("none of the platform certificates %s is in force at %s; give one that is, or the public key",
		strings.Join(s.ids(), ", "), now.UTC().Format(time.RFC3339))
}

func (s *keySet) ids() []string {
	ids := make([]string, len(s.keys))
	for i, key := range s.keys {
		ids[i] = key.ID
	}
	return ids
}

// validate finds keys that cannot be WeChat Pay's.
func (s *keySet) validate(rules *keyRules) error {
	if len(s.keys) == 0 {
		return errors.New("PublicKeys holds no key: give wxpay.PublicKey(id, key) or at least one platform certificate")
	}
	var problems []error
	for _, key := range s.keys {
		problems = append(problems, rules.check(key))
	}
	return errors.Join(problems...)
}

func newestInForce(set []*Key, now time.Time) *Key {
	var newest *Key
	for _, key := range set {
		if key.inForce(now) && (newest == nil || key.NotBefore.After(newest.NotBefore)) {
			newest = key
		}
	}
	return newest
}

// keyValidator is implemented by the sources of this package, which NewClient can look into without a call.
type keyValidator interface{ validate(rules *keyRules) error }

// keyRules are what keys are checked against: the scheme, the merchant's own public key (nil if that is broken), and
// whether there is an APIv3 key.
type keyRules struct {
	scheme   Scheme
	merchant crypto.PublicKey
	apiV3Key bool
}

// check finds a key that cannot be WeChat Pay's.
func (r *keyRules) check(key *Key) error {
	if public, ok := key.Public.(*rsa.PublicKey); key.Public == nil || ok && public == nil {
		return fmt.Errorf("PublicKeys: %q has no key (it is %T): load pub_key.pem with wxpay.LoadPublicKey", key.ID, key.Public)
	}
	if err := r.scheme.CheckKey(key.Public); err != nil {
		return fmt.Errorf("PublicKeys: %q is %w", key.ID, err)
	}
	switch {
	case r.merchant != nil && sameKey(r.merchant, key.Public):
		return fmt.Errorf("PublicKeys: %q is the merchant's own key: give WeChat Pay's, pub_key.pem of the merchant platform", key.ID)
	case strings.HasPrefix(key.ID, publicKeyPrefix) && len(key.ID) > len(publicKeyPrefix):
		return nil
	}
	if err := validateSerial(key.ID); err != nil {
		return fmt.Errorf("PublicKeys: %q is neither a key id (%s…) nor a certificate's serial number: %w", key.ID, publicKeyPrefix, err)
	}
	return nil
}

// combinedKeys asks its sources in turn; the first is preferred.
type combinedKeys []KeySource

func (c combinedKeys) Key(ctx context.Context, id string) (*Key, error) {
	unknown := &unknownKeyError{id: id}
	for _, calls := range [...]bool{false, true} { // no call for a key that another source holds
		for _, source := range c {
			if _, ok := source.(*DownloadedCertificates); ok != calls {
				continue
			}
			key, err := source.Key(ctx, id)
			if err == nil {
				return key, nil
			}
			if !errors.Is(err, ErrUnknownKey) {
				return nil, err
			}
			unknown.add(err)
		}
	}
	return nil, unknown
}

func (c combinedKeys) Preferred(ctx context.Context, now time.Time) (*Key, error) {
	return c[0].Preferred(ctx, now)
}

func (c combinedKeys) bind(client *Client) error {
	var problems []error
	for _, source := range c {
		problems = append(problems, bindKeys(source, client))
	}
	return errors.Join(problems...)
}

func (c combinedKeys) validate(rules *keyRules) error {
	var problems []error
	for _, source := range c {
		if source == nil {
			problems = append(problems, errors.New("PublicKeys: CombineKeys was given a nil source"))
		} else if validator, ok := source.(keyValidator); ok {
			problems = append(problems, validator.validate(rules))
		}
	}
	return errors.Join(problems...)
}

// unknownKeyError names the keys that are held, so that a mix-up is seen at once.
type unknownKeyError struct {
	id   string
	held []string
	note string // what was done about it; may be empty
}

// add takes over what the error of one source tells.
func (e *unknownKeyError) add(err error) {
	if missing, ok := errors.AsType[*unknownKeyError](err); ok {
		e.held = append(e.held, missing.held...)
		e.note += missing.note
	}
}

func (e *unknownKeyError) Error() string {
	const most = 4
	held := "none"
	if n := len(e.held); n > most {
		held = fmt.Sprintf("%s and %d more", strings.Join(e.held[:most], ", "), n-most)
	} else if n > 0 {
		held = strings.Join(e.held, ", ")
	}
	return fmt.Sprintf("key %q is not held (held: %s)%s%s", cut(e.id, 128), held, e.hint(), e.note)
}

// hint says what usually lies behind an unknown key.
func (e *unknownKeyError) hint() string {
	if strings.HasPrefix(e.id, publicKeyPrefix) {
		return "; this is a public key's id: give it with wxpay.PublicKey"
	}
	if e.note != "" {
		return "" // certificates are downloaded, so there is nothing to give
	}
	for _, id := range e.held {
		if !strings.HasPrefix(id, publicKeyPrefix) {
			return "; the certificate may be new: give it, too"
		}
	}
	return "; this is a platform certificate: the merchant has not switched to the public key in full, so give the certificate as well (wxpay.CombineKeys)"
}

func (e *unknownKeyError) Is(target error) bool { return target == ErrUnknownKey }
