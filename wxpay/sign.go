package wxpay

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// messageSigner signs the message of a request within the context.
type messageSigner func(ctx context.Context, message []byte) ([]byte, error)

// newMessageSigner keeps the signer in a function, so that nothing which prints a Client can reach the key.
func newMessageSigner(scheme Scheme, signer crypto.Signer) messageSigner {
	sign := func(ctx context.Context, message []byte) ([]byte, error) { return scheme.Sign(ctx, signer, message) }
	switch signer.(type) {
	case *rsa.PrivateKey, ContextSigner:
		return sign
	}
	return func(ctx context.Context, message []byte) ([]byte, error) {
		return aside(ctx, "signer", func() ([]byte, error) { return sign(ctx, message) })
	}
}

// aside runs a foreign signer or decrypter in a goroutine, which ends when that returns.
func aside(ctx context.Context, what string, do func() ([]byte, error)) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if recover() != nil {
				r = result{err: errors.New("the " + what + " panicked")} // its words may hold a secret
			}
			done <- r
		}()
		r.data, r.err = do()
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the %s: %w", what, ctx.Err())
	}
}

// authorization returns the Authorization header for a request. uri is what stands on the request line, signed is what the
// signature covers of the body.
func (c *Client) authorization(ctx context.Context, method, uri string, signed []byte) (string, error) {
	timestamp, nonce := strconv.FormatInt(c.now().Unix(), 10), c.nonce()
	signature, err := c.sign(ctx, signedMessage(signed, method, uri, timestamp, nonce))
	if err != nil {
		return "", err
	}
	return c.authorizationOf(timestamp, nonce, signature), nil
}

// answerAuthorization returns the header for an answer to a notification. No source says what its signature covers (?): it is
// taken to be what WeChat Pay signs of its own answers.
func (c *Client) answerAuthorization(ctx context.Context, body []byte) (string, error) {
	timestamp, nonce := strconv.FormatInt(c.now().Unix(), 10), c.nonce()
	signature, err := c.sign(ctx, signedMessage(body, timestamp, nonce))
	if err != nil {
		return "", err
	}
	return c.authorizationOf(timestamp, nonce, signature), nil
}

func (c *Client) authorizationOf(timestamp, nonce string, signature []byte) string {
	var room [640]byte // enough for RSA, without an allocation
	header := append(room[:0], c.signedBy...)
	header = append(header, `,nonce_str="`...)
	header = append(header, nonce...)
	header = append(header, `",timestamp="`...)
	header = append(header, timestamp...)
	header = append(header, `",serial_no="`...)
	header = append(header, c.serialNo...)
	header = append(header, `",signature="`...)
	header = base64.StdEncoding.AppendEncode(header, signature)
	return string(append(header, '"'))
}

// signedBy returns the beginning of the Authorization header, which is the same for every request.
func signedBy(scheme Scheme, mchID string) string {
	parameter, value := identityOf(scheme, mchID)
	return scheme.Name() + " " + parameter + `="` + value + `"`
}

// signedMessage returns what a signature covers: the lines and the body, each ended by a line feed, the body too.
func signedMessage(body []byte, lines ...string) []byte {
	length := len(body) + len(lines) + 1
	for _, line := range lines {
		length += len(line)
	}
	message := make([]byte, 0, length)
	for _, line := range lines {
		message = append(append(message, line...), '\n')
	}
	return append(append(message, body...), '\n')
}

// newNonce returns 32 characters that are never used again: 128 random bits.
func newNonce() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails: without randomness the program ends
	var text [32]byte
	hex.Encode(text[:], random[:])
	return string(text[:])
}
