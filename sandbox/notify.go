package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wxgen/wxgen/generator/load"
)

const (
	// notifyTimeout is how long WeChat Pay waits for the answer to a notification.
	notifyTimeout = 5 * time.Second

	// maxReply bounds what is read of such an answer.
	maxReply = 64 << 10
)

// Delivery is a notification that was sent, and what it was answered with.
type Delivery struct {
	ID     string
	Status int
	Body   []byte
}

// Accepted reports whether WeChat Pay would count the notification as received. If not, it would send it again.
func (d *Delivery) Accepted() bool {
	return d.Status == http.StatusOK || d.Status == http.StatusNoContent
}

// Notify sends a notification to an address and waits for the answer, as WeChat Pay does for up to five seconds. The error is
// nil if there was an answer, whatever it says: look at [Delivery.Accepted].
//
// See [Server.Notification] for event and resource.
func (s *Server) Notify(ctx context.Context, address, event string, resource any) (*Delivery, error) {
	ctx, cancel := context.WithTimeout(ctx, notifyTimeout)
	defer cancel()
	request, id, err := s.notification(ctx, address, event, resource)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{DisableKeepAlives: true} // nothing stays behind
	response, err := transport.RoundTrip(request)         // which follows no redirect
	if err != nil {
		return nil, fmt.Errorf("sandbox: notify %s of %s: %w", address, event, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	if err != nil {
		return nil, fmt.Errorf("sandbox: notify %s of %s: read the answer: %w", address, event, err)
	}
	return &Delivery{ID: id, Status: response.StatusCode, Body: body}, nil
}

// Notification makes the request of a notification without sending it, for tests that hand it to a handler or tamper with it.
//
// event is an event type ("COUPON.USE") or the name of a webhook of the specs ("favor.OnCouponUse"), which is needed where
// several share a type. resource is what gets encrypted: anything that marshals to JSON. With nil it is the example of the
// specs, and an error if there is none. An event type that no spec has needs a resource. JSON text is a json.RawMessage. Fields
// that the spec marks as sensitive are given in plain text, and are encrypted for the merchant.
func (s *Server) Notification(ctx context.Context, address, event string, resource any) (*http.Request, error) {
	request, _, err := s.notification(ctx, address, event, resource)
	return request, err
}

func (s *Server) notification(ctx context.Context, address, event string, resource any) (*http.Request, string, error) {
	if err := checkAddress(address); err != nil {
		return nil, "", fmt.Errorf("sandbox: notify: %w", err)
	}
	envelope, err := s.envelope(event, resource)
	if err != nil {
		return nil, "", fmt.Errorf("sandbox: notify of %s: %w", event, err)
	}
	body := encode(envelope)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, "", fmt.Errorf("sandbox: notify: %w", err)
	}
	request.Header.Set("Accept", "*/*")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Mozilla/4.0")
	s.trust.notifier().sign(request.Header, s.now(), body)
	return request, envelope[0].value.(string), nil
}

// checkAddress holds an address to the rules for notify_url, but for plain HTTP and this machine, which tests need.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("the address %q is not a URL such as https://example.com/notify", shorten(address))
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil:
		return fmt.Errorf("the address %s://%s%s has a query or more, which WeChat Pay does not take in notify_url", u.Scheme, u.Host, u.Path)
	}
	return nil
}

// envelope makes the body of a notification. Its first member is the id.
func (s *Server) envelope(event string, resource any) (object, error) {
	hook, err := s.catalogue.webhook(event)
	if err != nil {
		return nil, err
	}
	if hook == nil && resource == nil {
		return nil, fmt.Errorf("no spec describes it, so that it needs a resource; described are %s", names(s.catalogue.webhooks))
	}
	eventType, originalType, summary := event, "", ""
	if event == echoEvent {
		originalType = echoOriginalType
	}
	if hook != nil {
		originalType, summary = hook.Event.OriginalType, hook.Summary
		if event == hook.name {
			eventType = hook.Event.Types[0]
		}
	}
	plaintext, err := s.resourceText(hook, resource)
	if err != nil {
		return nil, err
	}
	now := s.now()
	return object{
		{"id", newNotificationID(now)},
		{"create_time", now.Format("2006-01-02T15:04:05-07:00")},
		{"resource_type", "encrypt-resource"},
		{"event_type", eventType},
		{"summary", summary},
		{"resource", s.identity.resource(originalType, plaintext)},
	}, nil
}

// newNotificationID makes an id of at most 36 characters.
func newNotificationID(now time.Time) string {
	return "EV-" + now.Format("20060102150405") + rand.Text()[:16]
}

// resource is the encrypted content of a notification.
func (i *Identity) resource(originalType string, plaintext []byte) object {
	sealed := i.seal(originalType, plaintext)
	if originalType == "" { // some products have none
		return sealed
	}
	return append(object{{"original_type", originalType}}, sealed...)
}

// seal encrypts text under the APIv3 key.
func (i *Identity) seal(associatedData string, plaintext []byte) object {
	nonce := rand.Text()[:i.aead.NonceSize()]
	return object{
		{"algorithm", "AEAD_AES_256_GCM"},
		{"ciphertext", i.aead.Seal(nil, []byte(nonce), plaintext, []byte(associatedData))}, // encoding/json writes Base64
		{"associated_data", associatedData},
		{"nonce", nonce},
	}
}

// webhook finds the notification with a name or an event type, nil if there is none.
func (c *catalogue) webhook(event string) (*webhook, error) {
	var found []*webhook
	for _, hook := range c.webhooks {
		if hook.name == event || slices.Contains(hook.Event.Types, event) {
			found = append(found, hook)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("several notifications have this type, name one: %s", names(found))
}

func names(hooks []*webhook) string {
	out := make([]string, len(hooks))
	for i, hook := range hooks {
		out[i] = hook.name
	}
	return strings.Join(out, ", ")
}

// resourceText is the plaintext of a notification, in which sensitive fields are encrypted once more.
func (s *Server) resourceText(hook *webhook, resource any) ([]byte, error) {
	if hook == nil {
		return resourceJSON(resource)
	}
	if resource == nil {
		var err error
		if resource, err = hook.example(); err != nil {
			return nil, err
		}
	}
	concealed, err := s.conceal(hook.Event.Resource, resource)
	if err != nil {
		return nil, err
	}
	return resourceJSON(concealed)
}

func resourceJSON(resource any) ([]byte, error) {
	text, err := marshal(resource)
	if err != nil {
		return nil, fmt.Errorf("write the resource: %w", err)
	}
	return text, nil
}

// example is the content that the spec gives.
func (hook *webhook) example() (any, error) {
	for _, schema := range []*load.Schema{hook.Event.Resource, hook.Event.Resource.Target()} {
		if len(schema.Examples) == 0 {
			continue
		}
		value, err := fromYAML(schema.Examples[0])
		if err != nil {
			return nil, fmt.Errorf("read the example at %s: %w", schema.Pos, err)
		}
		return value, nil
	}
	return nil, errors.New("the spec has no example of its content: give a resource")
}
