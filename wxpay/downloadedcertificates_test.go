package wxpay_test

import (
	"context"
	"crypto/rsa"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestDownloadIsLazyAndRenewed(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA(), certificateB())
	client := newClient(t, p.configure(source))
	if p.counted() != 0 {
		t.Fatal("NewClient made a call")
	}
	for range 3 {
		if err := call(t, client); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.counted(); got != 1 {
		t.Errorf("%d downloads, want 1", got)
	}
	p.change(func() { p.now = now.Add(12 * time.Hour) })
	if err := call(t, client); err != nil || p.counted() != 2 {
		t.Errorf("after 12 hours: %v, %d downloads", err, p.counted())
	}
	// The renewal fails: what is held does, and it is not tried again at once.
	p.change(func() { p.now, p.down = now.Add(25*time.Hour), true })
	for range 5 {
		if err := call(t, client); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.counted(); got != 3 {
		t.Errorf("%d downloads while the platform is down, want 3", got)
	}
	p.change(func() { p.now, p.down = now.Add(25*time.Hour+2*time.Minute), false })
	if err := call(t, client); err != nil || p.counted() != 4 {
		t.Errorf("after the pause: %v, %d downloads", err, p.counted())
	}
	for _, serial := range p.serials {
		if serial != serialB {
			t.Errorf("a request names %s: the newest certificate in force is B", serial)
		}
	}
}

func TestRotationInMidTraffic(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA())
	client := newClient(t, p.configure(source))
	if err := call(t, client); err != nil {
		t.Fatal(err)
	}
	p.change(func() {
		p.now = now.Add(6 * time.Minute)
		p.list, p.signs = []issued{certificateB(), certificateA()}, certificateB()
	})
	var wait sync.WaitGroup
	for range 64 {
		wait.Go(func() {
			if err := call(t, client); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := p.counted(); got != 2 {
		t.Errorf("%d downloads, want one at the start and one for all 64 calls", got)
	}
}

func TestForgedNotificationsCauseNoStorm(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA())
	n := wxpay.NewNotifications(newClient(t, p.configure(wxpay.CombineKeys(publicKey(), source))))
	if err := source.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	forge := func(serial string) error {
		stranger := issued{serial: serial, key: wechatpayKey()}
		_, err := n.Parse(t.Context(), signedBy(stranger, p.clock(), []byte("{}")), []byte("{}"))
		return err
	}
	for i := range 50 {
		if err := forge(fmt.Sprintf("%040X", i)); !errors.Is(err, wxpay.ErrUnknownKey) {
			t.Fatal(err)
		}
	}
	if got := p.counted(); got != 1 {
		t.Errorf("%d downloads right after one, want no other", got)
	}
	p.change(func() { p.now = now.Add(6 * time.Minute) })
	for _, serial := range []string{"PUB_KEY_ID_1", "", "x", strings.Repeat("F", 41)} {
		if forge(serial) == nil || p.counted() != 1 {
			t.Errorf("serial %q: %d downloads", serial, p.counted())
		}
	}
	for i := range 50 {
		err := forge(fmt.Sprintf("%040X", i))
		if !errors.Is(err, wxpay.ErrUnknownKey) || i > 0 && !strings.Contains(err.Error(), "not fetched again within 5m") {
			t.Fatal(err)
		}
	}
	if got := p.counted(); got != 2 {
		t.Errorf("%d downloads for 50 invented serial numbers, want 1 more", got)
	}
	p.change(func() { p.now, p.down = now.Add(12*time.Minute), true })
	for i := range 50 {
		if err := forge(fmt.Sprintf("%040X", i)); !errors.Is(err, wxpay.ErrUnknownKey) {
			t.Fatal(err)
		}
	}
	if got := p.counted(); got != 3 {
		t.Errorf("%d downloads while the platform is down, want 1 more", got)
	}
}

func TestNoDownloadStormBeforeTheFirstSuccess(t *testing.T) {
	p := newPlatform(certificateA())
	p.down = true
	client := newClient(t, p.configure(new(wxpay.DownloadedCertificates)))
	for range 10 {
		err := call(t, client)
		if err == nil || !strings.Contains(err.Error(), "the platform is down") {
			t.Fatalf("error is %v, want the cause", err)
		}
		if errors.Is(err, wxpay.ErrOutcomeUnknown) {
			t.Errorf("nothing was sent: %v", err)
		}
	}
	if got := p.counted(); got != 1 {
		t.Errorf("%d downloads, want 1 within the pause", got)
	}
	p.change(func() { p.now, p.down = now.Add(2*time.Second), false })
	if err := call(t, client); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

// A caller that gives up must not spoil the download for those who wait.
func TestDownloadOfACallerThatGivesUp(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA())
	started, first := make(chan struct{}), true
	client := newClient(t, func(config *wxpay.Config) {
		p.configure(source)(config)
		through(func(r *http.Request) (*http.Response, error) {
			if first {
				first = false
				close(started)
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return p.RoundTrip(r)
		})(config)
	})
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := source.Preferred(ctx, now); !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	})
	<-started
	wait.Go(func() {
		if err := call(t, client); err != nil {
			t.Error(err)
		}
	})
	cancel()
	wait.Wait()
}

func TestDownloadsBelongToOneMerchant(t *testing.T) {
	source := new(wxpay.DownloadedCertificates)
	if _, err := source.Preferred(t.Context(), now); err == nil || !strings.Contains(err.Error(), "NewClient") {
		t.Errorf("without a client: %v", err)
	}
	if err := source.Refresh(t.Context()); err == nil {
		t.Error("without a client: no error")
	}
	p := newPlatform(certificateA())
	for range 2 {
		newClient(t, p.configure(source))
	}
	other := config()
	other.MchID, other.PublicKeys = "1900000002", source
	if _, err := wxpay.NewClient(other); err == nil || !strings.Contains(err.Error(), "another merchant") {
		t.Errorf("another merchant: %v", err)
	}
}

func TestBothModesAtOnce(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA())
	client := newClient(t, p.configure(wxpay.CombineKeys(publicKey(), source, wxpay.PlatformCertificates(certificate("platform_b")))))
	for _, c := range []struct {
		signs     issued
		downloads int
	}{
		{issued{serial: publicKeyID, key: wechatpayKey()}, 0},
		{certificateB(), 0}, // held by another source
		{certificateA(), 1},
	} {
		p.change(func() { p.signs = c.signs })
		if err := call(t, client); err != nil || p.counted() != c.downloads {
			t.Errorf("%s: %v, %d downloads, want %d", c.signs.serial, err, p.counted(), c.downloads)
		}
	}
	for _, serial := range p.serials {
		if serial != publicKeyID {
			t.Errorf("a request names %s, want the preferred key", serial)
		}
	}
}

func TestPanicOfATransportDuringADownload(t *testing.T) {
	source := new(wxpay.DownloadedCertificates)
	newClient(t, func(config *wxpay.Config) {
		config.PublicKeys = source
		through(func(*http.Request) (*http.Response, error) { panic("transport") })(config)
	})
	for range 2 { // the second one must not wait for the first
		func() {
			defer func() { _ = recover() }()
			_ = source.Refresh(t.Context())
		}()
	}
}

// What is wrong with the download must not be taken for an answer to the call.
func TestFailedDownloadIsNoAnswerToTheCall(t *testing.T) {
	source := new(wxpay.DownloadedCertificates)
	client := newClient(t, func(config *wxpay.Config) {
		config.PublicKeys = source
		through(func(*http.Request) (*http.Response, error) {
			return response(404, http.Header{}, []byte(`{"code":"RESOURCE_NOT_EXISTS","message":"x"}`)), nil
		})(config)
	})
	err := call(t, client)
	failed, ok := errors.AsType[*wxpay.CertificateError](err)
	if !ok || errors.Is(err, wxpay.ErrResourceNotExists) || !strings.Contains(err.Error(), "wxpay.PublicKey(id, key)") {
		t.Fatalf("error is %v", err)
	}
	if _, ok := errors.AsType[*wxpay.APIError](err); ok || !errors.Is(failed.Err, wxpay.ErrResourceNotExists) {
		t.Errorf("error is %v, because of %v", err, failed.Err)
	}
}

// Many callers get the same failure, with retries on: none of them may write to what the others read.
func TestFailedDownloadIsSharedSafely(t *testing.T) {
	p := newPlatform(certificateA())
	p.down = true
	client := newClient(t, func(config *wxpay.Config) {
		p.configure(new(wxpay.DownloadedCertificates))(config)
		config.Retry = wxpay.RetryPolicy{MaxTries: 2, FirstWait: time.Millisecond}
	})
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			if err := call(t, client); err == nil {
				t.Error("no error")
			}
		})
	}
	wait.Wait()
}

func TestDownloadFromAnotherPath(t *testing.T) {
	p, path := newPlatform(certificateA()), ""
	source := &wxpay.DownloadedCertificates{Path: "/hk/v3/certificates"}
	newClient(t, func(config *wxpay.Config) {
		p.configure(source)(config)
		through(func(r *http.Request) (*http.Response, error) {
			path = r.URL.RequestURI()
			if r.Header.Get("Wechatpay-Serial") != "" {
				t.Error("the request names a key, though it is the one that fetches the keys")
			}
			body := certificateList(certificateA())
			return response(200, signedBy(certificateA(), now, body), body), nil
		})(config)
	})
	if err := source.Refresh(t.Context()); err != nil || path != "/hk/v3/certificates" {
		t.Errorf("%v, path %s", err, path)
	}
}

// While certificates rotate, the key that a request names must be the one that encrypted its fields.
func TestSerialFollowsTheKeyThatEncrypts(t *testing.T) {
	source, p := new(wxpay.DownloadedCertificates), newPlatform(certificateA())
	keys := map[string]*rsa.PrivateKey{serialA: certificateA().key, serialB: certificateB().key}
	var mu sync.Mutex
	seen := make(map[string]int)
	client := newClient(t, func(config *wxpay.Config) {
		p.configure(source)(config)
		through(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPost {
				var sent secret
				serial := r.Header.Get("Wechatpay-Serial")
				err := json.Unmarshal([]byte(bodyOf(r)), &sent)
				text, err2 := rsa.DecryptOAEP(sha1.New(), nil, keys[serial], must(base64.StdEncoding.DecodeString(sent.Name)), nil)
				if err != nil || err2 != nil || string(text) != "Zhang San" {
					t.Errorf("serial %s: %q, %v, %v", serial, text, err, err2)
				}
				mu.Lock()
				seen[serial]++
				mu.Unlock()
			}
			return p.RoundTrip(r)
		})(config)
	})
	var wait sync.WaitGroup
	for i := range 64 {
		if i == 32 {
			wait.Wait()
			p.change(func() { p.now, p.list = now.Add(13*time.Hour), []issued{certificateB(), certificateA()} })
		}
		wait.Go(func() {
			if err := client.Do(t.Context(), post, &secret{"Zhang San"}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if seen[serialA] < 32 || seen[serialB] == 0 {
		t.Errorf("keys used: %v", seen)
	}
}
