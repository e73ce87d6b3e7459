package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Keys says which keys of WeChat Pay a merchant has: those that sign answers and notifications, and that the merchant
// encrypts with.
type Keys string

const (
	// PublicKeyOnly is a merchant since October 2024: WeChat Pay's public key, and no certificates to download.
	PublicKeyOnly Keys = ""

	// CertificatesOnly is an older merchant: platform certificates, which /v3/certificates lists and [Server.Rotate] changes.
	CertificatesOnly Keys = "certificates"

	// BothKeys is a merchant that moves from certificates to the public key. An answer follows the request's
	// Wechatpay-Serial, and notifications come signed with either in turn.
	BothKeys Keys = "both"
)

// Rotation is a stage of the change from one platform certificate to the next.
type Rotation string

// The stages in their order. Each can be left out.
const (
	RotationListed   Rotation = "listed"   // a new certificate is listed, the old one signs
	RotationMixed    Rotation = "mixed"    // both sign in turn
	RotationSwitched Rotation = "switched" // the new one signs, both are listed
	RotationDone     Rotation = "done"     // the old one is not listed any more
)

// trust is what WeChat Pay signs and decrypts with.
type trust struct {
	identity *Identity
	keys     Keys

	mu      sync.Mutex
	listed  []*certificate // oldest first, at least one unless PublicKeyOnly
	retired []string       // serial numbers
	stage   Rotation
	made    int
	turns   uint64
}

// certificate is a platform certificate.
type certificate struct {
	platformKey
	der      []byte
	from, to time.Time
}

// certificateKeys are the keys of all platform certificates of the process, which take turns: making one costs too much for
// each server, and only serial numbers tell certificates apart.
var certificateKeys = sync.OnceValues(func() ([]*rsa.PrivateKey, error) { return newKeys(2) })

func newTrust(identity *Identity, keys Keys, now func() time.Time) (*trust, error) {
	t := &trust{identity: identity, keys: keys, stage: RotationDone}
	switch keys {
	case PublicKeyOnly:
		return t, nil
	case CertificatesOnly, BothKeys:
		return t, t.issue(now())
	}
	return nil, fmt.Errorf("there are no keys %q", keys)
}

// Rotate takes the change of the platform certificate to a stage. RotationListed makes the new certificate; so do later
// stages, if it was left out. Requests that name the old certificate are answered even after RotationDone, but what they
// encrypted cannot be decrypted any more. Rotate panics if the server has no certificates, see [WithKeys].
func (s *Server) Rotate(stage Rotation) {
	if err := s.trust.rotate(stage, s.now()); err != nil {
		panic("sandbox: rotate: " + err.Error())
	}
}

func (t *trust) rotate(stage Rotation, now time.Time) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.keys == PublicKeyOnly:
		return fmt.Errorf("the merchant has a public key only: use WithKeys(CertificatesOnly) or WithKeys(BothKeys)")
	case !slices.Contains([]Rotation{RotationListed, RotationMixed, RotationSwitched, RotationDone}, stage):
		return fmt.Errorf("there is no stage %q", stage)
	}
	if t.stage == RotationDone {
		if err := t.issue(now); err != nil {
			return err
		}
	}
	if t.stage = stage; stage == RotationDone {
		last := len(t.listed) - 1
		for _, old := range t.listed[:last] {
			t.retired = append(t.retired, old.id)
		}
		t.listed = slices.Clone(t.listed[last:])
	}
	return nil
}

// issue makes a certificate. Each begins an hour after the one before, so that it is clear which is the newest, and long ago,
// so that all are in force.
func (t *trust) issue(now time.Time) error {
	keys, err := certificateKeys()
	if err != nil {
		return err
	}
	from := now.Add(-validity / 2).Add(time.Duration(t.made) * time.Hour).Truncate(time.Second)
	next := &certificate{platformKey: platformKey{key: keys[t.made%len(keys)]}, from: from, to: from.Add(validity)}
	serial := make([]byte, 20) // 40 hexadecimal digits
	_, _ = rand.Read(serial)   // never fails
	serial[0] = serial[0]&0x3f | 0x40
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial), NotBefore: next.from, NotAfter: next.to,
		Subject: pkix.Name{CommonName: "Tenpay.com sign", Organization: []string{"wxgen sandbox"}},
	}
	if next.der, err = x509.CreateCertificate(rand.Reader, template, template, next.key.Public(), next.key); err != nil {
		return err
	}
	next.id = wxpay.CertificateSerial(template)
	t.made++
	t.listed = append(t.listed, next)
	return nil
}

// signer returns the key for the answer to a request that names a key, or none.
func (t *trust) signer(named string) platformKey {
	if t.keys == PublicKeyOnly || t.keys == BothKeys && named == t.identity.platform.id {
		return t.identity.platform
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	oldest, newest := t.listed[0].platformKey, t.listed[len(t.listed)-1].platformKey
	t.turns++
	if t.stage == RotationListed || t.stage == RotationMixed && t.turns%2 == 0 {
		return oldest
	}
	return newest
}

// notifier returns the key for a notification.
func (t *trust) notifier() platformKey {
	t.mu.Lock()
	t.turns++
	public := t.keys == BothKeys && t.turns%2 == 0
	t.mu.Unlock()
	if public {
		return t.identity.platform
	}
	return t.signer("")
}

// knows reports whether a request may name a key.
func (t *trust) knows(id string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.find(id) != nil || slices.Contains(t.retired, id)
}

// decrypter returns the private key that belongs to an id, nil if there is none.
func (t *trust) decrypter(id string) *rsa.PrivateKey {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.find(id)
}

func (t *trust) find(id string) *rsa.PrivateKey {
	if t.keys != CertificatesOnly && id == t.identity.platform.id {
		return t.identity.platform.key
	}
	for _, c := range t.listed {
		if c.id == id {
			return c.key
		}
	}
	return nil
}

// describe names the keys that there are.
func (t *trust) describe() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var ids []string
	if t.keys != CertificatesOnly {
		ids = append(ids, t.identity.platform.id)
	}
	for _, c := range t.listed {
		ids = append(ids, c.id)
	}
	if len(ids) == 1 {
		return "its key is " + ids[0]
	}
	return "its keys are " + strings.Join(ids, " and ")
}

// certificates returns the listed ones; the slice is not changed.
func (t *trust) certificates() []*certificate {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.listed)
}

// source is where a client has WeChat Pay's keys from.
func (t *trust) source() wxpay.KeySource {
	public := wxpay.PublicKey(t.identity.platform.id, &t.identity.platform.key.PublicKey)
	switch t.keys {
	case CertificatesOnly:
		return new(wxpay.DownloadedCertificates)
	case BothKeys:
		return wxpay.CombineKeys(public, new(wxpay.DownloadedCertificates))
	}
	return public
}
