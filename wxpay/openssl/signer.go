//go:build cgo && !nolibcrypto

package openssl

/*
#cgo pkg-config: libcrypto
#include <stdlib.h>
#include "libcrypto.h"
*/
import "C"

import (
	"context"
	"crypto"
	"crypto/rsa"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"unsafe"

	"github.com/wxgen/wxgen/wxpay"
)

// Available says whether the program was built with libcrypto. If not, the functions that make a Signer return
// [ErrUnavailable].
const Available = true

// Signer is a private key in the memory of libcrypto. It is a crypto.Signer for RSASSA-PKCS1-v1_5, a crypto.Decrypter for
// RSAES-OAEP, which is what sensitive fields of answers need, and safe for concurrent use. Close frees the key.
type Signer struct {
	public *rsa.PublicKey

	mu      sync.RWMutex // held for reading while libcrypto uses the key, for writing while it is freed
	key     *C.EVP_PKEY  // nil once it is closed
	cleanup runtime.Cleanup
}

var (
	_ wxpay.ContextSigner = (*Signer)(nil)
	_ crypto.Decrypter    = (*Signer)(nil)
)

var errClosed = errors.New("openssl: the signer is closed")

func newSigner(der []byte, public *rsa.PublicKey) (*Signer, error) {
	var text [C.WX_ERROR]C.char
	key := C.wx_parse((*C.uchar)(unsafe.SliceData(der)), C.long(len(der)), &text[0])
	if key == nil {
		return nil, libcryptoError("read the private key", &text)
	}
	s := &Signer{public: public, key: key}
	s.cleanup = runtime.AddCleanup(s, func(key *C.EVP_PKEY) { C.EVP_PKEY_free(key) }, key) // for who forgets to close
	return s, nil
}

// Public returns the public half of the key, an *rsa.PublicKey.
func (s *Signer) Public() crypto.PublicKey { return s.public }

// Sign signs a digest, whose hash opts names: SHA-256 for WeChat Pay; SHA-384 and SHA-512 work, too. The reader is not used.
func (s *Signer) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if _, ok := opts.(*rsa.PSSOptions); ok {
		return nil, errors.New("openssl: PSS is not supported; WeChat Pay uses RSASSA-PKCS1-v1_5")
	}
	hash := opts.HashFunc()
	switch hash {
	case crypto.SHA256, crypto.SHA384, crypto.SHA512:
	default:
		return nil, fmt.Errorf("openssl: hash %s is not supported; WeChat Pay uses SHA-256", hash)
	}
	if len(digest) != hash.Size() {
		return nil, fmt.Errorf("openssl: the digest has %d bytes, one of %s has %d", len(digest), hash, hash.Size())
	}
	return s.sign(name(hash), digest)
}

// SignContext signs without a goroutine of its own: libcrypto makes no calls, so there is nothing to wait for.
func (s *Signer) SignContext(ctx context.Context, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.Sign(nil, digest, opts)
}

func (s *Signer) sign(hash *C.char, digest []byte) ([]byte, error) {
	defer C.free(unsafe.Pointer(hash))
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.key == nil {
		return nil, errClosed
	}
	var text [C.WX_ERROR]C.char
	signature := make([]byte, s.public.Size())
	length := C.size_t(len(signature))
	if C.wx_sign(s.key, hash, (*C.uchar)(unsafe.SliceData(digest)), C.size_t(len(digest)),
		(*C.uchar)(unsafe.SliceData(signature)), &length, &text[0]) != 1 {
		return nil, libcryptoError("sign", &text)
	}
	return signature[:length], nil
}

var errDecrypt = errors.New("openssl: the ciphertext was not encrypted to this key")

// Decrypt decrypts by RSAES-OAEP: opts is an *rsa.OAEPOptions without a label. Other paddings are not supported: use the key
// that wxpay.LoadPrivateKey returns as wxpay.Config.Decrypter for them. The reader is not used.
func (s *Signer) Decrypt(_ io.Reader, ciphertext []byte, opts crypto.DecrypterOpts) ([]byte, error) {
	oaep, ok := opts.(*rsa.OAEPOptions)
	if !ok || len(oaep.Label) > 0 {
		return nil, fmt.Errorf("openssl: decrypts with *rsa.OAEPOptions without a label only, not with %T", opts)
	}
	mgfHash := oaep.MGFHash
	if mgfHash == 0 {
		mgfHash = oaep.Hash
	}
	hashName, mgfName := name(oaep.Hash), name(mgfHash)
	defer C.free(unsafe.Pointer(hashName))
	defer C.free(unsafe.Pointer(mgfName))
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.key == nil {
		return nil, errClosed
	}
	plaintext := make([]byte, s.public.Size())
	length := C.size_t(len(plaintext))
	if C.wx_decrypt(s.key, hashName, mgfName, (*C.uchar)(unsafe.SliceData(ciphertext)), C.size_t(len(ciphertext)),
		(*C.uchar)(unsafe.SliceData(plaintext)), &length) != 1 {
		return nil, errDecrypt
	}
	return plaintext[:length], nil
}

// Close waits for signatures under way and frees the key. Signing fails from then on. It may be called more than once.
func (s *Signer) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key != nil {
		s.cleanup.Stop()
		C.EVP_PKEY_free(s.key) // which overwrites it
		s.key = nil
	}
	return nil
}

// Version returns the version of libcrypto that the program runs with, such as "OpenSSL 3.0.19 27 Jan 2026".
func Version() string { return C.GoString(C.OpenSSL_version(C.OPENSSL_VERSION)) }

// name writes a hash as libcrypto does: SHA256. Whoever calls it frees it.
func name(hash crypto.Hash) *C.char { return C.CString(strings.ReplaceAll(hash.String(), "-", "")) }

func libcryptoError(doing string, text *[C.WX_ERROR]C.char) error {
	problem := C.GoString(&text[0])
	if problem == "" {
		problem = "libcrypto gives no reason"
	}
	return fmt.Errorf("openssl: %s: %s", doing, problem)
}
