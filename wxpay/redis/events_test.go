package wxredis_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wxgen/wxgen/wxpay"
	wxredis "github.com/wxgen/wxgen/wxpay/redis"
	"github.com/wxgen/wxgen/wxpay/storetest"
)

func TestEvents(t *testing.T) {
	db, prefix := connect(t)
	storetest.Events(t, wxredis.New(db, prefix).Events(), 250*time.Millisecond, time.Sleep)
	if len(expireAll(t, db, prefix+"event:storetest:")) == 0 {
		t.Error("no key has the prefix")
	}
}

// A script that go-redis sends twice, because the connection broke before the answer came, must not block its own event.
func TestBeginSentTwice(t *testing.T) {
	db, prefix := connect(t)
	twice := redis.NewClient(&redis.Options{Addr: server.address})
	defer twice.Close()
	twice.AddHook(repeatHook{})
	claim, err := wxredis.New(twice, prefix).Events().Begin(t.Context(), "a", time.Minute)
	if err != nil || claim.State != wxpay.EventNew {
		t.Fatalf("%+v, %v", claim, err)
	}
	if second, err := wxredis.New(db, prefix).Events().Begin(t.Context(), "a", time.Minute); err != nil || second.State != wxpay.EventInProgress {
		t.Errorf("%+v, %v", second, err)
	}
}

// repeatHook sends every command twice.
type repeatHook struct{}

func (repeatHook) DialHook(next redis.DialHook) redis.DialHook { return next }

func (repeatHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := next(ctx, cmd); err != nil {
			return err
		}
		return next(ctx, cmd)
	}
}

func (repeatHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func TestDefaultPrefix(t *testing.T) {
	db, _ := connect(t)
	key := "test-" + rand.Text()
	if err := wxredis.New(db, "").Events().Finish(t.Context(), key, "", nil, 0); err != nil {
		t.Error(err)
	}
	if err := wxredis.New(db, "").Events().Finish(t.Context(), key, "", nil, time.Second); err != nil {
		t.Error(err)
	}
	if db.Exists(t.Context(), "wxpay:event:"+key).Val() != 1 {
		t.Error("the default prefix is not wxpay:")
	}
}

func TestServerDown(t *testing.T) {
	stores := wxredis.New(unreachable(t), "")
	events := stores.Events()
	claim, err := events.Begin(t.Context(), "a", time.Minute)
	if err == nil || claim.State != 0 {
		t.Errorf("Begin: %+v, %v", claim, err)
	}
	if err := events.Finish(t.Context(), "a", "t", nil, time.Minute); err == nil {
		t.Error("Finish succeeded")
	}
	if err := events.Abandon(t.Context(), "a", "t"); err == nil {
		t.Error("Abandon succeeded")
	}
	if data, err := stores.Keys("1900000001").Load(t.Context()); err == nil || data != nil {
		t.Error("Load succeeded")
	}
	if err := stores.Keys("1900000001").Save(t.Context(), nil); err == nil {
		t.Error("Save succeeded")
	}
}

func TestKeys(t *testing.T) {
	db, prefix := connect(t)
	stores := wxredis.New(db, prefix)
	store := stores.Keys("1900000001")
	if data, err := store.Load(t.Context()); err != nil || len(data) != 0 {
		t.Errorf("of nothing: %q, %v", data, err)
	}
	for _, data := range []string{"first", "second\x00\xff"} {
		if err := store.Save(t.Context(), []byte(data)); err != nil {
			t.Fatal(err)
		}
		if got, err := store.Load(t.Context()); err != nil || string(got) != data {
			t.Errorf("%q, %v", got, err)
		}
	}
	if data, err := stores.Keys("1900000002").Load(t.Context()); err != nil || len(data) != 0 {
		t.Errorf("of another merchant: %q, %v", data, err)
	}
	if err := store.Save(t.Context(), bytes.Repeat([]byte("x"), 3<<20)); err != nil {
		t.Fatal(err)
	}
	if got, err := store.Load(t.Context()); err != nil || len(got) != 2<<20 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if names := expireAll(t, db, prefix); len(names) != 1 {
		t.Errorf("keys are %q", names)
	}
}

// Four processes get one event 20 times at once, and one handler is called once.
func TestFleet(t *testing.T) {
	db, prefix := connect(t)
	var calls, answered atomic.Int64
	paid := wxpay.On("TRANSACTION.SUCCESS", "", func(context.Context, *wxpay.Event, *struct{}) error { calls.Add(1); return nil })
	platform := newPlatform(t)
	fleet := make([]*wxpay.Notifications, 4)
	for i := range fleet {
		fleet[i] = wxpay.NewNotifications(platform.client(t), paid)
		fleet[i].Store = wxredis.New(db, prefix).Events()
	}
	var wait sync.WaitGroup
	for i := range 20 {
		header, body := platform.notification(t)
		wait.Go(func() {
			switch answer := fleet[i%len(fleet)].Receive(t.Context(), header, body); answer.Status {
			case 204:
				answered.Add(1)
			case 503:
			default:
				t.Errorf("answered %d %s", answer.Status, answer.Body)
			}
		})
	}
	wait.Wait()
	if calls.Load() != 1 || answered.Load() == 0 {
		t.Errorf("the handler was called %d times, %d deliveries were taken", calls.Load(), answered.Load())
	}
}

const apiV3Key = "wxgen0test0apiv3key0do0not0use00"

// platform stands for WeChat Pay.
type platform struct{ key, merchant *rsa.PrivateKey }

func newPlatform(t *testing.T) *platform {
	t.Helper()
	generate := func() *rsa.PrivateKey {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	return &platform{generate(), generate()}
}

func (p *platform) client(t *testing.T) *wxpay.Client {
	t.Helper()
	client, err := wxpay.NewClient(wxpay.Config{
		MchID: "1900000001", SerialNo: strings.Repeat("0", 40), Signer: p.merchant, APIv3Key: apiV3Key,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_01", &p.key.PublicKey),
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// notification signs the same event anew each time, as WeChat Pay does.
func (p *platform) notification(t *testing.T) (http.Header, []byte) {
	t.Helper()
	block, err := aes.NewCipher([]byte(apiV3Key))
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	nonce := rand.Text()[:12]
	body, err := json.Marshal(map[string]any{"id": "EV-1", "event_type": "TRANSACTION.SUCCESS", "resource": map[string]any{
		"algorithm": "AEAD_AES_256_GCM", "nonce": nonce, "ciphertext": aead.Seal(nil, []byte(nonce), []byte("{}"), nil),
	}})
	if err != nil {
		t.Fatal(err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", timestamp, nonce, body))
	signature, err := rsa.SignPKCS1v15(nil, p.key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return http.Header{
		"Wechatpay-Timestamp": {timestamp}, "Wechatpay-Nonce": {nonce}, "Wechatpay-Serial": {"PUB_KEY_ID_01"},
		"Wechatpay-Signature": {base64.StdEncoding.EncodeToString(signature)},
	}, body
}
