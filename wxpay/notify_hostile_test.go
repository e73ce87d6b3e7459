package wxpay_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// hostile serves a notification, expects an answer, and that no handler was called. It returns the error that was told.
func hostile(t *testing.T, name string, client *wxpay.Client, header http.Header, body []byte, status int) error {
	t.Helper()
	n := wxpay.NewNotifications(client)
	n.Fallback = func(context.Context, *wxpay.Event) error {
		t.Errorf("%s: handed over", name)
		return nil
	}
	var told error
	n.OnError = func(_ context.Context, err error) { told = err }
	answer := serve(n, header, body)
	checkBody(t, answer)
	if answer.Code != status {
		t.Errorf("%s: answered %d, want %d (%v)", name, answer.Code, status, told)
	}
	if told == nil {
		t.Fatalf("%s: nothing was told", name)
	}
	if text := told.Error(); len(text) > 4096 || strings.Contains(text, apiV3Key) || strings.Contains(text, "Zhang San") {
		t.Errorf("%s: the error is too long or tells too much: %.200s", name, text)
	}
	return told
}

// The rows of the table of hostile input on headers, for notifications.
func TestHostileNotificationHeaders(t *testing.T) {
	good, body := notification("A", "a", `{"name":"Zhang San"}`)
	sign := func(timestamp, nonce string, body []byte) string {
		return signature(wechatpayKey(), timestamp, nonce, body)
	}
	at := func(timestamp string) http.Header {
		h := good.Clone()
		h.Set("Wechatpay-Timestamp", timestamp)
		h.Set("Wechatpay-Signature", sign(timestamp, h.Get("Wechatpay-Nonce"), body))
		return h
	}
	with := func(name string, values ...string) http.Header {
		h := good.Clone()
		h[name] = values
		if len(values) == 0 {
			delete(h, name)
		}
		return h
	}
	seconds := func(offset int64) string { return strconv.FormatInt(now.Unix()+offset, 10) }
	raw, err := base64.StdEncoding.DecodeString(good.Get("Wechatpay-Signature"))
	if err != nil {
		t.Fatal(err)
	}
	merchant := signature(merchantKey(), seconds(0), good.Get("Wechatpay-Nonce"), body)
	other := signature(privateKey("platform_b_private_key"), seconds(0), good.Get("Wechatpay-Nonce"), body)
	const timestamp, nonce, serial, sig, kind = "Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature", "Wechatpay-Signature-Type"
	long := strings.Repeat("A", 1<<20)
	for name, c := range map[string]struct {
		header http.Header
		reason error
		words  string
	}{
		"no timestamp":            {with(timestamp), wxpay.ErrUnsigned, timestamp},
		"no nonce":                {with(nonce), wxpay.ErrUnsigned, nonce},
		"no serial":               {with(serial), wxpay.ErrUnsigned, serial},
		"no signature":            {with(sig), wxpay.ErrUnsigned, sig},
		"none at all":             {http.Header{}, wxpay.ErrUnsigned, "is missing"},
		"empty nonce":             {with(nonce, ""), wxpay.ErrUnsigned, nonce},
		"nonce twice":             {with(nonce, good.Get(nonce), "x"), wxpay.ErrUnsigned, "2 times"},
		"signature twice":         {with(sig, good.Get(sig), good.Get(sig)), wxpay.ErrUnsigned, "2 times"},
		"type twice":              {with(kind, "a", "b"), wxpay.ErrUnsigned, "2 times"},
		"nonce with line break":   {with(nonce, "a\nb"), wxpay.ErrBadSignature, ""},
		"signature with spaces":   {with(sig, " "+good.Get(sig)), wxpay.ErrBadSignature, "base64"},
		"signature, line break":   {with(sig, good.Get(sig)[:64]+"\r\n"+good.Get(sig)[64:]), wxpay.ErrBadSignature, ""},
		"nonce of 1 MB":           {with(nonce, long), wxpay.ErrUnsigned, "bytes"},
		"serial of 1 MB":          {with(serial, long), wxpay.ErrUnsigned, "bytes"},
		"signature of 1 MB":       {with(sig, long), wxpay.ErrUnsigned, "bytes"},
		"timestamp of 1 MB":       {with(timestamp, long), wxpay.ErrUnsigned, "bytes"},
		"timestamp text":          {at("now"), wxpay.ErrUnsigned, "no number"},
		"timestamp negative":      {at("-1"), wxpay.ErrUnsigned, "no number"},
		"timestamp 0":             {at("0"), wxpay.ErrExpired, "in the past"},
		"timestamp 2^63":          {at("9223372036854775808"), wxpay.ErrUnsigned, "no number"},
		"timestamp 2^63-1":        {at("9223372036854775807"), wxpay.ErrExpired, ""},
		"timestamp with sign":     {at("+" + seconds(0)), wxpay.ErrUnsigned, "no number"},
		"timestamp with fraction": {at(seconds(0) + ".5"), wxpay.ErrUnsigned, "no number"},
		"timestamp, zeros":        {at("0" + seconds(0)), wxpay.ErrUnsigned, "no number"},
		"300 s old":               {at(seconds(-300)), wxpay.ErrExpired, "5m0s in the past"},
		"300 s ahead":             {at(seconds(300)), wxpay.ErrExpired, "5m0s in the future"},
		"serial unknown":          {with(serial, serialB), wxpay.ErrUnknownKey, publicKeyID},
		"other public key":        {with(serial, "PUB_KEY_ID_1"), wxpay.ErrUnknownKey, publicKeyID},
		"key of another":          {with(sig, other), wxpay.ErrBadSignature, ""},
		"key of the merchant":     {with(sig, merchant), wxpay.ErrBadSignature, "merchant's own key"},
		"signature truncated":     {with(sig, good.Get(sig)[:100]), wxpay.ErrBadSignature, ""},
		"signature of 255 bytes":  {with(sig, base64.StdEncoding.EncodeToString(raw[:255])), wxpay.ErrBadSignature, ""},
		"signature of 257 bytes":  {with(sig, base64.StdEncoding.EncodeToString(append(raw[:256:256], 0))), wxpay.ErrBadSignature, ""},
		"signature no base64":     {with(sig, "!"+good.Get(sig)[1:]), wxpay.ErrBadSignature, "base64"},
		"probe":                   {with(sig, "WECHATPAY/SIGNTEST/"+good.Get(sig)), wxpay.ErrBadSignature, "probe"},
		"algorithm unknown":       {with(kind, "WECHATPAY3-MAGIC"), wxpay.ErrUnknownAlgorithm, "WECHATPAY3-MAGIC"},
		"SM2 not configured":      {with(kind, "WECHATPAY2-SM2-WITH-SM3"), wxpay.ErrUnknownAlgorithm, ""},
	} {
		err := hostile(t, name, newClient(t, nil), c.header, body, http.StatusUnauthorized)
		if !errors.Is(err, c.reason) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
		if verify, ok := errors.AsType[*wxpay.VerifyError](err); !ok || verify.Probe != (name == "probe") {
			t.Errorf("%s: %#v", name, err)
		}
	}
	certificatesOnly := newClient(t, func(config *wxpay.Config) { config.PublicKeys = certificates() })
	if err := hostile(t, "only certificates are held", certificatesOnly, good, body, http.StatusUnauthorized); !errors.Is(err, wxpay.ErrUnknownKey) || !strings.Contains(err.Error(), "PublicKey") {
		t.Error(err)
	}
}

// A body that is not byte for byte the one that was signed is refused, and a hint points at what lies between.
func TestHostileNotificationBodies(t *testing.T) {
	header, body := notification("A", "a", `{"name":"Zhang San"}`)
	var indented bytes.Buffer
	if err := json.Indent(&indented, body, "", " "); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body   []byte
		status int
		words  string
	}{
		"one byte changed": {bytes.Replace(body, []byte("EV-1"), []byte("EV-2"), 1), 401, "altered on its way"},
		"re-encoded":       {indented.Bytes(), 401, "altered on its way"},
		"byte order mark":  {append([]byte("\xef\xbb\xbf"), body...), 401, "altered on its way"},
		"line feed":        {append(body[:len(body):len(body)], '\n'), 401, "altered on its way"},
		"truncated":        {body[:len(body)-1], 401, "altered on its way"},
		"read before":      {nil, 401, "was it read before?"},
		"100 MB":           {make([]byte, 100<<20), 413, "longer than"},
	} {
		if err := hostile(t, name, newClient(t, nil), header, c.body, c.status); !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Signed, but not what it should be: refused before a cipher sees it. These are not of WeChat Pay's making, or of a version
// of the protocol that does not exist yet.
func TestHostileResources(t *testing.T) {
	const text = `{"id":"EV-1","event_type":"A","resource":`
	seal := func(change func(map[string]any)) string {
		_, body := notification("A", "a", `{"name":"Zhang San"}`)
		var envelope struct {
			Resource map[string]any `json:"resource"`
		}
		if err := json.Unmarshal(body, &envelope); err != nil {
			t.Fatal(err)
		}
		change(envelope.Resource)
		return text + string(must(json.Marshal(envelope.Resource))) + "}"
	}
	set := func(name string, value any) string { return seal(func(r map[string]any) { r[name] = value }) }
	for name, c := range map[string]struct {
		body   string
		reason error
	}{
		"no resource":            {`{"id":"EV-1","event_type":"A"}`, wxpay.ErrMalformed},
		"resource null":          {text + "null}", wxpay.ErrMalformed},
		"resource text":          {text + `"x"}`, wxpay.ErrMalformed},
		"resource list":          {text + `[]}`, wxpay.ErrMalformed},
		"resource empty":         {text + `{}}`, wxpay.ErrMalformed},
		"no JSON":                {`<xml/>`, wxpay.ErrMalformed},
		"list":                   {`[]`, wxpay.ErrMalformed},
		"null":                   {`null`, wxpay.ErrMalformed},
		"deep":                   {strings.Repeat("[", 100_000), wxpay.ErrMalformed},
		"id a number":            {`{"id":1}`, wxpay.ErrMalformed},
		"other algorithm":        {set("algorithm", "AEAD_AES_128_GCM"), wxpay.ErrMalformed},
		"SM4 not configured":     {set("algorithm", "AEAD_SM4_GCM"), wxpay.ErrMalformed},
		"no algorithm":           {set("algorithm", ""), wxpay.ErrMalformed},
		"no nonce":               {set("nonce", ""), wxpay.ErrMalformed},
		"nonce of 5 bytes":       {set("nonce", "12345"), wxpay.ErrMalformed},
		"nonce of 13 bytes":      {set("nonce", "1234567890123"), wxpay.ErrMalformed},
		"nonce of 12 characters": {set("nonce", "一二三四五六七八九十一二"), wxpay.ErrMalformed},
		"nonce a number":         {set("nonce", 123456789012), wxpay.ErrMalformed},
		"no ciphertext":          {set("ciphertext", ""), wxpay.ErrMalformed},
		"ciphertext of 15 bytes": {set("ciphertext", base64.StdEncoding.EncodeToString(make([]byte, 15))), wxpay.ErrMalformed},
		"ciphertext no base64":   {set("ciphertext", "###"), wxpay.ErrMalformed},
		"associated data number": {set("associated_data", 1), wxpay.ErrMalformed},
		"associated data object": {set("associated_data", map[string]any{}), wxpay.ErrMalformed},
		"other associated data":  {set("associated_data", "y"), wxpay.ErrDecrypt},
		"tag wrong":              {set("ciphertext", base64.StdEncoding.EncodeToString(make([]byte, 64))), wxpay.ErrDecrypt},
	} {
		status := http.StatusBadRequest
		if c.reason == wxpay.ErrDecrypt {
			status = http.StatusInternalServerError // so that it comes again once the APIv3 key is the right one
		}
		if err := hostile(t, name, newClient(t, nil), signedHeader([]byte(c.body)), []byte(c.body), status); !errors.Is(err, c.reason) {
			t.Errorf("%s: %v", name, err)
		}
	}
	reset := newClient(t, func(config *wxpay.Config) { config.APIv3Key = strings.Repeat("k", 32) })
	header, body := notification("A", "a", `{"name":"Zhang San"}`)
	if err := hostile(t, "key reset", reset, header, body, 500); !errors.Is(err, wxpay.ErrDecrypt) || !strings.Contains(err.Error(), "APIv3Key") {
		t.Error(err)
	}
}

// Genuine content that is not of the type that the handler takes.
func TestHostileEventContent(t *testing.T) {
	for name, content := range map[string]string{
		"no JSON":            `Zhang San`,
		"list":               `["Zhang San"]`,
		"text":               `"Zhang San"`,
		"another type's":     `{"transaction_id":{"name":"Zhang San"}}`,
		"empty":              ``,
		"number too large":   `{"amount":{"total":1e400}}`,
		"deeper than sanity": strings.Repeat(`{"amount":`, 20_000),
	} {
		n, calls := newCounted(t, wxpay.NewMemoryEvents(), succeed)
		var told error
		n.OnError = func(_ context.Context, err error) { told = err }
		newDelivery("A", content).expect(t, n, http.StatusInternalServerError)
		expectCalls(t, calls, 0)
		if !errors.Is(told, wxpay.ErrMalformed) || !strings.Contains(told.Error(), "notification A") || strings.Contains(told.Error(), "Zhang") {
			t.Errorf("%s: %v", name, told)
		}
	}
}

// A create_time of another form does not lose the event, as it does elsewhere.
func TestOddEnvelopesAreTaken(t *testing.T) {
	_, body := notification("A", "", `{}`)
	for name, change := range map[string][2]string{
		"odd time":         {`2015-05-20T13:29:35+08:00`, `20150520132935`},
		"no original type": {`,"original_type":""`, ``},
		"more members":     {`"id":"EV-1"`, `"id":"EV-1","new":{"a":[1]}`},
		"null":             {`"summary":"支付成功"`, `"summary":null`},
	} {
		odd := bytes.Replace(body, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(odd, body) {
			t.Fatalf("%s: %s is not in %s", name, change[0], body)
		}
		n, calls := newCounted(t, nil, succeed)
		if answer := serve(n, signedHeader(odd), odd); answer.Code != 204 {
			t.Errorf("%s: answered %d", name, answer.Code)
		}
		expectCalls(t, calls, 1)
	}
}

// Nothing is left behind by any of it: synctest fails if a goroutine still waits when the test ends.
func TestNoGoroutineStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n, _ := newCounted(t, nil, func(ctx context.Context, call int64) error {
			switch call {
			case 1:
				panic("x")
			case 2:
				<-ctx.Done()
				return ctx.Err()
			case 3:
				time.Sleep(time.Hour)
			}
			return nil
		})
		d := newDelivery("A", `{}`)
		for _, want := range []int{500, 500, 500, 204} {
			d.expect(t, n, want)
		}
		time.Sleep(2 * time.Hour)
	})
}
