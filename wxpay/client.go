package wxpay

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"time"
)

// Client makes calls to WeChat Pay for one merchant. It is safe for concurrent use, runs no goroutine of its own and holds
// no global state. Make it with [NewClient].
type Client struct {
	mchID     string
	serialNo  string
	signedBy  string // beginning of the Authorization header
	scheme    Scheme
	merchant  crypto.PublicKey
	sign      messageSigner
	decrypt   decrypter
	opener    opener
	keys      KeySource
	base      endpoint // of the configuration; zero: none
	routes    *routes
	retry     RetryPolicy
	limiter   Limiter  // nil: none
	observer  Observer // nil: none
	hashes    hashes
	transport http.RoundTripper
	timeout   time.Duration // 0: none
	logger    Logger        // nil: none
	userAgent string
	now       func() time.Time
	nonce     func() string
}

// NewClient checks the configuration and returns a client. It makes no call. The error lists everything that is wrong, each
// with what was seen and what to do.
func NewClient(config Config) (*Client, error) {
	if err := config.validate(); err != nil {
		return nil, fmt.Errorf("wxpay: configuration: %w", err)
	}
	scheme := config.scheme()
	opener, err := newOpener(scheme, config.APIv3Key)
	if err != nil {
		return nil, fmt.Errorf("wxpay: configuration: %w", err)
	}
	client := &Client{
		mchID:     config.MchID,
		serialNo:  config.serialNo(),
		signedBy:  signedBy(scheme, config.MchID),
		scheme:    scheme,
		merchant:  config.Signer.Public(),
		sign:      newMessageSigner(scheme, config.Signer),
		decrypt:   newDecrypter(scheme, config.decrypter()),
		opener:    opener,
		keys:      config.PublicKeys,
		transport: newTransport(config.HTTPClient),
		timeout:   newTimeout(config),
		routes:    newRoutes(&config),
		retry:     config.Retry.withDefaults(),
		limiter:   config.Limiter,
		observer:  config.Observer,
		hashes:    newHashes(config.Hashes),
		logger:    newLogger(config.Logger),
		userAgent: newUserAgent(config.UserAgent),
		now:       config.Now,
		nonce:     newNonce,
	}
	if config.BaseURL != "" {
		client.base, _ = parseEndpoint(config.BaseURL) // validated above
	}
	if client.now == nil {
		client.now = time.Now
	}
	if err := bindKeys(client.keys, client); err != nil {
		return nil, fmt.Errorf("wxpay: configuration: %w", err)
	}
	return client, nil
}

// MchID returns the number of the merchant that the client signs for: many requests repeat it.
func (c *Client) MchID() string { return c.mchID }

// CloseIdleConnections closes connections that no call uses. The client stays usable.
func (c *Client) CloseIdleConnections() {
	if transport, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		transport.CloseIdleConnections()
	}
}

// Do makes one call: it checks req, signs and sends it, verifies the answer and decodes it into resp. Generated methods are
// one line around it, and it is the way to call what no package has.
//
// req is a struct or a pointer to one, whose tags say where its fields go:
//
//	path:"name"    a variable of op.Path, percent-escaped
//	query:"name"   a query value; a nil pointer or slice is left out, a zero value too with ",omitzero"; a slice repeats
//	               the name, or is joined by commas with ",comma"; structs and maps are sent as JSON
//	header:"Name"  a header
//	form:"name"    a part of an upload, of which one at least is a [File]; the part meta describes it
//	json:"name"    a field of the JSON body, as in encoding/json; give the fields above json:"-"
//	wx:"…"         rules that are checked before sending, see [CheckError]; "body" marks the field that is the whole body
//
// Anything else than a struct is itself the JSON body. req may be nil. resp is a pointer to decode the answer into, or a
// [*Stream] for an answer that is a file; it may be nil where no content is expected or wanted. An empty answer with status
// 204 leaves resp as it is.
//
// Of an upload, what is empty of the file's name, its digest and the digest's algorithm in the part meta is filled in, in a
// copy.
//
// The package documentation lists the types of errors.
func (c *Client) Do(ctx context.Context, op *Operation, req, resp any, opts ...CallOption) error {
	if op == nil || op.Method == "" || op.Path == "" {
		return errors.New("wxpay: the operation needs a method and a path")
	}
	call := &call{client: c, op: op, started: time.Now()}
	ctx = call.startCall(ctx)
	err := call.run(ctx, req, resp, opts)
	call.endCall(ctx, err)
	return err
}

func newTimeout(config Config) time.Duration {
	timeout := config.Timeout
	switch {
	case timeout == 0:
		timeout = defaultTimeout
	case timeout < 0:
		timeout = 0
	}
	if config.HTTPClient != nil && config.HTTPClient.Timeout > 0 {
		if timeout == 0 || config.HTTPClient.Timeout < timeout {
			timeout = config.HTTPClient.Timeout
		}
	}
	return timeout
}

// newUserAgent returns the User-Agent: WeChat Pay refuses requests without one, and its support reads it.
func newUserAgent(prefix string) string {
	own := "wxgen-wxpay (" + runtime.GOOS + ") GO/" + runtime.Version()
	if prefix == "" {
		return own
	}
	return prefix + " " + own
}
