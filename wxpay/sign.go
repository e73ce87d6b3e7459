package wxpay

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

const schemeRSA = "WECHATPAY2-SHA256-RSA2048"

// ContextSigner is a crypto.Signer that knows of contexts, which is right for one that calls a KMS: the call's deadline
// reaches it. It is also called without a goroutine of its own; other signers than *rsa.PrivateKey get one, so that a
// signer that blocks cannot hold a call beyond its deadline.
type ContextSigner interface {
	crypto.Signer
	SignContext(ctx context.Context, digest []byte, opts crypto.SignerOpts) ([]byte, error)
}

// digestSigner signs a SHA-256 digest by RSASSA-PKCS1-v1_5 within the context.
type digestSigner func(ctx context.Context, digest []byte) ([]byte, error)

// newDigestSigner returns a signer that makes signatures of size bytes, or errors.
func newDigestSigner(signer crypto.Signer, size int) digestSigner {
	sign := plainSigner(signer)
	return func(ctx context.Context, digest []byte) ([]byte, error) {
		signature, err := sign(ctx, digest)
		if err != nil {
			return nil, err
		}
		if len(signature) != size {
			return nil, fmt.Errorf("the signer returned %d bytes, a signature of its key has %d", len(signature), size)
		}
		return signature, nil
	}
}

func plainSigner(signer crypto.Signer) digestSigner {
	switch signer := signer.(type) {
	case *rsa.PrivateKey:
		return func(_ context.Context, digest []byte) ([]byte, error) {
			return signer.Sign(rand.Reader, digest, crypto.SHA256)
		}
	case ContextSigner:
		return func(ctx context.Context, digest []byte) ([]byte, error) {
			return signer.SignContext(ctx, digest, crypto.SHA256)
		}
	}
	return func(ctx context.Context, digest []byte) ([]byte, error) { return signAside(ctx, signer, digest) }
}

// signAside runs a signer in a goroutine, which ends when the signer returns.
func signAside(ctx context.Context, signer crypto.Signer, digest []byte) ([]byte, error) {
	type result struct {
		signature []byte
		err       error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if recover() != nil {
				r = result{err: errors.New("the signer panicked")}
			}
			done <- r
		}()
		r.signature, r.err = signer.Sign(rand.Reader, digest, crypto.SHA256)
	}()
	select {
	case r := <-done:
		return r.signature, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the signer: %w", ctx.Err())
	}
}

// authorization returns the Authorization header for a request. uri is what stands on the request line, signed is what the
// signature covers of the body.
func (c *Client) authorization(ctx context.Context, method, uri string, signed []byte) (string, error) {
	timestamp := strconv.FormatInt(c.now().Unix(), 10)
	nonce := c.nonce()
	digest := signedDigest(signed, method, uri, timestamp, nonce)
	signature, err := c.signer(ctx, digest[:])
	if err != nil {
		return "", err
	}
	header := make([]byte, 0, 160+len(c.mchID)+base64.StdEncoding.EncodedLen(len(signature))+len(c.serialNo))
	header = append(header, schemeRSA+` mchid="`...)
	header = append(header, c.mchID...)
	header = append(header, `",nonce_str="`...)
	header = append(header, nonce...)
	header = append(header, `",timestamp="`...)
	header = append(header, timestamp...)
	header = append(header, `",serial_no="`...)
	header = append(header, c.serialNo...)
	header = append(header, `",signature="`...)
	header = base64.StdEncoding.AppendEncode(header, signature)
	return string(append(header, '"')), nil
}

// signedDigest hashes the message of a signature: the lines and the body, each ended by a line feed, the body too.
func signedDigest(body []byte, lines ...string) [sha256.Size]byte {
	length := len(body) + len(lines) + 1
	for _, line := range lines {
		length += len(line)
	}
	message := make([]byte, 0, length)
	for _, line := range lines {
		message = append(append(message, line...), '\n')
	}
	return sha256.Sum256(append(append(message, body...), '\n'))
}

// newNonce returns 32 characters that are never used again: 128 random bits.
func newNonce() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: without randomness the program ends
	var text [32]byte
	hex.Encode(text[:], random[:])
	return string(text[:])
}
