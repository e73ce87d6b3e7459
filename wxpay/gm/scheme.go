package gm

import (
	"context"
	"crypto"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/rand"
	"errors"
	"fmt"
	"hash"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"

	"github.com/wxgen/wxgen/wxpay"
)

const (
	schemeSM2    = "WECHATPAY2-SM2-WITH-SM3"
	algorithmSM4 = "AEAD_SM4_GCM"
)

// Scheme is the scheme WECHATPAY2-SM2-WITH-SM3, for [wxpay.Config]. Signatures that name another algorithm are refused, those
// of RSA too: a client has one scheme.
//
// Signer may be any crypto.Signer with an SM2 key, such as an HSM. It is given the digest that SM2 signs, SM3 over Z and the
// message with the user id 1234567812345678, and returns ASN.1 DER. Decrypter is given ciphertext in ASN.1 DER, in the order
// x, y, hash, text. For both, opts is nil or crypto.Hash(0).
func Scheme() wxpay.Scheme { return scheme{wxpay.RSAScheme(wxpay.OAEP)} }

// NewSM3 returns the hash SM3.
func NewSM3() hash.Hash { return sm3.New() }

// scheme embeds another scheme only for methods that later versions of the interface add; it replaces all that there are.
type scheme struct{ wxpay.Scheme }

func (scheme) Name() string { return schemeSM2 }

func (scheme) CheckKey(key crypto.PublicKey) error {
	_, err := publicKey(key)
	return err
}

// publicKey returns the key if it is one of SM2; the error goes on after "the key is".
func publicKey(key crypto.PublicKey) (*ecdsa.PublicKey, error) {
	public, ok := key.(*ecdsa.PublicKey)
	switch {
	case !ok:
		return nil, fmt.Errorf("a %T; needed is an SM2 key", key)
	case public == nil || public.Curve == nil:
		return nil, errors.New("nil; needed is an SM2 key")
	case !sm2.IsSM2PublicKey(public):
		return nil, fmt.Errorf("an elliptic-curve key on %s; needed is an SM2 key", public.Curve.Params().Name)
	}
	return public, nil
}

// Sign makes an SM2 signature. One of a foreign signer is verified, because there are two forms of it and three notions of
// what its digest is, and WeChat Pay would only say SIGN_ERROR.
func (scheme) Sign(ctx context.Context, signer crypto.Signer, message []byte) ([]byte, error) {
	public, err := publicKey(signer.Public())
	if err != nil {
		return nil, fmt.Errorf("the signer's key is %w", err)
	}
	digest, err := sm2.CalculateSM2Hash(public, message, nil)
	if err != nil {
		return nil, errors.New("the signer's key is no point of SM2")
	}
	signature, err := signDigest(ctx, signer, digest)
	if err != nil {
		return nil, err
	}
	if _, local := signer.(*sm2.PrivateKey); !local && !sm2.VerifyASN1(public, digest, signature) {
		return nil, errors.New("what the signer returned is no SM2 signature of the digest in ASN.1 DER form")
	}
	return signature, nil
}

func signDigest(ctx context.Context, signer crypto.Signer, digest []byte) ([]byte, error) {
	if signer, ok := signer.(wxpay.ContextSigner); ok {
		return signer.SignContext(ctx, digest, crypto.Hash(0))
	}
	return signer.Sign(rand.Reader, digest, crypto.Hash(0))
}

func (scheme) Verifier(signatureType string) wxpay.Verifier {
	if signatureType == schemeSM2 {
		return verify
	}
	return nil
}

func verify(key crypto.PublicKey, message, signature []byte) bool {
	public, err := publicKey(key)
	return err == nil && sm2.VerifyASN1WithSM2(public, nil, message, signature)
}

// AEAD makes the SM4 key of the APIv3 key as the official SDK does: the first half of its SM3 digest.
func (scheme) AEAD(algorithm string, apiV3Key []byte) (cipher.AEAD, error) {
	if algorithm != algorithmSM4 {
		return nil, nil
	}
	digest := sm3.Sum(apiV3Key)
	block, err := sm4.NewCipher(digest[:sm4.BlockSize])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (scheme) MaxSensitive() int { return 0 }

func (scheme) Encrypt(key crypto.PublicKey, plaintext []byte) ([]byte, error) {
	public, err := publicKey(key)
	if err != nil {
		return nil, fmt.Errorf("the key is %w", err)
	}
	return sm2.EncryptASN1(rand.Reader, public, plaintext)
}

var errDecrypt = errors.New("it was not encrypted to the merchant's SM2 key")

func (scheme) Decrypt(ctx context.Context, decrypter crypto.Decrypter, ciphertext []byte) ([]byte, error) {
	plaintext, err := decrypt(ctx, decrypter, ciphertext)
	switch _, local := decrypter.(*sm2.PrivateKey); {
	case err == nil:
		return plaintext, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case local:
		return nil, errDecrypt
	}
	return nil, fmt.Errorf("the decrypter failed: %w", err)
}

func decrypt(ctx context.Context, decrypter crypto.Decrypter, ciphertext []byte) ([]byte, error) {
	if decrypter, ok := decrypter.(wxpay.ContextDecrypter); ok {
		return decrypter.DecryptContext(ctx, ciphertext, nil)
	}
	return decrypter.Decrypt(rand.Reader, ciphertext, nil)
}

func (scheme) CertificateType() string { return "SM2" }

func (scheme) ParseCertificate(text []byte) (*wxpay.Key, error) {
	certificate, err := ParseCertificate(text)
	if err != nil {
		return nil, err
	}
	return &wxpay.Key{
		ID:        wxpay.CertificateSerial(certificate),
		Public:    certificate.PublicKey,
		NotBefore: certificate.NotBefore,
		NotAfter:  certificate.NotAfter,
	}, nil
}
