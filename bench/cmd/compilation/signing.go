package main

const signingProgram = `// Command signing makes a call as WeChat Pay wants it, with the standard library alone: no
// checks, no retries, and errors as they come.
package main

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

type order struct {
	OutTradeNo string ` + "`" + `json:"out_trade_no"` + "`" + `
}

type answer struct {
	State string ` + "`" + `json:"state"` + "`" + `
	Items []struct {
		ID string ` + "`" + `json:"id"` + "`" + `
	} ` + "`" + `json:"items"` + "`" + `
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func load[T any](file string, parse func([]byte) (any, error)) (key T, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return key, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return key, errors.New("no PEM")
	}
	parsed, err := parse(block.Bytes)
	if err != nil {
		return key, err
	}
	key, ok := parsed.(T)
	if !ok {
		return key, errors.New("another key")
	}
	return key, nil
}

func run(ctx context.Context) error {
	key, err := load[*rsa.PrivateKey]("apiclient_key.pem", x509.ParsePKCS8PrivateKey)
	if err != nil {
		return err
	}
	public, err := load[*rsa.PublicKey]("pub_key.pem", x509.ParsePKIXPublicKey)
	if err != nil {
		return err
	}
	body, err := json.Marshal(order{OutTradeNo: "1"})
	if err != nil {
		return err
	}
	nonce, timestamp := rand.Text(), strconv.FormatInt(time.Now().Unix(), 10)
	digest := sha256.Sum256([]byte("POST\n/v3/orders\n" + timestamp + "\n" + nonce + "\n" + string(body) + "\n"))
	signature, err := key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, "POST", "https://api.mch.weixin.qq.com/v3/orders", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", ` + "`" + `WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str="` + "`" + `+nonce+` + "`" + `",timestamp="` + "`" + `+timestamp+
		` + "`" + `",serial_no="5157F09EFDC096DE15EBE81A47057A7232F1B8E1",signature="` + "`" + `+base64.StdEncoding.EncodeToString(signature)+` + "`" + `"` + "`" + `)
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	signature, err = base64.StdEncoding.DecodeString(resp.Header.Get("Wechatpay-Signature"))
	if err != nil {
		return err
	}
	digest = sha256.Sum256([]byte(resp.Header.Get("Wechatpay-Timestamp") + "\n" + resp.Header.Get("Wechatpay-Nonce") + "\n" + string(text) + "\n"))
	if err := rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature); err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		return err
	}
	fmt.Println(a.State)
	return nil
}
`
