package wxpay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func TestFileKeyStore(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "certificates.json")
	p := newPlatform(certificateA(), certificateB())
	start := func() error {
		return call(t, newClient(t, p.configure(&wxpay.DownloadedCertificates{Store: wxpay.FileKeyStore(path)})))
	}
	for _, want := range []int{1, 1} { // the second process reads what the first has saved
		if err := start(); err != nil || p.counted() != want {
			t.Fatalf("%v, %d downloads, want %d", err, p.counted(), want)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(directory); len(entries) != 1 {
		t.Errorf("the directory holds %v: something was left behind", entries)
	}
	text := must(os.ReadFile(path))
	for _, secret := range []string{apiV3Key, "BEGIN CERTIFICATE", "Authorization"} {
		if bytes.Contains(text, []byte(secret)) {
			t.Errorf("the file holds %q", secret)
		}
	}
	p.change(func() { p.now = now.Add(13 * time.Hour) })
	if err := start(); err != nil || p.counted() != 2 {
		t.Errorf("a store that is too old: %v, %d downloads, want 2", err, p.counted())
	}
	if got := must(os.ReadFile(path)); bytes.Equal(got, text) {
		t.Error("the new certificates were not saved")
	}
}

// storeFunc is a store with a content that the test chooses.
type storeFunc struct {
	load  func() ([]byte, error)
	saved *[]byte
}

func (s storeFunc) Load(context.Context) ([]byte, error) { return s.load() }
func (s storeFunc) Save(_ context.Context, data []byte) error {
	*s.saved = data
	return nil
}

// Who can write to a store must not be able to bring in a key, to make old certificates look new, or to stop calls.
func TestStoreIsNotTrusted(t *testing.T) {
	a, stranger := certificateA(), issued{serial: serialA, pem: certificateB().pem, key: wechatpayKey()}
	genuine := stored(t, a)
	edit := func(change func(map[string]any)) []byte {
		var content map[string]any
		if err := json.Unmarshal(genuine, &content); err != nil {
			t.Fatal(err)
		}
		change(content)
		return must(json.Marshal(content))
	}
	header := func(name, value string) []byte {
		return edit(func(m map[string]any) { m["header"].(map[string]any)[name] = []string{value} })
	}
	for name, c := range map[string]struct {
		content   []byte
		err       error
		downloads int
	}{
		"genuine":                    {genuine, nil, 0},
		"nothing":                    {nil, nil, 1},
		"error":                      {nil, errors.New("redis: no route"), 1},
		"not JSON":                   {[]byte("x"), nil, 1},
		"null":                       {[]byte("null"), nil, 1},
		"another version":            {edit(func(m map[string]any) { m["version"] = 2 }), nil, 1},
		"another body":               {edit(func(m map[string]any) { m["body"] = []byte(`{"data":[]}`) }), nil, 1},
		"timestamp moved":            {header("Wechatpay-Timestamp", "1767225601"), nil, 1},
		"signed by a stranger":       {header("Wechatpay-Signature", signature(stranger.key, "1767225600", "n", nil)), nil, 1},
		"a certificate of one's own": {storedBy(stranger, []issued{stranger}, now), nil, 1},
		"a genuine list, signed by another": {
			storedBy(issued{serial: serialA, key: stranger.key}, []issued{a}, now), nil, 1,
		},
		"13 hours old":    {storedBy(a, []issued{a}, now.Add(-13*time.Hour)), nil, 1},
		"from the future": {storedBy(a, []issued{a}, now.Add(time.Hour)), nil, 1},
		"huge":            {make([]byte, 4<<20), nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			var saved []byte
			p := newPlatform(a)
			store := storeFunc{func() ([]byte, error) { return c.content, c.err }, &saved}
			client := newClient(t, func(config *wxpay.Config) {
				p.configure(&wxpay.DownloadedCertificates{Store: store})(config)
				config.Logger = jsonLogger(&log)
			})
			if err := call(t, client); err != nil || p.counted() != c.downloads {
				t.Errorf("%v, %d downloads, want %d", err, p.counted(), c.downloads)
			}
			if c.downloads == 1 && len(saved) == 0 {
				t.Error("what was downloaded was not saved")
			}
			if c.err != nil && !strings.Contains(log.String(), "no route") {
				t.Errorf("the failure is not in the log: %s", log.String())
			}
		})
	}
}

// stored returns what a genuine client saves.
func stored(t *testing.T, list ...issued) []byte {
	var saved []byte
	p := newPlatform(list...)
	store := storeFunc{func() ([]byte, error) { return nil, nil }, &saved}
	if err := call(t, newClient(t, p.configure(&wxpay.DownloadedCertificates{Store: store}))); err != nil {
		t.Fatal(err)
	}
	return saved
}

func storedBy(signer issued, list []issued, at time.Time) []byte {
	body := certificateList(list...)
	return must(json.Marshal(map[string]any{"version": 1, "header": signedBy(signer, at, body), "body": body}))
}

// One process of a fleet has fetched the new certificate: the others find it in the store.
func TestFleetSharesARotation(t *testing.T) {
	content := stored(t, certificateA())
	var saved []byte
	p := newPlatform(certificateA())
	store := storeFunc{func() ([]byte, error) { return content, nil }, &saved}
	client := newClient(t, p.configure(&wxpay.DownloadedCertificates{Store: store}))
	if err := call(t, client); err != nil || p.counted() != 0 {
		t.Fatalf("%v, %d downloads", err, p.counted())
	}
	later := now.Add(time.Hour)
	content = storedBy(certificateB(), []issued{certificateB(), certificateA()}, later.Add(-time.Minute))
	p.change(func() { p.now, p.signs = later, certificateB() })
	if err := call(t, client); err != nil || p.counted() != 0 {
		t.Errorf("%v, %d downloads, want none: the store has the certificate", err, p.counted())
	}
}

func TestFileKeyStoreFailures(t *testing.T) {
	store := wxpay.FileKeyStore(filepath.Join(t.TempDir(), "missing", "file"))
	if err := store.Save(t.Context(), []byte("x")); err == nil {
		t.Error("saved into a directory that does not exist")
	}
	if data, err := store.Load(t.Context()); data != nil || err != nil {
		t.Errorf("a file that does not exist: %q, %v", data, err)
	}
	if _, err := wxpay.FileKeyStore(t.TempDir()).Load(t.Context()); err == nil {
		t.Error("a directory was read")
	}
}
