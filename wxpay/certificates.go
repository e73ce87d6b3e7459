package wxpay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	certificatesPath    = "/v3/certificates"
	maxCertificates     = 100     // in one answer; WeChat Pay sends two at most
	maxCertificatesBody = 1 << 20 // bytes of an answer and of a store's content
)

// certificateSet is what one answer of WeChat Pay brought. A nil set holds nothing.
type certificateSet struct {
	keySet
	at time.Time // when WeChat Pay signed it
}

func (s *certificateSet) Key(ctx context.Context, id string) (*Key, error) {
	if s == nil {
		return nil, &unknownKeyError{id: id}
	}
	return s.keySet.Key(ctx, id)
}

func (s *certificateSet) Preferred(ctx context.Context, now time.Time) (*Key, error) {
	if s == nil {
		return nil, errors.New("no platform certificate is held")
	}
	return s.keySet.Preferred(ctx, now)
}

func (s *certificateSet) has(id string) bool {
	_, err := s.Key(context.Background(), id)
	return err == nil
}

// certificateAnswer is an answer of /v3/certificates with what proves it. It is kept in a store as it came, so that whoever
// reads the store proves it again: sealed under the APIv3 key and signed by a certificate that it holds.
type certificateAnswer struct {
	Version int         `json:"version"`
	Header  http.Header `json:"header"`
	Body    []byte      `json:"body"`

	requestID string
}

func (a *certificateAnswer) encode() []byte {
	kept := certificateAnswer{Version: 1, Header: make(http.Header), Body: a.Body}
	for _, name := range signatureHeaders {
		if values := a.Header[name]; values != nil {
			kept.Header[name] = values
		}
	}
	data, _ := json.Marshal(kept) // strings and bytes always encode
	return data
}

var signatureHeaders = [...]string{
	"Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature", "Wechatpay-Signature-Type",
}

// fetchCertificates gets the certificates without believing the answer: the keys that would prove it are in it.
func (c *Client) fetchCertificates(ctx context.Context, path string) (*certificateAnswer, error) {
	if path == "" {
		path = certificatesPath
	}
	if kind := c.scheme.CertificateType(); kind != "" {
		path += "?algorithm_type=" + url.QueryEscape(kind)
	}
	op := &Operation{Name: "certificates.Download", Method: http.MethodGet, Path: path, Idempotent: true, Unsigned: true}
	var response Response
	if err := c.Do(ctx, op, nil, nil, WithResponse(&response), withoutKey); err != nil {
		return nil, explainMissingCertificates(err)
	}
	return &certificateAnswer{Header: response.Header, Body: response.Body, requestID: response.RequestID}, nil
}

// withoutKey lets a request name no key of WeChat Pay: it is the one that fetches the keys. An answer to such a request is
// signed with a certificate, also while the merchant moves to the public key.
func withoutKey(s *callSettings) { s.withoutKey = true }

// explainMissingCertificates says what the answer to a merchant without certificates means: 404 RESOURCE_NOT_EXISTS, before
// that 404 NOT_FOUND or 500 SYSTEM_ERROR.
func explainMissingCertificates(err error) error {
	refused, ok := errors.AsType[*APIError](err)
	if !ok || refused.Status != http.StatusNotFound && !refused.Code.Is(ErrSystemError) {
		return err
	}
	return fmt.Errorf("%w; the merchant probably has a public key of WeChat Pay and no platform certificates: download pub_key.pem in "+
		"the merchant platform (账户中心 > API安全) and set Config.PublicKeys to wxpay.PublicKey(id, key)", err)
}

// readStored reads what a store holds, and proves it again.
func (c *Client) readStored(ctx context.Context, data []byte) (*certificateSet, error) {
	var answer certificateAnswer
	if len(data) > maxCertificatesBody*2 {
		return nil, fmt.Errorf("stored certificates: %w: %d bytes", ErrMalformed, len(data))
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("stored certificates: %w: %s", ErrMalformed, decodeText(err))
	}
	if answer.Version != 1 {
		return nil, fmt.Errorf("stored certificates: %w: version %d", ErrMalformed, answer.Version)
	}
	return c.openCertificates(ctx, &answer, false)
}

// openCertificates proves an answer and returns its certificates. The AEAD under the APIv3 key proves where they come from;
// the signature, that nothing was left out or put together from several answers, and when. A live answer must be new.
func (c *Client) openCertificates(ctx context.Context, a *certificateAnswer, live bool) (*certificateSet, error) {
	set, err := c.parseCertificates(a.Body)
	if err != nil {
		return nil, fmt.Errorf("platform certificates: %w%s", err, answerText(0, a.requestID))
	}
	p, problem := readProof(c.scheme, a.Header)
	if problem == nil && (live || p.at.Sub(c.now()) >= window) {
		problem = c.verifyTime(p, a.Header)
	}
	if problem == nil {
		problem = c.verifyKey(ctx, set, p, a.Body)
	}
	if problem != nil {
		problem.Operation, problem.RequestID = "platform certificates", a.requestID
		return nil, problem.about(p)
	}
	set.at = p.at
	return set, nil
}

// parseCertificates decrypts and checks all certificates. One that is not what it should be spoils the whole answer, because
// WeChat Pay does not make such; only those past their end are left out, since lists may show them.
func (c *Client) parseCertificates(body []byte) (*certificateSet, error) {
	var list struct {
		Data []struct {
			SerialNo    string  `json:"serial_no"`
			Certificate *sealed `json:"encrypt_certificate"`
		} `json:"data"`
	}
	if len(body) > maxCertificatesBody {
		return nil, fmt.Errorf("%w: the answer has %d bytes", ErrMalformed, len(body))
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrMalformed, decodeText(err))
	}
	if n := len(list.Data); n == 0 || n > maxCertificates {
		return nil, fmt.Errorf("%w: the answer holds %d certificates", ErrMalformed, n)
	}
	set, now, inForce := &certificateSet{keySet: keySet{preferred: newestInForce}}, c.now(), false
	for i, entry := range list.Data {
		key, err := c.openCertificate(entry.SerialNo, entry.Certificate)
		if err != nil {
			return nil, fmt.Errorf("number %d: %w", i+1, err)
		}
		if key.NotAfter.IsZero() || !now.After(key.NotAfter) {
			set.keys = append(set.keys, key)
			inForce = inForce || key.inForce(now)
		}
	}
	if !inForce {
		return nil, fmt.Errorf("%w: none of the %d certificates is in force at %s", ErrExpired, len(list.Data), now.UTC().Format(time.RFC3339))
	}
	return set, nil
}

func (c *Client) openCertificate(serial string, content *sealed) (*Key, error) {
	if content == nil {
		return nil, fmt.Errorf("%w: it has no encrypt_certificate", ErrMalformed)
	}
	text, err := c.opener.open(content)
	if err != nil {
		return nil, err
	}
	key, err := c.scheme.ParseCertificate(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	case key.ID != serial:
		return nil, fmt.Errorf("%w: serial_no is %q, but the certificate's own is %s", ErrMalformed, cut(serial, 80), key.ID)
	case sameKey(c.merchant, key.Public):
		return nil, fmt.Errorf("%w: %s has the merchant's own key", ErrMalformed, key.ID)
	}
	if err := c.scheme.CheckKey(key.Public); err != nil {
		return nil, fmt.Errorf("%w: the key of %s is %w", ErrMalformed, key.ID, err)
	}
	return key, nil
}
