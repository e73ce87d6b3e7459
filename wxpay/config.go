package wxpay

import (
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config says who the merchant is and how to reach WeChat Pay. MchID, SerialNo, Signer and PublicKeys are needed for every
// call, the rest has defaults. Printing, logging or marshalling a Config shows no key.
type Config struct {
	// MchID is the number of the merchant that signs: a service provider's own (sp_mchid), never the sub-merchant's.
	MchID string

	// SerialNo is the serial number of the merchant API certificate: 40 hexadecimal digits. It may be left empty if
	// Certificate is set.
	SerialNo string

	// Certificate is the merchant API certificate, apiclient_cert.pem. It is not needed; where it is set, SerialNo and
	// Signer are checked against it.
	Certificate *x509.Certificate

	// Signer signs with the private key of the merchant API certificate, an RSA key of 2048 bits. An *rsa.PrivateKey is
	// one; so is an HSM or a KMS behind crypto.Signer. See [ContextSigner] for signers that call out.
	Signer crypto.Signer

	// APIv3Key is the APIv3 key of the merchant platform, 32 bytes. Only notifications and certificates need it.
	APIv3Key string

	// PublicKeys are WeChat Pay's keys, which verify answers and notifications.
	PublicKeys KeySource

	// BaseURL replaces the host of every operation: scheme and host, without a path. For a sandbox or a gateway.
	BaseURL string

	// HTTPClient lends its Transport and its Timeout. Its Jar and CheckRedirect are not used: redirects are never
	// followed, so that a signed request goes to no other host. Default: a transport of the client's own.
	HTTPClient *http.Client

	// Logger gets one record a call: Debug if it succeeded, Info if not. It holds nothing secret. Default: none.
	Logger *slog.Logger

	// Timeout bounds one call, from signing to the last byte of the answer. Default: 30 s; negative: only the context
	// bounds it.
	Timeout time.Duration

	// UserAgent is put before the runtime's own User-Agent.
	UserAgent string

	// Now is the clock. Default: time.Now.
	Now func() time.Time
}

const (
	apiV3KeyLength = 32
	defaultTimeout = 30 * time.Second
)

// validate returns all that is wrong with the configuration, one line each.
func (c *Config) validate() error {
	merchant, problem := c.merchantKey()
	return errors.Join(
		c.validateMchID(),
		c.validateSerialNo(),
		problem,
		c.validateCertificate(merchant),
		c.validateAPIv3Key(),
		c.validatePublicKeys(merchant),
		c.validateBaseURL(),
		c.validateUserAgent(),
	)
}

func (c *Config) validateMchID() error {
	switch {
	case c.MchID == "":
		return errors.New("MchID is missing: it is the merchant number, about ten digits")
	case len(c.MchID) > 32 || strings.Trim(c.MchID, "0123456789") != "":
		return fmt.Errorf("MchID is %q, but a merchant number has digits only, about ten", cut(c.MchID, 40))
	}
	return nil
}

// merchantKey returns the public half of Signer, or what is wrong with it and nil.
func (c *Config) merchantKey() (*rsa.PublicKey, error) {
	if c.Signer == nil {
		return nil, errors.New("Signer is missing: load apiclient_key.pem with wxpay.LoadPrivateKey")
	}
	if key, ok := c.Signer.(*rsa.PrivateKey); ok && key == nil {
		return nil, errors.New("Signer is a nil *rsa.PrivateKey: was the error of LoadPrivateKey looked at?")
	}
	public, ok := c.Signer.Public().(*rsa.PublicKey)
	if !ok || public == nil {
		return nil, fmt.Errorf("Signer has %s; a merchant's API key is an RSA key of 2048 bits", algorithmOf(c.Signer.Public()))
	}
	if bits := public.N.BitLen(); bits != 2048 {
		return nil, fmt.Errorf("Signer has an RSA key of %d bits; a merchant's API key has 2048", bits)
	}
	return public, nil
}

func (c *Config) validateSerialNo() error {
	if c.SerialNo == "" && c.Certificate != nil {
		return nil
	}
	if err := validateSerial(strings.ToUpper(c.SerialNo)); err != nil {
		return fmt.Errorf("SerialNo %q: %w", cut(c.SerialNo, 80), err)
	}
	return nil
}

func (c *Config) validateCertificate(merchant *rsa.PublicKey) error {
	if c.Certificate == nil {
		return nil
	}
	serial := CertificateSerial(c.Certificate)
	if c.SerialNo != "" && !strings.EqualFold(serial, c.SerialNo) {
		return fmt.Errorf("Certificate has the serial number %s, but SerialNo is %s: leave SerialNo empty or give this one", serial, cut(c.SerialNo, 80))
	}
	if merchant != nil && !merchant.Equal(c.Certificate.PublicKey) {
		return fmt.Errorf("Certificate %s does not belong to Signer's key: take apiclient_cert.pem and apiclient_key.pem from one download", serial)
	}
	return nil
}

func (c *Config) validateAPIv3Key() error {
	switch n := len(c.APIv3Key); {
	case n == 0 || n == apiV3KeyLength && strings.TrimSpace(c.APIv3Key) == c.APIv3Key:
		return nil
	case len(strings.TrimSpace(c.APIv3Key)) == apiV3KeyLength:
		return errors.New("APIv3Key has white space or a line feed around it: trim it")
	default:
		return fmt.Errorf("APIv3Key has %d bytes, but an APIv3 key has 32: take the one set under API安全 (APIv3密钥), not the APIv2 key", n)
	}
}

func (c *Config) validatePublicKeys(merchant *rsa.PublicKey) error {
	if c.PublicKeys == nil {
		return errors.New("PublicKeys is missing: give wxpay.PublicKey(id, key) with pub_key.pem of the merchant platform")
	}
	if validator, ok := c.PublicKeys.(keyValidator); ok {
		return validator.validate(merchant)
	}
	return nil
}

func (c *Config) validateBaseURL() error {
	if c.BaseURL == "" {
		return nil
	}
	_, err := parseEndpoint(c.BaseURL)
	return err
}

func (c *Config) validateUserAgent() error {
	if strings.ContainsFunc(c.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return errors.New("UserAgent holds characters that a header cannot: use printable ASCII")
	}
	return nil
}

// serialNo returns the merchant's serial number as it is sent.
func (c *Config) serialNo() string {
	if c.SerialNo == "" {
		return CertificateSerial(c.Certificate)
	}
	return strings.ToUpper(c.SerialNo)
}

// validateSerial says what is wrong with a certificate's serial number. Four mistakes are common: the decimal form, colons
// copied from openssl, a leading zero lost, and the id of WeChat Pay's key in place of the merchant's certificate.
func validateSerial(serial string) error {
	const digits = 40
	isHex := strings.Trim(serial, "0123456789ABCDEF") == ""
	switch {
	case serial == "":
		return errors.New("it is missing: 40 hexadecimal digits, shown under API安全 and by openssl x509 -noout -serial")
	case isHex && len(serial) == digits:
		return nil
	case strings.HasPrefix(serial, publicKeyPrefix):
		return errors.New("this is the id of WeChat Pay's public key; needed is the serial number of the merchant API certificate")
	case strings.ContainsAny(serial, ": "):
		return errors.New("remove the colons and spaces: 40 hexadecimal digits are needed")
	case !isHex:
		return errors.New("it has characters that are no hexadecimal digits: 40 of them are needed")
	case len(serial) > digits && strings.Trim(serial, "0123456789") == "":
		return errors.New("this is the decimal form: give the hexadecimal one, 40 digits")
	case len(serial) < digits:
		return fmt.Errorf("it has %d digits, 40 are needed: were leading zeros lost?", len(serial))
	}
	return fmt.Errorf("it has %d digits, 40 are needed", len(serial))
}

// endpoint is where requests go.
type endpoint struct{ scheme, host string }

var defaultEndpoint = endpoint{scheme: "https", host: "api.mch.weixin.qq.com"}

// parseEndpoint reads a base URL. A path is refused: a gateway that strips it would break the signature, which covers the
// path as sent. Plain HTTP is refused for WeChat Pay's own hosts, and left to the user for a sandbox.
func parseEndpoint(base string) (endpoint, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return endpoint{}, errors.New("BaseURL is not a URL such as https://api.mch.weixin.qq.com")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/":
		return endpoint{}, fmt.Errorf("BaseURL for host %q has more than scheme and host: what is signed must be the path that WeChat Pay sees", u.Host)
	case u.Scheme == "http" && platformHost(u.Hostname()):
		return endpoint{}, fmt.Errorf("BaseURL would send plain HTTP to %s: use https", u.Host)
	}
	return endpoint{scheme: u.Scheme, host: u.Host}, nil
}

// platformHost reports whether a host is WeChat Pay's.
func platformHost(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return strings.HasSuffix(host, ".mch.weixin.qq.com") || strings.HasSuffix(host, ".wechatpay.cn")
}

// cut shortens text that came from outside, so that no error grows without bound.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
