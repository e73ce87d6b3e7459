package main

import (
	"cmp"
	"fmt"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// target is who is called, and as whom.
type target struct {
	client    *wxpay.Client
	name      string // for people
	sandbox   bool
	notifyURL string // empty: the address of the events stays as it is
	close     func()
}

// connect calls what the environment says, or a sandbox of its own where it says nothing:
//
//	WXPAY_MCHID             merchant number
//	WXPAY_SERIAL_NO         serial number of the merchant API certificate
//	WXPAY_PRIVATE_KEY_FILE  apiclient_key.pem
//	WXPAY_APIV3_KEY         APIv3 key, 32 bytes; for notifications and certificates
//	WXPAY_PUBLIC_KEY_ID     PUB_KEY_ID_…, id of WeChat Pay's public key
//	WXPAY_PUBLIC_KEY_FILE   pub_key.pem
//	WXPAY_BASE_URL          a running sandbox; without it WeChat Pay itself is called
//	WXPAY_NOTIFY_URL        address for the events of merchant coupons; without it WeChat Pay's setting is not touched
func connect(getenv func(string) string) (*target, error) {
	if getenv("WXPAY_MCHID") == "" && getenv("WXPAY_PRIVATE_KEY_FILE") == "" {
		return startSandbox()
	}
	config, err := readConfig(getenv)
	if err != nil {
		return nil, err
	}
	client, err := wxpay.NewClient(config)
	if err != nil {
		return nil, err
	}
	to := &target{
		client:    client,
		name:      cmp.Or(config.BaseURL, "WeChat Pay"),
		sandbox:   config.BaseURL != "",
		notifyURL: getenv("WXPAY_NOTIFY_URL"),
		close:     client.CloseIdleConnections,
	}
	if to.sandbox {
		to.notifyURL = cmp.Or(to.notifyURL, sampleURL)
	}
	return to, nil
}

const sampleURL = "https://pay.example.com/wechat/events"

// readConfig makes the configuration of a merchant in public-key mode. NewClient checks it.
func readConfig(getenv func(string) string) (wxpay.Config, error) {
	key, err := wxpay.LoadPrivateKey(getenv("WXPAY_PRIVATE_KEY_FILE"))
	if err != nil {
		return wxpay.Config{}, fmt.Errorf("WXPAY_PRIVATE_KEY_FILE: %w", err)
	}
	public, err := wxpay.LoadPublicKey(getenv("WXPAY_PUBLIC_KEY_FILE"))
	if err != nil {
		return wxpay.Config{}, fmt.Errorf("WXPAY_PUBLIC_KEY_FILE: %w", err)
	}
	return wxpay.Config{
		MchID:      getenv("WXPAY_MCHID"),
		SerialNo:   getenv("WXPAY_SERIAL_NO"),
		Signer:     key,
		APIv3Key:   getenv("WXPAY_APIV3_KEY"),
		PublicKeys: wxpay.PublicKey(getenv("WXPAY_PUBLIC_KEY_ID"), public),
		BaseURL:    getenv("WXPAY_BASE_URL"),
	}, nil
}

// startSandbox starts a WeChat Pay in this process. It verifies signatures and validates requests as the real one does.
func startSandbox() (*target, error) {
	srv, err := sandbox.New(sandbox.WithItems(12))
	if err != nil {
		return nil, err
	}
	return &target{
		client:    srv.Client(),
		name:      "a sandbox at " + srv.URL + ", started for this run",
		sandbox:   true,
		notifyURL: sampleURL,
		close:     srv.Close,
	}, nil
}

// skipCallback says why SetCallback is not to be called: a merchant's events must not go astray because of an example.
func (t *target) skipCallback() string {
	if t.notifyURL == "" {
		return "it would change where your events go; set WXPAY_NOTIFY_URL if that is wanted"
	}
	return ""
}

// skipRefusal says why an error is not to be provoked.
func (t *target) skipRefusal() string {
	if !t.sandbox {
		return "only a sandbox fails on demand"
	}
	return ""
}
