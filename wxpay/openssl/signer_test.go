package openssl_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/wxpay/openssl"
)

var privateKey = sync.OnceValue(func() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) })

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func newSigner(t testing.TB) *openssl.Signer {
	t.Helper()
	if !openssl.Available {
		t.Skip(openssl.ErrUnavailable)
	}
	signer, err := openssl.New(privateKey())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { signer.Close() })
	return signer
}

// RSASSA-PKCS1-v1_5 is deterministic, so libcrypto and Go must agree to the last bit.
func TestSignaturesAreThoseOfGo(t *testing.T) {
	signer := newSigner(t)
	t.Log(openssl.Version())
	for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		digest := bytes.Repeat([]byte{7}, hash.Size())
		want := must(rsa.SignPKCS1v15(nil, privateKey(), hash, digest))
		got, err := signer.Sign(nil, digest, hash)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v", hash, got, err)
		}
		if got, err = signer.SignContext(t.Context(), digest, hash); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s with a context: %x, %v", hash, got, err)
		}
	}
	if !privateKey().PublicKey.Equal(signer.Public()) {
		t.Error("another public key")
	}
}

func TestSignRefuses(t *testing.T) {
	signer := newSigner(t)
	digest := make([]byte, 32)
	for name, c := range map[string]struct {
		digest []byte
		opts   crypto.SignerOpts
		want   string
	}{
		"short digest": {digest[:31], crypto.SHA256, "31 bytes"},
		"no digest":    {nil, crypto.SHA256, "0 bytes"},
		"hash":         {digest, crypto.SHA3_256, "not supported"},
		"no hash":      {digest, crypto.Hash(0), "not supported"},
		"PSS":          {digest, &rsa.PSSOptions{Hash: crypto.SHA256}, "PSS"},
	} {
		if _, err := signer.Sign(nil, c.digest, c.opts); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := signer.SignContext(ctx, digest, crypto.SHA256); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestDecrypt(t *testing.T) {
	signer := newSigner(t)
	for _, text := range []string{"", "张三", strings.Repeat("x", 214)} {
		sealed := must(rsa.EncryptOAEP(sha1.New(), rand.Reader, &privateKey().PublicKey, []byte(text), nil))
		got, err := signer.Decrypt(nil, sealed, &rsa.OAEPOptions{Hash: crypto.SHA1})
		if err != nil || string(got) != text {
			t.Errorf("%q: %q, %v", text, got, err)
		}
		sealed[100] ^= 1
		for _, bad := range [][]byte{sealed, sealed[:255], nil} {
			if got, err := signer.Decrypt(nil, bad, &rsa.OAEPOptions{Hash: crypto.SHA1}); err == nil {
				t.Errorf("%d bytes: decrypted to %q", len(bad), got)
			}
		}
	}
	sealed := must(rsa.EncryptOAEP(sha256.New(), rand.Reader, &privateKey().PublicKey, []byte("x"), nil))
	if got, err := signer.Decrypt(nil, sealed, &rsa.OAEPOptions{Hash: crypto.SHA256}); err != nil || string(got) != "x" {
		t.Errorf("SHA-256: %q, %v", got, err)
	}
	//lint:ignore SA1019 to see that it is refused
	for _, opts := range []crypto.DecrypterOpts{nil, &rsa.PKCS1v15DecryptOptions{}, &rsa.OAEPOptions{Hash: crypto.SHA1, Label: []byte("x")}} {
		if _, err := signer.Decrypt(nil, sealed, opts); err == nil || !strings.Contains(err.Error(), "OAEPOptions") {
			t.Errorf("%T: %v", opts, err)
		}
	}
}

func TestParsePrivateKey(t *testing.T) {
	newSigner(t) // or skips
	pkcs8 := must(x509.MarshalPKCS8PrivateKey(privateKey()))
	pkcs1 := x509.MarshalPKCS1PrivateKey(privateKey())
	ec := must(x509.MarshalPKCS8PrivateKey(must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))))
	path := filepath.Join(t.TempDir(), "apiclient_key.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		load func() (*openssl.Signer, error)
		want string
	}{
		"PEM": {func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(text) }, ""},
		"PKCS#1 PEM": {func() (*openssl.Signer, error) {
			return openssl.ParsePrivateKey(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: pkcs1}))
		}, ""},
		"DER":     {func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(pkcs8) }, ""},
		"file":    {func() (*openssl.Signer, error) { return openssl.LoadPrivateKey(path) }, ""},
		"no file": {func() (*openssl.Signer, error) { return openssl.LoadPrivateKey(path + "x") }, "no such file"},
		"nothing": {func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(nil) }, "openssl: "},
		"DER cut": {func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(pkcs8[:100]) }, "PKCS#8"},
		"EC key":  {func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(ec) }, "ecdsa"},
		"no key":  {func() (*openssl.Signer, error) { return openssl.New(&rsa.PrivateKey{}) }, "private key"},
	} {
		signer, err := c.load()
		if c.want == "" && (err != nil || !privateKey().PublicKey.Equal(signer.Public())) || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
		if signer != nil {
			signer.Close()
		}
	}
}

// Goroutines sign with one signer, decrypt, and close it under each other; a signature is right or refused.
func TestConcurrentUse(t *testing.T) {
	signer := newSigner(t)
	digest := make([]byte, 32)
	want := must(rsa.SignPKCS1v15(nil, privateKey(), crypto.SHA256, digest))
	var wait sync.WaitGroup
	for i := range 16 {
		wait.Go(func() {
			for range 20 {
				got, err := signer.Sign(nil, digest, crypto.SHA256)
				if err == nil && !bytes.Equal(got, want) || err != nil && !strings.Contains(err.Error(), "closed") {
					t.Errorf("%x, %v", got, err)
				}
			}
			if i == 0 {
				signer.Close()
			}
		})
	}
	wait.Wait()
	if err := signer.Close(); err != nil {
		t.Error(err)
	}
	if _, err := signer.Decrypt(nil, nil, &rsa.OAEPOptions{Hash: crypto.SHA1}); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("closed: %v", err)
	}
}

// Signers that nobody closes are freed with their Go part; the test is for the race detector and for crashes.
func TestForgottenSigners(t *testing.T) {
	newSigner(t) // or skips
	for range 50 {
		signer := must(openssl.New(privateKey()))
		must(signer.Sign(nil, make([]byte, 32), crypto.SHA256))
	}
	runtime.GC()
	runtime.GC()
}

func TestPrintsNoKey(t *testing.T) {
	signer := newSigner(t)
	text := fmt.Sprintf("%v %+v %#v", signer, signer, signer)
	if strings.Contains(text, privateKey().D.String()[:40]) {
		t.Error(text)
	}
}

func TestUnavailable(t *testing.T) {
	if openssl.Available {
		t.Skip("libcrypto is there; CGO_ENABLED=0 go test runs this test")
	}
	for _, load := range []func() (*openssl.Signer, error){
		func() (*openssl.Signer, error) { return openssl.New(privateKey()) },
		func() (*openssl.Signer, error) { return openssl.ParsePrivateKey(nil) },
		func() (*openssl.Signer, error) { return openssl.LoadPrivateKey("x") },
	} {
		if signer, err := load(); signer != nil || !errors.Is(err, openssl.ErrUnavailable) {
			t.Errorf("%v, %v", signer, err)
		}
	}
}
