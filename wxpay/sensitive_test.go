package wxpay_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestOAEPVectors(t *testing.T) {
	cases := loadVectors().OAEP
	if len(cases) != 10 {
		t.Fatalf("%d cases, expected 10", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			switch {
			case c.Key == "merchant_private_key.pem":
				got, err := newClient(t, nil).Decrypt(t.Context(), c.Ciphertext)
				if (err == nil) != (c.Want == "ok") || got != c.Plaintext && err == nil {
					t.Errorf("%q, %v, want %s", got, err, c.Want)
				}
				if err != nil && !errors.Is(err, wxpay.ErrDecrypt) {
					t.Errorf("error is %v", err)
				}
			case c.Key != "": // encrypted to WeChat Pay: the other way round
				if got := platformDecrypts(t, c.Ciphertext); got != c.Plaintext {
					t.Errorf("got %q", got)
				}
				ciphertext, err := newClient(t, nil).Encrypt(t.Context(), c.Plaintext)
				if err != nil || platformDecrypts(t, ciphertext) != c.Plaintext || len(ciphertext) != 344 {
					t.Errorf("%s, %v", ciphertext, err)
				}
			case c.Want == "error":
				_, err := newClient(t, nil).Encrypt(t.Context(), c.Plaintext)
				if problem, ok := errors.AsType[*wxpay.CheckError](err); !ok || !strings.Contains(problem.Error(), "215 bytes") {
					t.Errorf("error is %v", err)
				}
			default: // which certificate is used
				p := newPlatform(certificateA(), certificateB())
				client := newClient(t, p.configure(new(wxpay.DownloadedCertificates)))
				if err := client.Do(t.Context(), post, &secret{"x"}, nil); err != nil || p.serials[0] != c.Want {
					t.Errorf("%v, %v, want %s", p.serials, err, c.Want)
				}
			}
		})
	}
}

type secret struct {
	Name string `json:"name" wx:"sensitive"`
}

func platformDecrypts(t *testing.T, ciphertext string) string {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(ciphertext)
	if err != nil {
		t.Fatalf("%q is not base64", ciphertext)
	}
	plain, err := rsa.DecryptOAEP(sha1.New(), nil, wechatpayKey(), data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// toMerchant encrypts as WeChat Pay does in answers.
func toMerchant(text string) string {
	return base64.StdEncoding.EncodeToString(must(rsa.EncryptOAEP(sha1.New(), rand.Reader, &merchantKey().PublicKey, []byte(text), nil)))
}

type named string

// everything has sensitive fields wherever one can stand.
type everything struct {
	inlined
	ID       string              `json:"-" path:"id"`
	Account  string              `json:"-" query:"account_number" wx:"sensitive"`
	Accounts []string            `json:"-" query:"accounts" wx:"sensitive"`
	Plain    string              `json:"plain"`
	Name     named               `json:"name" wx:"required,sensitive,len=..128"`
	Pointer  *string             `json:"pointer,omitzero" wx:"sensitive"`
	List     []string            `json:"list,omitzero" wx:"sensitive"`
	Pointers []*string           `json:"pointers,omitzero" wx:"sensitive"`
	Array    [2]string           `json:"array" wx:"sensitive"`
	Map      map[string]string   `json:"map,omitzero" wx:"sensitive"`
	Person   secret              `json:"person"`
	People   []*secret           `json:"people,omitzero"`
	ByName   map[string]secret   `json:"by_name,omitzero"`
	Union    *union              `json:"union,omitzero"`
	Document *wxpay.JSON[secret] `json:"document,omitzero"`
	Any      any                 `json:"any,omitzero"`
	Next     *everything         `json:"next,omitzero"`
}

type inlined struct {
	Inlined string `json:"inlined,omitzero" wx:"sensitive"`
}

// fill returns a request whose sensitive texts are all made by text, in the same order.
func fill(text func(string) string) *everything {
	return &everything{
		inlined:  inlined{text("S-inlined")},
		ID:       "a/b",
		Account:  text("S-account"),
		Accounts: []string{text("S-1"), text("S-2")},
		Plain:    "plain",
		Name:     named(text("S-张三")),
		Pointer:  new(text("S-pointer")),
		List:     []string{text("S-3"), "", text("S-4")},
		Pointers: []*string{new(text("S-5")), nil},
		Array:    [2]string{text("S-6"), ""},
		Map:      map[string]string{"k": text("S-7")},
		Person:   secret{text("S-person")},
		People:   []*secret{{text("S-8")}, nil},
		ByName:   map[string]secret{"k": {text("S-9")}},
		Union:    &union{Person: &unionPerson{Name: text("S-union")}},
		Document: &wxpay.JSON[secret]{Value: secret{text("S-document")}},
		Any:      &secret{text("S-any")},
		Next:     &everything{Name: named(text("S-next")), Any: []any{secret{text("S-dynamic")}}},
	}
}

func same(text string) string { return text }

func TestSensitiveFieldsAreEncryptedAtAnyDepth(t *testing.T) {
	var uri, body, serial string
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		uri, body, serial = r.URL.RequestURI(), bodyOf(r), r.Header.Get("Wechatpay-Serial")
		return response(204, signedHeader(nil), nil), nil
	}))
	op := &wxpay.Operation{Method: "POST", Path: "/v3/people/{id}"}
	req, before := fill(same), fill(same)
	if err := client.Do(t.Context(), op, req, nil); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(req, before) {
		t.Errorf("the caller's request was changed: %+v", req)
	}
	if all := uri + body; strings.Contains(all, "S-") || !strings.Contains(all, `"plain":"plain"`) || serial != publicKeyID {
		t.Fatalf("plain text left: %s", all)
	}
	found := make(map[string]bool)
	query := must(url.ParseRequestURI(uri)).Query()
	for _, ciphertext := range append(query["accounts"], query.Get("account_number")) {
		found[platformDecrypts(t, ciphertext)] = true
	}
	var content any
	if err := json.Unmarshal([]byte(body), &content); err != nil {
		t.Fatal(err)
	}
	decryptAll(t, content, found)
	fill(func(text string) string {
		if !found[text] {
			t.Errorf("%s did not arrive: %s", text, body)
		}
		return text
	})
}

// decryptAll collects what WeChat Pay can decrypt in a body.
func decryptAll(t *testing.T, v any, found map[string]bool) {
	switch v := v.(type) {
	case string:
		if len(v) == 344 {
			found[platformDecrypts(t, v)] = true
		}
		var document any
		if strings.HasPrefix(v, "{") && json.Unmarshal([]byte(v), &document) == nil {
			decryptAll(t, document, found)
		}
	case []any:
		for _, item := range v {
			decryptAll(t, item, found)
		}
	case map[string]any:
		for _, item := range v {
			decryptAll(t, item, found)
		}
	}
}

func TestSensitiveFieldsAreDecryptedAtAnyDepth(t *testing.T) {
	type person struct {
		Name     named               `json:"name" wx:"sensitive"`
		Empty    string              `json:"empty" wx:"sensitive"`
		Absent   *string             `json:"absent" wx:"sensitive"`
		List     []string            `json:"list" wx:"sensitive"`
		Map      map[string]string   `json:"map" wx:"sensitive"`
		Document *wxpay.JSON[secret] `json:"document"`
		Union    decodedUnion        `json:"union"`
		Next     *secret             `json:"next"`
	}
	document := string(must(json.Marshal(string(must(json.Marshal(secret{toMerchant("document")}))))))
	one := fmt.Sprintf(`{"name":%q,"empty":"","absent":null,"list":[%q,""],"map":{"k":%q},"document":%s,"union":{"name":%q},"next":{"name":%q}}`,
		toMerchant("张三"), toMerchant("list"), toMerchant("map"), document, toMerchant("union"), toMerchant("next"))
	var got struct {
		Data map[string][]person `json:"data"`
	}
	client := newClient(t, through(answering(200, `{"data":{"a":[`+one+`]}}`)))
	if err := client.Do(t.Context(), post, nil, &got); err != nil {
		t.Fatal(err)
	}
	p := got.Data["a"][0]
	text := fmt.Sprintf("%s %q %v %q %v %v %s %v", p.Name, p.Empty, p.Absent, p.List, p.Map, p.Document.Value, p.Union.Person.Name, *p.Next)
	if want := `张三 "" <nil> ["list" ""] map[k:map] {document} union {next}`; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
}

type decodedUnion struct {
	Person *unionPerson
	Raw    json.RawMessage
}

func (u *decodedUnion) UnmarshalJSON(data []byte) error {
	return wxpay.UnmarshalUnion(data, &u.Raw, "", wxpay.Alternative(&u.Person, "name"))
}

// The call has succeeded, so the answer must not be lost.
func TestAnswerThatCannotBeDecrypted(t *testing.T) {
	type answer struct {
		ID     string   `json:"id"`
		People []secret `json:"people"`
	}
	foreign := base64.StdEncoding.EncodeToString(make([]byte, 256))
	body := fmt.Sprintf(`{"id":"1","people":[{"name":%q},{"name":%q},{"name":"Li Si"}]}`, toMerchant("Zhang San"), foreign)
	client := newClient(t, through(answering(200, body)))
	err := client.Do(t.Context(), post, nil, new(answer))
	problem, ok := errors.AsType[*wxpay.SensitiveError](err)
	if !ok || !errors.Is(err, wxpay.ErrDecrypt) || errors.Is(err, wxpay.ErrOutcomeUnknown) {
		t.Fatalf("error is %v, want a SensitiveError, and the outcome is known", err)
	}
	got := problem.Response.(*answer)
	if got.ID != "1" || got.People[0].Name != "Zhang San" || got.People[1].Name != foreign || got.People[2].Name != "Li Si" {
		t.Errorf("the rest is %+v", got)
	}
	text := prints(err)
	for _, want := range []string{"people[1].name", "people[2].name it is not base64", "request id"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	for _, secret := range []string{"Zhang", "Li Si", foreign[:40]} {
		if strings.Contains(text, secret) {
			t.Errorf("the error shows %q: %s", secret, text)
		}
	}
}

// noKey is a KeySource that names no key in requests, or fails.
type noKey struct {
	wxpay.KeySource
	err error
}

func (s noKey) Preferred(context.Context, time.Time) (*wxpay.Key, error) { return nil, s.err }

func TestSensitiveFieldsNeverLeaveInPlainText(t *testing.T) {
	short := must(rsa.GenerateKey(rand.Reader, 1024))
	type number struct {
		Account int64 `json:"account" wx:"sensitive"`
	}
	type hidden struct {
		*inlined
		Plain string `json:"plain"`
	}
	for name, c := range map[string]struct {
		keys wxpay.KeySource
		req  any
		want string
	}{
		"no key":               {noKey{publicKey(), nil}, &secret{"Zhang San"}, "name: unknown key"},
		"no key, deep":         {noKey{publicKey(), nil}, &everything{ID: "x", Name: "", People: []*secret{nil, {"Zhang San"}}}, "people[1].name: unknown key"},
		"key fails":            {noKey{publicKey(), errors.New("vault is sealed")}, &secret{"Zhang San"}, "vault is sealed"},
		"weak key":             {fixedKey{&wxpay.Key{ID: publicKeyID, Public: &short.PublicKey}}, &secret{"Zhang San"}, "1024 bits"},
		"certificates ended":   {wxpay.PlatformCertificates(endedCertificate()), &secret{"Zhang San"}, "in force"},
		"too long":             {publicKey(), &secret{strings.Repeat("张", 72)}, "name has 216 bytes; what is encrypted can have 214 at most"},
		"too long in a list":   {publicKey(), &everything{ID: "x", Name: "n", List: []string{"", strings.Repeat("x", 215)}}, "list[1] has 215 bytes"},
		"too long in a map":    {publicKey(), &everything{ID: "x", Name: "n", Map: map[string]string{"k": strings.Repeat("x", 215)}}, "map.k has 215 bytes"},
		"no text":              {publicKey(), &number{1}, "only text can be encrypted"},
		"cannot be reached":    {publicKey(), &struct{ Hidden hidden }{hidden{&inlined{"Zhang San"}, ""}}, "embed the struct itself"},
		"behind a MarshalJSON": {publicKey(), &concealing{secret{"Zhang San"}}, "export it"},
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, func(config *wxpay.Config) {
				config.PublicKeys = c.keys
				through(func(*http.Request) (*http.Response, error) {
					t.Error("a request was sent")
					return nil, io.EOF
				})(config)
			})
			op := &wxpay.Operation{Name: "test.Post", Method: "POST", Path: "/v3/x/{id}"}
			if _, ok := c.req.(*everything); !ok {
				op = post
			}
			for _, opts := range [][]wxpay.CallOption{{wxpay.WithoutChecks()}, nil} {
				err := client.Do(t.Context(), op, c.req, nil, opts...)
				if err == nil || opts != nil && !strings.Contains(err.Error(), c.want) {
					t.Fatalf("error is %v, want %q", err, c.want)
				}
				if strings.Contains(err.Error(), "Zhang") {
					t.Errorf("the error shows the value: %v", err)
				}
			}
		})
	}
}

type concealing struct{ content secret }

func (c concealing) MarshalJSON() ([]byte, error) { return json.Marshal(c.content) }

func endedCertificate() *x509.Certificate {
	key := certificateA().key
	return must(wxpay.ParseCertificate(issue(9, key, key.Public(), now.Add(-48*time.Hour), now.Add(-time.Hour))))
}

type fixedKey struct{ key *wxpay.Key }

func (s fixedKey) Key(context.Context, string) (*wxpay.Key, error)          { return s.key, nil }
func (s fixedKey) Preferred(context.Context, time.Time) (*wxpay.Key, error) { return s.key, nil }

func TestUnsetSensitiveFieldsNeedNoKey(t *testing.T) {
	client := newClient(t, func(config *wxpay.Config) {
		config.PublicKeys = noKey{publicKey(), nil}
		through(answering(204, ""))(config)
	})
	for _, req := range []any{&secret{}, &everything{Array: [2]string{}, List: []string{""}}} {
		op := &wxpay.Operation{Method: "POST", Path: "/v3/x"}
		if _, ok := req.(*everything); ok {
			req, op = &everything{ID: "x"}, &wxpay.Operation{Method: "POST", Path: "/v3/{id}"}
		}
		if err := client.Do(t.Context(), op, req, nil, wxpay.WithoutChecks()); err != nil {
			t.Error(err)
		}
	}
}

// A field of an answer that could never be read is found before the call is made.
func TestSensitiveAnswerOfAnotherType(t *testing.T) {
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return nil, io.EOF
	}))
	err := client.Do(t.Context(), post, nil, new(struct {
		Account int64 `json:"account" wx:"sensitive"`
	}))
	if err == nil || !strings.Contains(err.Error(), "only text can be encrypted") {
		t.Errorf("error is %v", err)
	}
}
