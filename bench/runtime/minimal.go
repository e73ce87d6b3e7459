package runtime

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"
)

// signer is the private-key operation, or constant bytes in its place. It knows of contexts, as wxpay.ContextSigner wants it.
type signer struct {
	crypto.Signer
	constant []byte // nil: sign
}

func (s signer) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if s.constant != nil {
		return s.constant, nil
	}
	return s.Signer.Sign(random, digest, opts)
}

func (s signer) SignContext(_ context.Context, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.Sign(nil, digest, opts)
}

// minimal is a call in plain Go: sign, send, read, check the window, verify, decode. It has no checks, no retries, no bound of
// the answer, and a time limit only where one is given.
type minimal struct {
	client   *http.Client
	base     string
	signer   crypto.Signer
	platform *rsa.PublicKey
	timeout  time.Duration
}

// plainTransport is Go's default with as many connections as 64 goroutines need.
func plainTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	return t
}

func (m *minimal) get(ctx context.Context, path string, out any) error {
	return m.do(ctx, http.MethodGet, path, nil, out)
}

func (m *minimal) post(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return m.do(ctx, http.MethodPost, path, body, out)
}

func (m *minimal) do(ctx context.Context, method, path string, body []byte, out any) error {
	if m.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, m.timeout)
		defer cancel()
	}
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, m.base+path, content)
	if err != nil {
		return err
	}
	authorization, err := m.authorize(method, request.URL.RequestURI(), body)
	if err != nil {
		return err
	}
	setHeader(request.Header, authorization, body != nil)
	answer, err := m.client.Do(request)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	if err := verify(m.platform, answer.Header, text); err != nil {
		return err
	}
	return json.Unmarshal(text, out)
}

func setHeader(header http.Header, authorization string, content bool) {
	header.Set("Accept", "application/json")
	header.Set("User-Agent", "minimal/1.0 (linux) GO/1.26")
	header.Set("Authorization", authorization)
	header.Set("Wechatpay-Serial", publicKeyID)
	if content {
		header.Set("Content-Type", "application/json")
	}
}

func (m *minimal) authorize(method, uri string, body []byte) (string, error) {
	nonce, timestamp := rand.Text(), strconv.FormatInt(time.Now().Unix(), 10)
	message := make([]byte, 0, len(method)+len(uri)+len(body)+64)
	message = append(append(message, method...), '\n')
	message = append(append(message, uri...), '\n')
	message = append(append(message, timestamp...), '\n')
	message = append(append(message, nonce...), '\n')
	message = append(append(message, body...), '\n')
	digest := sha256.Sum256(message)
	signature, err := m.signer.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		return "", err
	}
	return `WECHATPAY2-SHA256-RSA2048 mchid="` + merchantID + `",nonce_str="` + nonce + `",timestamp="` + timestamp +
		`",serial_no="` + merchantSerial + `",signature="` + base64.StdEncoding.EncodeToString(signature) + `"`, nil
}

const window = 300 // seconds

// verify checks the window and the signature with one key.
func verify(key *rsa.PublicKey, header http.Header, body []byte) error {
	timestamp := header.Get("Wechatpay-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return err
	}
	if age := time.Now().Unix() - seconds; age >= window || age <= -window {
		return errors.New("out of date")
	}
	if header.Get("Wechatpay-Serial") != publicKeyID {
		return errors.New("another key")
	}
	signature, err := base64.StdEncoding.DecodeString(header.Get("Wechatpay-Signature"))
	if err != nil {
		return err
	}
	nonce := header.Get("Wechatpay-Nonce")
	message := make([]byte, 0, len(timestamp)+len(nonce)+len(body)+3)
	message = append(append(message, timestamp...), '\n')
	message = append(append(message, nonce...), '\n')
	message = append(append(message, body...), '\n')
	digest := sha256.Sum256(message)
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature)
}
