package wxpay_test

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// The blocks of code in docs/guides are taken from the functions of this file, and a test compares them.

func ExampleDownloadedCertificates() {
	var key *rsa.PrivateKey
	var apiV3Key string
	client, err := wxpay.NewClient(wxpay.Config{
		MchID:      "1900000001",
		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233",
		Signer:     key,
		APIv3Key:   apiV3Key, // opens the certificates
		PublicKeys: new(wxpay.DownloadedCertificates),
	})
	_, _ = client, err
}

// A merchant that moves from platform certificates to the public key holds both.
func ExampleCombineKeys() {
	var config wxpay.Config
	pub, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	config.PublicKeys = wxpay.CombineKeys(
		wxpay.PublicKey("PUB_KEY_ID_0119000000012026010100000000000000", pub), // named in requests, encrypts
		new(wxpay.DownloadedCertificates),                                     // verifies what is still signed with one
	)
}

func ExampleFileKeyStore() {
	var config wxpay.Config
	certificates := &wxpay.DownloadedCertificates{Store: wxpay.FileKeyStore("/var/lib/shop/wechatpay-1900000001.json")}
	config.PublicKeys = certificates
}

// Refresh fetches before the first call, and by the clock where a program wants that.
func ExampleDownloadedCertificates_Refresh() {
	var ctx context.Context
	var certificates *wxpay.DownloadedCertificates
	if err := certificates.Refresh(ctx); err != nil {
		log.Fatal(err)
	}
	go func() {
		ticker := time.NewTicker(6 * time.Hour)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				if err := certificates.Refresh(ctx); err != nil {
					log.Print(err) // what is held stays in force
				}
			case <-ctx.Done():
				return
			}
		}
	}()
}

func ExampleClient_Check() {
	var ctx context.Context
	var client *wxpay.Client // from NewClient
	report := client.Check(ctx, "https://shop.example/wxpay/notify")
	fmt.Print(report)
	if !report.OK() {
		log.Fatal("WeChat Pay is not set up")
	}
}

func ExampleBrandScheme() {
	var brandKey *rsa.PrivateKey
	var brandAPIKey string
	var pub *rsa.PublicKey
	config := wxpay.Config{
		Scheme:     wxpay.BrandScheme("100001"),
		SerialNo:   "3775B6A45ACD588826D15E583A95F5DD00112233", // of the brand API certificate
		Signer:     brandKey,
		APIv3Key:   brandAPIKey,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0119000000012026010100000000000000", pub),
	}
	_ = config
}

// A struct tag is all that a raw call needs.
func Example_sensitiveFields() {
	var ctx context.Context
	var client *wxpay.Client // from NewClient

	type receiver struct {
		Type    string `json:"type"`
		Account string `json:"account"`
		Name    string `json:"name,omitzero" wx:"sensitive,len=..64"`
	}
	op := &wxpay.Operation{Name: "profitsharing.AddReceiver", Method: http.MethodPost, Path: "/v3/profitsharing/receivers/add"}
	req := &receiver{Type: "PERSONAL_OPENID", Account: "oxTWIuGaIt6gTKsQRLau2M0yL16E", Name: "张三"}
	resp := new(receiver)
	err := client.Do(ctx, op, req, resp)

	if problem, ok := errors.AsType[*wxpay.SensitiveError](err); ok {
		// The call was carried out. All but problem.Fields is readable.
		resp = problem.Response.(*receiver)
	}
	_ = resp
}

func ExampleClient_Encrypt() {
	var ctx context.Context
	var client *wxpay.Client // from NewClient

	name, err := client.Encrypt(ctx, "张三")
	if err != nil {
		log.Fatal(err)
	}
	body := map[string]any{"name": name}
	_ = body
}

// Products that want another padding get a client of their own.
func ExampleRSAScheme() {
	var config wxpay.Config
	overseas := config
	overseas.Scheme = wxpay.RSAScheme(wxpay.PKCS1v15)
	overseas.BaseURL = "https://apihk.mch.weixin.qq.com"
	client, err := wxpay.NewClient(overseas)
	_, _ = client, err
}

func ExampleClient_JSAPIParams() {
	var client *wxpay.Client // from NewClient
	http.HandleFunc("POST /pay", func(w http.ResponseWriter, r *http.Request) {
		prepayID := "wx201410272009395522657a690389285100" // of the order that was just made
		params, err := client.JSAPIParams(r.Context(), "wxd678efh567hg6787", prepayID)
		if err != nil {
			http.Error(w, "try again", http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(w, `{"appId":%q,"paySign":%q}`, params.AppID, params.PaySign) // or encode params as JSON
	})
}
