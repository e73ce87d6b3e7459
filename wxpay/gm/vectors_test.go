package gm_test

import (
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm4"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gm"
)

// vectors are the values of sm.json: those of the official Java SDK, those of the standards, and those made with gmsm.
type vectors struct {
	Official struct {
		AEAD       []aeadCase      `json:"aead"`
		APIv3Key   string          `json:"api_v3_key"`
		Decrypt    []sensitiveCase `json:"decrypt"`
		PrivateHex string          `json:"private_key_d_hex"`
		PublicX    string          `json:"public_key_x_hex"`
		PublicY    string          `json:"public_key_y_hex"`
		Signature  []struct {
			Name, Message, Want string
			Signature           []byte
		} `json:"signature"`
	} `json:"official"`
	Own struct {
		AEAD             []aeadCase   `json:"aead"`
		APIv3Key         string       `json:"api_v3_key"`
		Notify           []answerCase `json:"notify"`
		RequestSignature struct {
			Message   string
			Signature []byte
		} `json:"request_signature"`
		Sensitive      []sensitiveCase `json:"sensitive"`
		VerifyResponse []answerCase    `json:"verify_response"`
	} `json:"own"`
	Standard struct {
		SM3 []struct{ Hex, Message string } `json:"sm3"`
		SM4 []struct {
			Block  string `json:"block_hex"`
			Cipher string `json:"cipher_hex"`
			Key    string `json:"key_hex"`
		} `json:"sm4"`
	} `json:"standard"`
}

type aeadCase struct {
	Name, Nonce, Plaintext, Want string
	AssociatedData               string `json:"associated_data"`
	Ciphertext                   []byte
}

type sensitiveCase struct {
	Name, Plaintext, Want string
	Ciphertext            []byte
}

type answerCase struct {
	Name, Body, Plaintext, Want string
	Status                      int
	Headers                     map[string]string
}

func (c *answerCase) header() http.Header {
	header := make(http.Header)
	for name, value := range c.Headers {
		header.Set(name, value)
	}
	return header
}

const (
	merchantSerial = "5D3DB2B0B1E24FBA3C7C6E2B4D8C1A99F0E1D2C3"
	platformSerial = "0A3DB2B0B1E24FBA3C7C6E2B4D8C1A99F0E1D2C4"
)

// now is the instant at which the vectors are read.
var now = time.Unix(1767225600, 0)

func file(name string) []byte { return must(os.ReadFile(filepath.Join("testdata", name))) }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

var loadVectors = sync.OnceValue(func() vectors {
	var v vectors
	if err := json.Unmarshal(file("sm.json"), &v); err != nil {
		panic(err)
	}
	return v
})

// privatePEM frames a key; the files hold no PEM because secret scanners stop at it.
func privatePEM(name string) []byte {
	var keys map[string]struct {
		Type string `json:"pem_type"`
		DER  []byte `json:"der_base64"`
	}
	if err := json.Unmarshal(file("private_keys.json"), &keys); err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: keys[name].Type, Bytes: keys[name].DER})
}

func merchantKey() *sm2.PrivateKey {
	return must(gm.ParsePrivateKey(privatePEM("sm2_merchant_private_key")))
}

func platformKey() *sm2.PrivateKey {
	return must(gm.ParsePrivateKey(privatePEM("sm2_wechatpay_private_key")))
}

// officialKey is the key of the official SDK's tests.
func officialKey(t *testing.T) *sm2.PrivateKey {
	t.Helper()
	v := loadVectors().Official
	key := must(sm2.NewPrivateKey(must(hex.DecodeString(v.PrivateHex))))
	public := must(sm2.NewPublicKey(must(hex.DecodeString("04" + v.PublicX + v.PublicY))))
	if !key.PublicKey.Equal(public) {
		t.Fatal("the public key is not that of the private key")
	}
	return key
}

func TestOfficialSignatures(t *testing.T) {
	verify := gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")
	cases := loadVectors().Official.Signature
	if len(cases) != 2 {
		t.Fatal(len(cases))
	}
	for _, c := range cases {
		if got := verify(officialKey(t).Public(), []byte(c.Message), c.Signature); got != (c.Want == "ok") {
			t.Errorf("%s: %v", c.Name, got)
		}
	}
}

func TestRequestSignature(t *testing.T) {
	c := loadVectors().Own.RequestSignature
	certificate := must(gm.ParseCertificate(file("sm2_merchant_certificate.pem")))
	if !gm.Scheme().Verifier("WECHATPAY2-SM2-WITH-SM3")(certificate.PublicKey, []byte(c.Message), c.Signature) {
		t.Error("the signature does not verify")
	}
}

func TestAEAD(t *testing.T) {
	v := loadVectors()
	for key, cases := range map[string][]aeadCase{v.Official.APIv3Key: v.Official.AEAD, v.Own.APIv3Key: v.Own.AEAD} {
		if len(cases) != 2 {
			t.Fatal(len(cases))
		}
		aead, err := gm.Scheme().AEAD("AEAD_SM4_GCM", []byte(key))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			got, err := aead.Open(nil, []byte(c.Nonce), c.Ciphertext, []byte(c.AssociatedData))
			if (err == nil) != (c.Want == "ok") || string(got) != c.Plaintext {
				t.Errorf("%s: %q, %v", c.Name, got, err)
			}
		}
	}
	if aead, err := gm.Scheme().AEAD("AEAD_AES_256_GCM", []byte(v.Own.APIv3Key)); aead != nil || err != nil {
		t.Errorf("of RSA: %v, %v", aead, err)
	}
}

func TestSensitive(t *testing.T) {
	v := loadVectors()
	for key, cases := range map[*sm2.PrivateKey][]sensitiveCase{officialKey(t): v.Official.Decrypt, merchantKey(): v.Own.Sensitive} {
		if len(cases) < 2 {
			t.Fatal(len(cases))
		}
		for _, c := range cases {
			got, err := gm.Scheme().Decrypt(t.Context(), key, c.Ciphertext)
			if (err == nil) != (c.Want == "ok") || string(got) != c.Plaintext {
				t.Errorf("%s: %q, %v", c.Name, got, err)
			}
			sealed, err := gm.Scheme().Encrypt(key.Public(), []byte(c.Plaintext+"x"))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := gm.Scheme().Decrypt(t.Context(), key, sealed); err != nil || string(got) != c.Plaintext+"x" {
				t.Errorf("%s, our own: %q, %v", c.Name, got, err)
			}
		}
	}
}

func TestStandards(t *testing.T) {
	for _, c := range loadVectors().Standard.SM3 {
		message := c.Message
		if text, ok := strings.CutSuffix(message, " repeated 16 times"); ok {
			message = strings.Repeat(text, 16)
		}
		sum := gm.NewSM3()
		sum.Write([]byte(message))
		if got := hex.EncodeToString(sum.Sum(nil)); got != c.Hex {
			t.Errorf("SM3 of %s is %s", c.Message, got)
		}
	}
	for _, c := range loadVectors().Standard.SM4 {
		out := make([]byte, sm4.BlockSize)
		must(sm4.NewCipher(must(hex.DecodeString(c.Key)))).Encrypt(out, must(hex.DecodeString(c.Block)))
		if got := hex.EncodeToString(out); got != c.Cipher {
			t.Errorf("SM4 of %s is %s", c.Block, got)
		}
	}
}

// config is the SM2 merchant of the vectors.
func config() wxpay.Config {
	return wxpay.Config{
		Scheme: gm.Scheme(), MchID: "1900000001", SerialNo: merchantSerial, Signer: merchantKey(),
		Certificate: must(gm.ParseCertificate(file("sm2_merchant_certificate.pem"))),
		APIv3Key:    loadVectors().Own.APIv3Key,
		PublicKeys:  wxpay.PlatformCertificates(must(gm.ParseCertificate(file("sm2_wechatpay_certificate.pem")))),
		Now:         func() time.Time { return now },
		Retry:       wxpay.RetryPolicy{MaxTries: 1},
	}
}

func newClient(t testing.TB, change func(*wxpay.Config)) *wxpay.Client {
	t.Helper()
	c := config()
	if change != nil {
		change(&c)
	}
	client, err := wxpay.NewClient(c)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestVerifyResponse(t *testing.T) {
	cases := loadVectors().Own.VerifyResponse
	if len(cases) != 3 {
		t.Fatal(len(cases))
	}
	for _, c := range cases {
		client := newClient(t, answering(c.header(), c.Body))
		var resp struct {
			CodeURL string `json:"code_url"`
		}
		err := client.Do(t.Context(), prepay, nil, &resp)
		if (err == nil) != (c.Want == "ok") || (resp.CodeURL != "") != (c.Want == "ok") {
			t.Errorf("%s: %+v, %v", c.Name, resp, err)
		}
	}
}

func TestNotify(t *testing.T) {
	cases := loadVectors().Own.Notify
	if len(cases) != 1 {
		t.Fatal(len(cases))
	}
	for _, c := range cases {
		event, err := wxpay.NewNotifications(newClient(t, nil)).Parse(t.Context(), c.header(), []byte(c.Body))
		if err != nil || string(event.Resource()) != c.Plaintext {
			t.Errorf("%s: %v, %v", c.Name, event, err)
		}
	}
}

func TestCertificates(t *testing.T) {
	for name, want := range map[string]string{"merchant": merchantSerial, "wechatpay": platformSerial} {
		key, err := gm.Scheme().ParseCertificate(file("sm2_" + name + "_certificate.pem"))
		if err != nil || key.ID != want || key.NotAfter.Before(now) || gm.Scheme().CheckKey(key.Public) != nil {
			t.Errorf("%s: %+v, %v", name, key, err)
		}
	}
	public := must(gm.Scheme().ParseCertificate(file("sm2_merchant_certificate.pem"))).Public
	if !merchantKey().PublicKey.Equal(public) {
		t.Error("the certificate is not that of the key")
	}
}
