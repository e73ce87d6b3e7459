package wxpay

import (
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"fmt"
)

const (
	schemeRSA    = "WECHATPAY2-SHA256-RSA2048"
	schemeBrand  = "WECHATPAY-BRAND-SHA256-RSA2048"
	algorithmAES = "AEAD_AES_256_GCM"

	rsaBits  = 2048
	rsaBytes = rsaBits / 8
)

// Padding is how RSA pads a sensitive field.
type Padding int

const (
	// OAEP is RSAES-OAEP with SHA-1, at most 214 bytes of text. All products in mainland China use it, but for a few that
	// their pages name. Under GODEBUG=fips140=only Go refuses it, because of SHA-1.
	OAEP Padding = iota

	// PKCS1v15 is RSAES-PKCS1-v1_5, at most 245 bytes of text: overseas onboarding and customs declarations.
	PKCS1v15
)

// RSAScheme is the scheme WECHATPAY2-SHA256-RSA2048 with AES-256-GCM, the default with padding [OAEP]. Make a Client of
// its own for products that need another padding.
func RSAScheme(padding Padding) Scheme { return rsaScheme{padding} }

// BrandScheme is the scheme WECHATPAY-BRAND-SHA256-RSA2048 of brands (品牌直连), for the paths that begin with /brand/.
// brandID stands where else the merchant number does; SerialNo and Signer are those of the brand API certificate, APIv3Key is
// the brand API key, and MchID may be left empty. Brands have a public key of WeChat Pay, no platform certificates.
func BrandScheme(brandID string) Scheme { return brandScheme{rsaScheme{OAEP}, brandID} }

type rsaScheme struct{ padding Padding }

func (rsaScheme) Name() string { return schemeRSA }

func (rsaScheme) CheckKey(key crypto.PublicKey) error {
	public, ok := key.(*rsa.PublicKey)
	if !ok || public == nil || public.N == nil {
		return fmt.Errorf("%s; needed is an RSA key of %d bits", algorithmOf(key), rsaBits)
	}
	if bits := public.N.BitLen(); bits < rsaBits {
		return fmt.Errorf("an RSA key of %d bits; those of WeChat Pay have %d", bits, rsaBits)
	}
	return nil
}

func (rsaScheme) Sign(ctx context.Context, signer crypto.Signer, message []byte) ([]byte, error) {
	digest := sha256.Sum256(message)
	signature, err := signDigest(ctx, signer, digest[:])
	if err != nil {
		return nil, err
	}
	if len(signature) != rsaBytes {
		return nil, fmt.Errorf("the signer returned %d bytes, a signature of its key has %d", len(signature), rsaBytes)
	}
	return signature, nil
}

func signDigest(ctx context.Context, signer crypto.Signer, digest []byte) ([]byte, error) {
	if signer, ok := signer.(ContextSigner); ok {
		return signer.SignContext(ctx, digest, crypto.SHA256)
	}
	return signer.Sign(rand.Reader, digest, crypto.SHA256)
}

func (rsaScheme) Verifier(signatureType string) Verifier {
	if signatureType == "" || signatureType == schemeRSA {
		return verifyRSA
	}
	return nil
}

func verifyRSA(key crypto.PublicKey, message, signature []byte) bool {
	public, ok := key.(*rsa.PublicKey)
	if !ok || public == nil {
		return false
	}
	digest := sha256.Sum256(message)
	return rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature) == nil
}

func (rsaScheme) AEAD(algorithm string, apiV3Key []byte) (cipher.AEAD, error) {
	if algorithm != algorithmAES {
		return nil, nil
	}
	block, err := aes.NewCipher(apiV3Key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (s rsaScheme) MaxSensitive() int {
	if s.padding == PKCS1v15 {
		return rsaBytes - 11
	}
	return rsaBytes - 2*sha1.Size - 2
}

func (s rsaScheme) Encrypt(key crypto.PublicKey, plaintext []byte) ([]byte, error) {
	public, ok := key.(*rsa.PublicKey)
	if !ok || public == nil {
		return nil, fmt.Errorf("the key is %s; needed is an RSA key", algorithmOf(key))
	}
	if s.padding == PKCS1v15 {
		//lint:ignore SA1019 overseas products accept no other padding
		return rsa.EncryptPKCS1v15(rand.Reader, public, plaintext)
	}
	return rsa.EncryptOAEP(sha1.New(), rand.Reader, public, plaintext, nil)
}

func (s rsaScheme) Decrypt(ctx context.Context, decrypter crypto.Decrypter, ciphertext []byte) ([]byte, error) {
	var opts crypto.DecrypterOpts = &rsa.OAEPOptions{Hash: crypto.SHA1}
	if s.padding == PKCS1v15 {
		//lint:ignore SA1019 overseas products use no other padding
		opts = &rsa.PKCS1v15DecryptOptions{}
	}
	plaintext, err := decryptWith(ctx, decrypter, ciphertext, opts)
	if err == nil {
		return plaintext, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if _, local := decrypter.(*rsa.PrivateKey); local || s.padding == PKCS1v15 {
		// One error whatever failed: who can tell bad padding from the rest can decrypt (Bleichenbacher).
		return nil, errPadding
	}
	return nil, fmt.Errorf("the decrypter failed: %w", err)
}

var errPadding = errors.New("it was not encrypted to the merchant's key, or with another padding")

func decryptWith(ctx context.Context, decrypter crypto.Decrypter, ciphertext []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	if decrypter, ok := decrypter.(ContextDecrypter); ok {
		return decrypter.DecryptContext(ctx, ciphertext, opts)
	}
	return decrypter.Decrypt(rand.Reader, ciphertext, opts)
}

func (rsaScheme) CertificateType() string { return "" }

func (rsaScheme) ParseCertificate(text []byte) (*Key, error) {
	certificate, err := ParseCertificate(text)
	if err != nil {
		return nil, err
	}
	return certificateKey(certificate), nil
}

type brandScheme struct {
	rsaScheme
	brandID string
}

func (brandScheme) Name() string { return schemeBrand }

func (s brandScheme) identity() (parameter, value string) { return "brand_id", s.brandID }

// Verifier takes both names. No page says which one answers to brands bear (?), and both mean the same algorithm over the
// same message, so that nothing is lost.
func (s brandScheme) Verifier(signatureType string) Verifier {
	if signatureType == schemeBrand {
		return verifyRSA
	}
	return s.rsaScheme.Verifier(signatureType)
}
