package wxpay

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"hash"
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

	// Scheme is how requests are signed, answers verified and fields encrypted. Default: RSAScheme(OAEP), which every
	// merchant has.
	Scheme Scheme

	// SerialNo is the serial number of the merchant API certificate: 40 hexadecimal digits. It may be left empty if
	// Certificate is set.
	SerialNo string

	// Certificate is the merchant API certificate, apiclient_cert.pem. It is not needed; where it is set, SerialNo and
	// Signer are checked against it.
	Certificate *x509.Certificate

	// Signer signs with the private key of the merchant API certificate, an RSA key of 2048 bits. An *rsa.PrivateKey is
	// one; so is an HSM or a KMS behind crypto.Signer. See [ContextSigner] for signers that call out.
	Signer crypto.Signer

	// Decrypter decrypts the sensitive fields of answers with the same private key; see [ContextDecrypter] for those that
	// call out. Default: Signer, if it can decrypt, as an *rsa.PrivateKey can.
	Decrypter crypto.Decrypter

	// APIv3Key is the APIv3 key of the merchant platform, 32 bytes. Only notifications and certificates need it.
	APIv3Key string

	// PublicKeys are WeChat Pay's keys, which verify answers and notifications.
	PublicKeys KeySource

	// BaseURL replaces the hosts of every operation: scheme and host, without a path. For a sandbox or a gateway. It also
	// turns off the backup domain.
	BaseURL string

	// BackupURLs stand in, in their order, while BaseURL cannot be reached. They need a BaseURL.
	BackupURLs []string

	// HTTPClient lends its Transport and its Timeout. Its Jar and CheckRedirect are not used: redirects are never
	// followed, so that a signed request goes to no other host. Default: a transport of the client's own.
	HTTPClient *http.Client

	// Retry says how often and how fast calls are tried again where that is safe. The zero value is a good policy.
	Retry RetryPolicy

	// Limiter holds calls back to keep within the documented rates; see [NewLimiter]. Default: none.
	Limiter Limiter

	// Observer sees calls and tries, for traces and metrics. Default: none.
	Observer Observer

	// Hashes adds hash functions to SHA1 and SHA256 for files, by the names that WeChat Pay gives them, such as SM3.
	Hashes map[string]func() hash.Hash

	// Logger, such as a *slog.Logger, gets one record a call: Debug if it succeeded, Info if not. It holds nothing secret.
	// Default: none.
	Logger Logger

	// Timeout bounds one call with all its tries, from signing to the last byte of the answer; for a [Stream] see
	// [WithTimeout]. Default: 30 s; negative: only the context bounds it.
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
