package wxpay_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

type (
	bankPayee struct {
		Type    string `json:"type"`
		Account string `json:"account"`
	}
	userPayee struct {
		Type   string `json:"type"`
		OpenID string `json:"openid"`
		Name   string `json:"name,omitzero"`
	}
	payee struct {
		Bank *bankPayee
		User *userPayee
		Raw  json.RawMessage
	}
	guessed struct {
		Bank *bankPayee
		User *userPayee
		Raw  json.RawMessage
	}
)

func (u payee) MarshalJSON() ([]byte, error) { return wxpay.MarshalUnion(u.Raw, u.Bank, u.User) }

func (u *payee) UnmarshalJSON(data []byte) error {
	return wxpay.UnmarshalUnion(data, &u.Raw, "type",
		wxpay.Alternative(&u.Bank, "BANK"), wxpay.Alternative(&u.User, "USER", "FRIEND"))
}

func (u *guessed) UnmarshalJSON(data []byte) error {
	return wxpay.UnmarshalUnion(data, &u.Raw, "",
		wxpay.Alternative(&u.Bank, "account"), wxpay.Alternative(&u.User, "openid", "type"))
}

func TestUnionByDiscriminator(t *testing.T) {
	var got payee
	if err := json.Unmarshal([]byte(`{"type":"FRIEND","openid":"o1"}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.Bank != nil || got.User == nil || got.User.OpenID != "o1" {
		t.Fatalf("decoded %+v", got)
	}
	out, err := json.Marshal(got)
	if err != nil || string(out) != `{"type":"FRIEND","openid":"o1"}` {
		t.Fatalf("encoded %s, %v", out, err)
	}
}

func TestUnionKeepsWhatItDoesNotKnow(t *testing.T) {
	const text = `{"type":"WALLET","no":1}`
	var got payee
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if got.Bank != nil || got.User != nil || string(got.Raw) != text {
		t.Fatalf("decoded %+v", got)
	}
	if out, err := json.Marshal(got); err != nil || string(out) != text {
		t.Fatalf("encoded %s, %v", out, err)
	}
}

func TestUnionByRequiredProperties(t *testing.T) {
	for text, user := range map[string]bool{
		`{"type":"x","openid":"o","account":"a"}`: true, // the more exact of two that fit
		`{"account":"a"}`:                         false,
	} {
		var got guessed
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if (got.User != nil) != user || (got.Bank != nil) == user {
			t.Errorf("%s decoded to %+v", text, got)
		}
	}
}

func TestUnionThatIsEmptyOrNoObject(t *testing.T) {
	if _, err := json.Marshal(payee{}); err == nil {
		t.Error("an empty union was encoded")
	}
	for _, text := range []string{`[1]`, `"x"`, `3`} {
		if err := json.Unmarshal([]byte(text), new(payee)); err == nil {
			t.Errorf("%s was taken for an object", text)
		}
	}
}

// What is sent should look like what the caller wrote, so no character is escaped for HTML.
func TestUnionIsNotEscapedForHTML(t *testing.T) {
	body := ""
	client := newClient(t, through(func(r *http.Request) (*http.Response, error) {
		body = bodyOf(r)
		return response(204, signedHeader(nil), nil), nil
	}))
	req := &payee{User: &userPayee{Type: "USER", OpenID: "a&b<c>"}}
	if err := client.Do(t.Context(), post, req, nil); err != nil || body != `{"type":"USER","openid":"a&b<c>"}` {
		t.Errorf("sent %s, %v", body, err)
	}
	if out, err := wxpay.MarshalUnion(nil, req.User); err != nil || string(out) != body {
		t.Errorf("encoded %s, %v", out, err)
	}
}
