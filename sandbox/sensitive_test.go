package sandbox_test

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// secrets is a spec with sensitive fields wherever they can be.
var secrets = fstest.MapFS{"people.yaml": {Data: []byte(`
openapi: 3.1.0
info: {title: people, version: '1'}
paths:
  /v3/people:
    post:
      operationId: Add
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Person'}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Person'}
              example: {name: 王, note: n, cards: [{number: '1'}], phones: ['2'], empty: ''}
    get:
      operationId: Find
      parameters:
        - {name: card, in: query, required: true, schema: {$ref: '#/components/schemas/Secret'}}
        - {name: page, in: query, schema: {type: string}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Person'}
              example: {name: 王, card: ''}
components:
  schemas:
    Secret: {type: string, x-wx-sensitive: true, maxLength: 8}
    Person:
      type: object
      required: [name]
      properties:
        name: {$ref: '#/components/schemas/Secret', title: name}
        card: {$ref: '#/components/schemas/Secret'}
        note: {type: string}
        empty: {type: string, x-wx-sensitive: true}
        cards: {type: array, items: {type: object, properties: {number: {type: string, x-wx-sensitive: true}}}}
        phones: {type: array, items: {type: string, x-wx-sensitive: true}}
        extra: {type: string, contentMediaType: application/json, contentSchema: {type: object, properties: {id: {type: string, x-wx-sensitive: true}}}}
`)}}

type person struct {
	Name   string                 `json:"name" wx:"sensitive"`
	Card   string                 `json:"card,omitzero" wx:"sensitive"`
	Note   string                 `json:"note,omitzero"`
	Empty  string                 `json:"empty" wx:"sensitive"`
	Cards  []card                 `json:"cards,omitzero"`
	Phones []string               `json:"phones,omitzero" wx:"sensitive"`
	Extra  *wxpay.JSON[extraInfo] `json:"extra,omitzero"`
}

type card struct {
	Number string `json:"number" wx:"sensitive"`
}

type extraInfo struct {
	ID string `json:"id" wx:"sensitive"`
}

func somebody() person {
	return person{
		Name: "李四", Note: "open", Cards: []card{{"6225"}, {"6226"}}, Phones: []string{"138", "139"},
		Extra: &wxpay.JSON[extraInfo]{Value: extraInfo{"4403"}},
	}
}

// TestSensitive: the server sees plain text, the wire does not, in both directions.
func TestSensitive(t *testing.T) {
	for _, keys := range []sandbox.Keys{sandbox.PublicKeyOnly, sandbox.CertificatesOnly} {
		srv := sandbox.Start(t, sandbox.WithSpecs(secrets), sandbox.WithKeys(keys))
		client := newClient(t, srv, nil)
		var seen person
		srv.Handle("people.Add", func(r *sandbox.Request) (any, error) {
			answer := somebody()
			answer.Note = "mine"
			return answer, r.Decode(&seen)
		})
		var got person
		var raw wxpay.Response
		add := &wxpay.Operation{Method: "POST", Path: "/v3/people"}
		if err := client.Do(t.Context(), add, somebody(), &got, wxpay.WithResponse(&raw)); err != nil {
			t.Fatal(err)
		}
		for _, p := range []person{seen, got} {
			if p.Name != "李四" || p.Cards[1].Number != "6226" || !slices.Equal(p.Phones, []string{"138", "139"}) || p.Extra.Value.ID != "4403" {
				t.Errorf("%s: %+v", keys, p)
			}
		}
		calls := srv.Calls()
		for _, body := range [][]byte{raw.Body, calls[len(calls)-1].Body} {
			for _, secret := range []string{"李四", "6225", "138", "4403"} {
				if bytes.Contains(body, []byte(`"`+secret)) {
					t.Errorf("%s: %q in clear: %s", keys, secret, body)
				}
			}
		}
	}
}

// TestSensitiveEcho: what the client encrypted comes back in the example, encrypted to the merchant.
func TestSensitiveEcho(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithSpecs(secrets))
	var got person
	if err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "POST", Path: "/v3/people"}, person{Name: "赵"}, &got); err != nil {
		t.Fatal(err)
	}
	if got.Name != "赵" || got.Cards[0].Number != "1" || got.Phones[0] != "2" || got.Empty != "" {
		t.Errorf("%+v", got)
	}
	sealed, err := srv.Client().Encrypt(t.Context(), "6225")
	if err != nil {
		t.Fatal(err)
	}
	find := struct {
		Card string `json:"-" query:"card"`
	}{sealed}
	var found person
	if err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "GET", Path: "/v3/people"}, find, &found); err != nil {
		t.Fatal(err)
	}
	if calls := srv.Calls(); found.Card != "6225" || calls[1].Query.Get("card") != "6225" {
		t.Errorf("%+v, %v", found, calls)
	}
}

func TestSensitiveErrors(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithSpecs(secrets), sandbox.WithKeys(sandbox.BothKeys))
	named := func(_ *credentials, r *http.Request) {
		r.Header.Set("Wechatpay-Serial", srv.Identity().PublicKeyID())
	}
	call(t, srv, "POST", "/v3/people", `{"name":"x"}`, nil).want(t, 400, "PARAM_ERROR", "/name", "name that in the header Wechatpay-Serial", srv.Identity().PublicKeyID())
	call(t, srv, "POST", "/v3/people", `{"name":"","cards":[{"number":"plain"}]}`, named).want(t, 400, "PARAM_ERROR", "/cards/0/number", "cannot be decrypted")
	call(t, srv, "GET", "/v3/people?card=plain", "", named).want(t, 400, "PARAM_ERROR", `"card"`, `"query"`)
	long := person{Name: strings.Repeat("王", 9)} // too long in plain text, which is what the limit is for
	err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "POST", Path: "/v3/people"}, long, nil)
	if err == nil || !strings.Contains(err.Error(), "has 9 characters, at most 8 are allowed") {
		t.Errorf("%v", err)
	}
}

// TestRetiredCertificate: what was encrypted with a certificate that is gone cannot be read.
func TestRetiredCertificate(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithSpecs(secrets), sandbox.WithKeys(sandbox.CertificatesOnly))
	client := newClient(t, srv, nil)
	add := &wxpay.Operation{Method: "POST", Path: "/v3/people"}
	if err := client.Do(t.Context(), add, person{Name: "a"}, nil); err != nil {
		t.Fatal(err)
	}
	srv.Rotate(sandbox.RotationDone)
	err := client.Do(t.Context(), add, person{Name: "a"}, nil)
	if err == nil || !strings.Contains(err.Error(), "name that in the header Wechatpay-Serial") {
		t.Errorf("%v", err)
	}
}
