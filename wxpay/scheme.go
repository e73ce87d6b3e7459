package wxpay

import (
	"context"
	"crypto"
	"crypto/cipher"
)

// Scheme is a set of algorithms and their names on the wire: how requests are signed, answers verified, sealed content
// opened and sensitive fields encrypted. [RSAScheme] is the one that every merchant has; [BrandScheme] is for brands.
//
// Other modules may bring schemes of their own (SM2, SM3 and SM4). They should embed the Scheme that RSAScheme returns, so
// that methods which a later version adds do not break them, and replace all of its methods.
//
// Implementations are safe for concurrent use and hold no key.
type Scheme interface {
	// Name begins the Authorization header: WECHATPAY2-SHA256-RSA2048.
	Name() string

	// CheckKey says why a key, the merchant's or WeChat Pay's, cannot be one of this scheme, or returns nil. The text
	// goes on after "the key is": "an Ed25519 key; needed is an RSA key of 2048 bits".
	CheckKey(key crypto.PublicKey) error

	// Sign signs the message of a request or of a cashier call. A signer that calls out is given the context if it is a
	// [ContextSigner]; Sign need not watch the context beyond that.
	Sign(ctx context.Context, signer crypto.Signer, message []byte) ([]byte, error)

	// Verifier returns the check for a value of the header Wechatpay-Signature-Type, or nil if this scheme has none of
	// that name. An absent header, which means WECHATPAY2-SHA256-RSA2048, is given as "".
	Verifier(signatureType string) Verifier

	// AEAD returns the cipher that notifications and certificates are sealed with, or nil if this scheme has no algorithm
	// of that name, such as AEAD_AES_256_GCM. apiV3Key has 32 bytes. The client keeps what is returned.
	AEAD(algorithm string, apiV3Key []byte) (cipher.AEAD, error)

	// MaxSensitive is the longest text that Encrypt takes, in bytes; 0: any.
	MaxSensitive() int

	// Encrypt encrypts a sensitive field to a key that CheckKey accepts.
	Encrypt(key crypto.PublicKey, plaintext []byte) ([]byte, error)

	// Decrypt decrypts a sensitive field with the merchant's key. The error must not tell how decrypting failed, since
	// that would help to decrypt. The context is for a [ContextDecrypter], as in Sign.
	Decrypt(ctx context.Context, decrypter crypto.Decrypter, ciphertext []byte) ([]byte, error)

	// CertificateType is the algorithm_type to ask /v3/certificates for; "" asks for none, which means RSA.
	CertificateType() string

	// ParseCertificate reads a platform certificate in PEM form. The ID is its serial number as CertificateSerial writes
	// it, and the dates are those of the certificate.
	ParseCertificate(text []byte) (*Key, error)
}

// Verifier reports whether the owner of a key signed a message. A key of another kind is no reason to panic.
type Verifier func(key crypto.PublicKey, message, signature []byte) bool

// ContextSigner is a crypto.Signer that knows of contexts, which is right for one that calls a KMS: the call's deadline
// reaches it. It is also called without a goroutine of its own; other signers than *rsa.PrivateKey get one, so that a
// signer that blocks cannot hold a call beyond its deadline.
type ContextSigner interface {
	crypto.Signer
	SignContext(ctx context.Context, digest []byte, opts crypto.SignerOpts) ([]byte, error)
}

// ContextDecrypter is to crypto.Decrypter what [ContextSigner] is to crypto.Signer.
type ContextDecrypter interface {
	crypto.Decrypter
	DecryptContext(ctx context.Context, ciphertext []byte, opts crypto.DecrypterOpts) ([]byte, error)
}

// identifier is implemented by schemes that name another identity than the merchant number in the Authorization header.
type identifier interface {
	identity() (parameter, value string)
}

// identityOf returns the parameter that says who signs.
func identityOf(scheme Scheme, mchID string) (parameter, value string) {
	if other, ok := scheme.(identifier); ok {
		return other.identity()
	}
	return "mchid", mchID
}
