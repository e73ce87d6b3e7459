package wxpay_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestConfigurationErrors(t *testing.T) {
	ec := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	short := must(rsa.GenerateKey(rand.Reader, 1024))
	wechatpay := must(wxpay.ParsePublicKey(file("wechatpay_public_key.pem")))
	for name, c := range map[string]struct {
		change func(*wxpay.Config)
		want   []string
	}{
		"nothing set": {func(c *wxpay.Config) { *c = wxpay.Config{} }, []string{"MchID is missing", "Signer is missing", "LoadPrivateKey"}},
		"MchID":       {func(c *wxpay.Config) { c.MchID = "wx123" }, []string{`MchID is "wx123"`, "digits"}},
		"EC key":      {func(c *wxpay.Config) { c.Signer = ec }, []string{"Signer has an elliptic-curve", "RSA key of 2048 bits"}},
		"Ed25519 key": {func(c *wxpay.Config) { c.Signer = ed }, []string{"Ed25519"}},
		"1024 bits":   {func(c *wxpay.Config) { c.Signer = short }, []string{"1024 bits"}},
		"nil key":     {func(c *wxpay.Config) { c.Signer = (*rsa.PrivateKey)(nil) }, []string{"nil *rsa.PrivateKey"}},

		"no serial":         {func(c *wxpay.Config) { c.SerialNo = "" }, []string{"SerialNo", "missing", "40"}},
		"decimal serial":    {func(c *wxpay.Config) { c.SerialNo = "316429134929384429038883294480230479812483253811" }, []string{"decimal"}},
		"serial with colon": {func(c *wxpay.Config) { c.SerialNo = "37:75:B6" }, []string{"colons"}},
		"short serial":      {func(c *wxpay.Config) { c.SerialNo = serialA[1:] }, []string{"39 digits", "leading zeros"}},
		"key id as serial":  {func(c *wxpay.Config) { c.SerialNo = publicKeyID }, []string{"id of WeChat Pay's public key"}},
		"not hexadecimal":   {func(c *wxpay.Config) { c.SerialNo = strings.Repeat("Z", 40) }, []string{"no hexadecimal"}},

		"certificate of another serial": {func(c *wxpay.Config) {
			c.Certificate, c.SerialNo = certificate("merchant"), serialB
		}, []string{serialNo, serialB}},
		"certificate of another key": {func(c *wxpay.Config) {
			c.Certificate, c.SerialNo = certificate("platform_a"), ""
		}, []string{serialA, "does not belong to Signer"}},

		"APIv3 key of 31 bytes":       {func(c *wxpay.Config) { c.APIv3Key = apiV3Key[1:] }, []string{"31 bytes", "32"}},
		"APIv3 key with a line feed":  {func(c *wxpay.Config) { c.APIv3Key = apiV3Key + "\n" }, []string{"trim"}},
		"APIv3 key of 32 with spaces": {func(c *wxpay.Config) { c.APIv3Key = " " + apiV3Key[1:] }, []string{"32"}},

		"no keys":        {func(c *wxpay.Config) { c.PublicKeys = nil }, []string{"PublicKeys is missing", "wxpay.PublicKey"}},
		"nil public key": {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey(publicKeyID, nil) }, []string{"has no key", "LoadPublicKey"}},
		"merchant's key": {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey(publicKeyID, &merchantKey().PublicKey) }, []string{"merchant's own key"}},
		"1024-bit key":   {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey(publicKeyID, &short.PublicKey) }, []string{"1024 bits"}},
		"id missing":     {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey("", wechatpay) }, []string{"PUB_KEY_ID_"}},
		"id cut":         {func(c *wxpay.Config) { c.PublicKeys = wxpay.PublicKey("PUB_KEY_ID_", wechatpay) }, []string{"PUB_KEY_ID_"}},
		"no certificate": {func(c *wxpay.Config) { c.PublicKeys = wxpay.PlatformCertificates() }, []string{"holds no key"}},
		"nil certificate": {func(c *wxpay.Config) {
			c.PublicKeys = wxpay.CombineKeys(publicKey(), wxpay.PlatformCertificates(nil))
		}, []string{"has no key"}},
		"nil source": {func(c *wxpay.Config) { c.PublicKeys = wxpay.CombineKeys(publicKey(), nil) }, []string{"nil source"}},
		"downloads without the APIv3 key": {func(c *wxpay.Config) {
			c.APIv3Key, c.PublicKeys = "", wxpay.CombineKeys(publicKey(), new(wxpay.DownloadedCertificates))
		}, []string{"needs APIv3Key"}},
		"downloads too seldom": {func(c *wxpay.Config) {
			c.PublicKeys = &wxpay.DownloadedCertificates{MaxAge: 24 * time.Hour}
		}, []string{"MaxAge is 24h0m0s", "12h"}},
		"nil downloads":            {func(c *wxpay.Config) { c.PublicKeys = (*wxpay.DownloadedCertificates)(nil) }, []string{"new(wxpay.DownloadedCertificates)"}},
		"decrypter of another key": {func(c *wxpay.Config) { c.Decrypter = wechatpayKey() }, []string{"another key than Signer"}},
		"nil decrypter":            {func(c *wxpay.Config) { c.Decrypter = (*rsa.PrivateKey)(nil) }, []string{"nil *rsa.PrivateKey"}},
		"brand id":                 {func(c *wxpay.Config) { c.Scheme = wxpay.BrandScheme("1\"x") }, []string{"brand_id", "digits only"}},
		"brand id missing":         {func(c *wxpay.Config) { c.Scheme = wxpay.BrandScheme("") }, []string{"brand_id"}},
		"merchant's certificate":   {func(c *wxpay.Config) { c.PublicKeys = wxpay.PlatformCertificates(certificate("merchant")) }, []string{"merchant's own key"}},

		"base URL no URL":    {func(c *wxpay.Config) { c.BaseURL = "api.mch.weixin.qq.com" }, []string{"BaseURL is not a URL"}},
		"base URL with path": {func(c *wxpay.Config) { c.BaseURL = "https://gateway/wx" }, []string{"more than scheme and host"}},
		"base URL with user": {func(c *wxpay.Config) { c.BaseURL = "https://u:SECRET@gateway" }, []string{"more than scheme and host"}},
		"plain HTTP":         {func(c *wxpay.Config) { c.BaseURL = "http://api.mch.weixin.qq.com" }, []string{"use https"}},
		"user agent":         {func(c *wxpay.Config) { c.UserAgent = "a\r\nb" }, []string{"UserAgent"}},
	} {
		t.Run(name, func(t *testing.T) {
			config := config()
			c.change(&config)
			client, err := wxpay.NewClient(config)
			if err == nil || client != nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in %v", want, err)
				}
			}
			if strings.Contains(err.Error(), apiV3Key[1:]) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the error holds a secret: %v", err)
			}
		})
	}
}

func TestConfigurationErrorListsAll(t *testing.T) {
	c := config()
	c.MchID, c.SerialNo, c.APIv3Key, c.BaseURL = "x", "y", "z", "::"
	_, err := wxpay.NewClient(c)
	for _, want := range []string{"MchID", "SerialNo", "APIv3Key", "BaseURL"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not in %v", want, err)
		}
	}
}

func TestConfigurationAccepts(t *testing.T) {
	for name, change := range map[string]func(*wxpay.Config){
		"all":                 nil,
		"lower case serial":   func(c *wxpay.Config) { c.SerialNo = strings.ToLower(c.SerialNo) },
		"certificate instead": func(c *wxpay.Config) { c.SerialNo, c.Certificate = "", certificate("merchant") },
		"no APIv3 key":        func(c *wxpay.Config) { c.APIv3Key = "" },
		"sandbox":             func(c *wxpay.Config) { c.BaseURL = "http://127.0.0.1:8080/" },
		"no timeout":          func(c *wxpay.Config) { c.Timeout = -1 },
		"own client":          func(c *wxpay.Config) { c.HTTPClient = &http.Client{Timeout: time.Second} },
		"both kinds of keys":  func(c *wxpay.Config) { c.PublicKeys = keySource("combined") },
	} {
		t.Run(name, func(t *testing.T) {
			client := newClient(t, change)
			got, err := wxpay.Authorization(client, "GET", "/v3/x", nil)
			if err != nil || !strings.Contains(got, serialNo) {
				t.Errorf("%s, %v", got, err)
			}
		})
	}
}
