package wxpay

import (
	"context"
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// SensitiveError says that sensitive fields of an answer could not be decrypted. The call was carried out, and the answer is
// genuine: Response holds it, decoded, with these fields as they came, encrypted. It wraps ErrDecrypt.
//
// The usual cause is that the merchant API certificate was changed on one side only, or that Config.Decrypter is missing
// where Config.Signer can only sign.
type SensitiveError struct {
	Operation string
	Status    int
	RequestID string
	Fields    []FieldError // all of them; Path as in CheckError

	// Response is what was given to Do, or would have been returned: a *ListResponse for List.
	Response any `json:"-"`

	cause error // of the first field
}

func (e *SensitiveError) Error() string {
	problems := make([]string, len(e.Fields))
	for i, field := range e.Fields {
		problems[i] = field.Error()
	}
	return e.Operation + ": the call was carried out, but sensitive fields of the answer cannot be decrypted: " +
		strings.Join(problems, "; ") + answerText(e.Status, e.RequestID)
}

// Unwrap returns ErrDecrypt, and the error of the decrypter or the context.
func (e *SensitiveError) Unwrap() []error { return wrapped(false, ErrDecrypt, e.cause) }

// Encrypt encrypts a text to WeChat Pay's key, as base64. It is for what struct tags cannot reach; fields with the tag
// wx:"sensitive" are encrypted by themselves. The header Wechatpay-Serial, which names the key, is set on every call. The
// empty text stays empty. Text that is longer than [Scheme.MaxSensitive] allows, 214 bytes by default, is a [*CheckError].
func (c *Client) Encrypt(ctx context.Context, text string) (string, error) {
	if most := c.scheme.MaxSensitive(); most > 0 && len(text) > most {
		return "", &CheckError{Operation: "Encrypt", Fields: []FieldError{{Path: "text", Rule: "sensitive", Problem: tooLong(len(text), most)}}}
	}
	var key *Key
	return c.encrypt(ctx, &key, text)
}

// Decrypt decrypts a sensitive text of an answer, base64, with the merchant's private key. The empty text stays empty. The
// error wraps ErrDecrypt.
func (c *Client) Decrypt(ctx context.Context, ciphertext string) (string, error) {
	text, err := c.decryptText(ctx, ciphertext)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDecrypt, err)
	}
	return text, nil
}

func tooLong(n, most int) string {
	return fmt.Sprintf("has %d bytes; what is encrypted can have %d at most", n, most)
}

// encrypt encrypts with *key, which it asks for first, so that all fields of a request have the same.
func (c *Client) encrypt(ctx context.Context, key **Key, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if *key == nil {
		preferred, err := c.encryptionKey(ctx)
		if err != nil {
			return "", err
		}
		*key = preferred
	}
	ciphertext, err := c.scheme.Encrypt((*key).Public, []byte(text))
	if err != nil {
		return "", fmt.Errorf("encrypt with key %s: %w", (*key).ID, err)
	}
	return base64.StdEncoding.EncodeToString(ciphertext), nil
}

func (c *Client) encryptionKey(ctx context.Context) (*Key, error) {
	key, err := c.keys.Preferred(ctx, c.now())
	if err != nil {
		return nil, fmt.Errorf("find WeChat Pay's key to encrypt with: %w", err)
	}
	if key == nil {
		return nil, fmt.Errorf("%w: the KeySource prefers none, so there is none to encrypt with; plain text is never sent", ErrUnknownKey)
	}
	if err := c.scheme.CheckKey(key.Public); err != nil {
		return nil, fmt.Errorf("%w: key %s to encrypt with is %w", ErrUnknownKey, key.ID, err)
	}
	return key, nil
}

// decrypter decrypts with the merchant's private key. It is a function so that nothing which prints a Client can reach it.
type decrypter func(ctx context.Context, ciphertext []byte) ([]byte, error)

func newDecrypter(scheme Scheme, key crypto.Decrypter) decrypter {
	if key == nil {
		return func(context.Context, []byte) ([]byte, error) {
			return nil, errors.New("Config.Signer can only sign: set Config.Decrypter")
		}
	}
	decrypt := func(ctx context.Context, ciphertext []byte) ([]byte, error) {
		return scheme.Decrypt(ctx, key, ciphertext)
	}
	switch key.(type) {
	case *rsa.PrivateKey, ContextDecrypter:
		return decrypt
	}
	return func(ctx context.Context, ciphertext []byte) ([]byte, error) {
		return aside(ctx, "decrypter", func() ([]byte, error) { return decrypt(ctx, ciphertext) })
	}
}

func (c *Client) decryptText(ctx context.Context, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	ciphertext, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "", errors.New("it is not base64, so probably not encrypted")
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	plaintext, err := c.decrypt(ctx, ciphertext)
	return string(plaintext), err
}

// seal returns the request with its sensitive fields encrypted, and the key that was used. The caller's request is never
// changed: what has to change is copied first. A request without such fields is returned as it is, with a nil key.
func (c *call) seal(ctx context.Context, request reflect.Value) (reflect.Value, *Key, error) {
	if found, err := mayHoldSensitive(request.Type()); !found || err != nil {
		return request, nil, err
	}
	var key *Key
	w := sensitiveWalk{copies: true, change: func(text string) (string, error) { return c.client.encrypt(ctx, &key, text) }}
	own := reflect.New(request.Type()).Elem()
	own.Set(request)
	w.value(own, false)
	if w.cause != nil {
		return request, nil, fmt.Errorf("%s: %w", w.failed[0].Path, w.cause)
	}
	return own, key, nil
}

// checkSensitiveType finds a sensitive field of an answer that could not be read, before the call is made.
func checkSensitiveType(resp any) error {
	if resp == nil {
		return nil
	}
	_, err := mayHoldSensitive(reflect.TypeOf(resp))
	return err
}

// readSensitive decrypts the sensitive fields of a decoded answer.
func (c *call) readSensitive(ctx context.Context, resp any) error {
	fields, err := c.client.unseal(ctx, resp)
	if err == nil {
		return nil
	}
	return &SensitiveError{
		Operation: c.op.label(), Status: c.answer.status, RequestID: c.answer.requestID(),
		Fields: fields, Response: resp, cause: err,
	}
}

// unseal decrypts the sensitive fields of what was decoded, in place, and returns those that it cannot.
func (c *Client) unseal(ctx context.Context, content any) ([]FieldError, error) {
	v := reflect.ValueOf(content)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, nil
	}
	if found, err := mayHoldSensitive(v.Type()); !found || err != nil {
		return nil, err
	}
	w := sensitiveWalk{change: func(text string) (string, error) { return c.decryptText(ctx, text) }}
	w.value(v.Elem(), false)
	return w.failed, w.cause
}
