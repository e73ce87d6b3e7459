package sandbox

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"
)

// sign adds the signature of WeChat Pay over an answer or a notification.
func (k platformKey) sign(header http.Header, now time.Time, body []byte) {
	timestamp, nonce := strconv.FormatInt(now.Unix(), 10), newNonce()
	digest := sha256.Sum256([]byte(timestamp + "\n" + nonce + "\n" + string(body) + "\n"))
	signature, err := k.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		panic("sandbox: sign: " + err.Error()) // an RSA key of 2048 bits signs any SHA-256 digest
	}
	header.Set("Wechatpay-Timestamp", timestamp)
	header.Set("Wechatpay-Nonce", nonce)
	header.Set("Wechatpay-Signature", base64.StdEncoding.EncodeToString(signature))
	header.Set("Wechatpay-Serial", k.id)
	header.Set("Wechatpay-Signature-Type", scheme)
}

// newNonce makes 32 characters, as WeChat Pay does.
func newNonce() string { return (rand.Text() + rand.Text())[:maxNonce] }

// newRequestID makes an id in WeChat Pay's form: letters and digits, a hyphen, and the number of the cause.
func newRequestID() string { return "08" + rand.Text() + "-0" }
