package sandbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Identity is a merchant and the WeChat Pay that it deals with: the keys and numbers of both. [NewIdentity] makes one in
// memory, [OpenIdentity] keeps one in a folder. Printing or logging an Identity shows no key.
type Identity struct {
	mchID       string
	certificate *x509.Certificate
	key         *rsa.PrivateKey // the merchant's
	apiV3Key    string
	aead        cipher.AEAD // of apiV3Key
	platform    platformKey
	folder      string // empty in memory
}

// platformKey is a key that WeChat Pay signs with, and the id that names it.
type platformKey struct {
	id  string
	key *rsa.PrivateKey
}

const (
	publicKeyPrefix = "PUB_KEY_ID_"

	defaultMchID = "1900000001"
	keyBits      = 2048
	apiV3KeySize = 32

	// validity is how long the merchant's certificate is valid; WeChat Pay's are valid five years, too.
	validity = 5 * 365 * 24 * time.Hour
)

// NewIdentity makes an identity in memory. Making its two RSA keys takes a moment; a [Server] without [WithIdentity] uses one
// that the process shares.
func NewIdentity() (*Identity, error) {
	keys, err := newKeys(2)
	if err != nil {
		return nil, fmt.Errorf("make an identity: %w", err)
	}
	certificate, err := newCertificate(keys[0], defaultMchID)
	if err != nil {
		return nil, fmt.Errorf("make an identity: %w", err)
	}
	identity := &Identity{
		mchID:       defaultMchID,
		certificate: certificate,
		key:         keys[0],
		apiV3Key:    rand.Text()[:26] + rand.Text()[:apiV3KeySize-26],
		platform:    platformKey{id: newPublicKeyID(), key: keys[1]},
	}
	identity.aead, err = newAEAD(identity.apiV3Key)
	return identity, err
}

var sharedIdentity = sync.OnceValues(NewIdentity)

// newKeys makes RSA keys at once: they are by far the most costly part of starting.
func newKeys(n int) ([]*rsa.PrivateKey, error) {
	keys, errs := make([]*rsa.PrivateKey, n), make([]error, n)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() { keys[i], errs[i] = rsa.GenerateKey(rand.Reader, keyBits) })
	}
	wg.Wait()
	return keys, errors.Join(errs...)
}

func newCertificate(key *rsa.PrivateKey, mchID string) (*x509.Certificate, error) {
	serial := make([]byte, 20) // 40 hexadecimal digits
	_, _ = rand.Read(serial)   // never fails
	serial[0] = serial[0]&0x3f | 0x40
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial),
		Subject:      pkix.Name{CommonName: mchID, Organization: []string{"wxgen sandbox"}},
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(validity),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// newPublicKeyID makes an id in WeChat Pay's form: PUB_KEY_ID_ and 34 digits.
func newPublicKeyID() string {
	number, _ := rand.Int(rand.Reader, big.NewInt(1e16)) // never fails
	return fmt.Sprintf(publicKeyPrefix+"01%s%s%014d", defaultMchID, time.Now().Format("20060102"), number.Int64()%1e14)
}

func newAEAD(key string) (cipher.AEAD, error) {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return nil, fmt.Errorf("the APIv3 key: %w", err)
	}
	return cipher.NewGCM(block)
}

// MchID returns the merchant number.
func (i *Identity) MchID() string { return i.mchID }

// SerialNo returns the serial number of the merchant API certificate.
func (i *Identity) SerialNo() string { return wxpay.CertificateSerial(i.certificate) }

// PublicKeyID returns the id of WeChat Pay's public key, PUB_KEY_ID_….
func (i *Identity) PublicKeyID() string { return i.platform.id }

// Config returns the configuration of the merchant's client for a server at baseURL.
func (i *Identity) Config(baseURL string) wxpay.Config {
	return wxpay.Config{
		MchID:      i.mchID,
		SerialNo:   i.SerialNo(),
		Signer:     i.key,
		APIv3Key:   i.apiV3Key,
		PublicKeys: wxpay.PublicKey(i.platform.id, &i.platform.key.PublicKey),
		BaseURL:    baseURL,
	}
}

// Format prints the identity without its keys, whatever the verb.
func (i *Identity) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, i.String()) }

// String returns the identity without its keys.
func (i *Identity) String() string {
	if i == nil {
		return "no sandbox identity"
	}
	return "sandbox identity of merchant " + i.mchID + ", certificate " + i.SerialNo()
}

// LogValue logs the identity without its keys.
func (i *Identity) LogValue() slog.Value { return slog.StringValue(i.String()) }
