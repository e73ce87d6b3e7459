package wxpay

import (
	"crypto"
	"crypto/rsa"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// validate returns all that is wrong with the configuration, one line each.
func (c *Config) validate() error {
	merchant, problem := c.merchantKey()
	return errors.Join(
		c.validateIdentity(),
		c.validateSerialNo(),
		problem,
		c.validateDecrypter(merchant),
		c.validateCertificate(merchant),
		c.validateAPIv3Key(),
		c.validatePublicKeys(merchant),
		c.validateBaseURL(),
		c.validateBackupURLs(),
		c.Retry.validate(),
		c.validateUserAgent(),
	)
}

// scheme returns the scheme, or the default.
func (c *Config) scheme() Scheme {
	if c.Scheme == nil {
		return RSAScheme(OAEP)
	}
	return c.Scheme
}

// validateIdentity checks the number that stands in the Authorization header.
func (c *Config) validateIdentity() error {
	parameter, value := identityOf(c.scheme(), c.MchID)
	if parameter == "mchid" {
		return c.validateMchID()
	}
	if value == "" || len(value) > 32 || strings.Trim(value, "0123456789") != "" {
		return fmt.Errorf("Scheme %s has the %s %q, but that has digits only", c.scheme().Name(), parameter, cut(value, 40))
	}
	return nil
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
func (c *Config) merchantKey() (crypto.PublicKey, error) {
	if c.Signer == nil {
		return nil, errors.New("Signer is missing: load apiclient_key.pem with wxpay.LoadPrivateKey")
	}
	if isNilPointer(c.Signer) {
		return nil, fmt.Errorf("Signer is a nil %T: was the error of LoadPrivateKey looked at?", c.Signer)
	}
	public := c.Signer.Public()
	if err := c.scheme().CheckKey(public); err != nil {
		return nil, fmt.Errorf("Signer has %w", err)
	}
	if key, ok := public.(*rsa.PublicKey); ok && key.N.BitLen() != rsaBits {
		return nil, fmt.Errorf("Signer has an RSA key of %d bits; a merchant's API key has %d", key.N.BitLen(), rsaBits)
	}
	return public, nil
}

// decrypter returns what reads sensitive answers; nil if nothing can.
func (c *Config) decrypter() crypto.Decrypter {
	if c.Decrypter != nil {
		return c.Decrypter
	}
	decrypter, _ := c.Signer.(crypto.Decrypter)
	return decrypter
}

func (c *Config) validateDecrypter(merchant crypto.PublicKey) error {
	if isNilPointer(c.Decrypter) {
		return fmt.Errorf("Decrypter is a nil %T: leave it empty, or give a key", c.Decrypter)
	}
	if c.Decrypter == nil || merchant == nil || sameKey(merchant, c.Decrypter.Public()) {
		return nil
	}
	return errors.New("Decrypter has another key than Signer: answers are encrypted to the key of the merchant API certificate")
}

// isNilPointer finds what an error that was not looked at leaves behind: a key of any kind that would panic when it is used.
func isNilPointer(key any) bool {
	v := reflect.ValueOf(key)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// sameKey compares two public keys of any kind.
func sameKey(a, b crypto.PublicKey) bool {
	key, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && key.Equal(b)
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

func (c *Config) validateCertificate(merchant crypto.PublicKey) error {
	if c.Certificate == nil {
		return nil
	}
	serial := CertificateSerial(c.Certificate)
	if c.SerialNo != "" && !strings.EqualFold(serial, c.SerialNo) {
		return fmt.Errorf("Certificate has the serial number %s, but SerialNo is %s: leave SerialNo empty or give this one", serial, cut(c.SerialNo, 80))
	}
	if merchant != nil && !sameKey(merchant, c.Certificate.PublicKey) {
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

func (c *Config) validatePublicKeys(merchant crypto.PublicKey) error {
	if c.PublicKeys == nil {
		return errors.New("PublicKeys is missing: give wxpay.PublicKey(id, key) with pub_key.pem of the merchant platform")
	}
	if validator, ok := c.PublicKeys.(keyValidator); ok {
		return validator.validate(&keyRules{scheme: c.scheme(), merchant: merchant, apiV3Key: c.APIv3Key != ""})
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

func (c *Config) validateBackupURLs() error {
	if len(c.BackupURLs) > 0 && c.BaseURL == "" {
		return errors.New("BackupURLs are given without a BaseURL: give the main one there; WeChat Pay's own domains need neither")
	}
	var problems []error
	for i, base := range c.BackupURLs {
		if _, err := parseEndpoint(base); err != nil {
			problems = append(problems, fmt.Errorf("BackupURLs[%d]: %w", i, err))
		}
	}
	return errors.Join(problems...)
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
