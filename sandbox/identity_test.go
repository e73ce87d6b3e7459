package sandbox_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

func TestOpenIdentity(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "merchant")
	first, err := sandbox.OpenIdentity(folder)
	if err != nil {
		t.Fatal(err)
	}
	second, err := sandbox.OpenIdentity(folder)
	if err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() || first.PublicKeyID() != second.PublicKeyID() || len(first.SerialNo()) != 40 {
		t.Errorf("first start %v, second start %v", first, second)
	}
	checkModes(t, folder)
	environment, err := second.Environment("http://127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	srv := sandbox.Start(t, sandbox.WithIdentity(first)) // the first start serves, the second's files call
	config := configOf(t, environment)
	config.BaseURL = srv.URL
	client, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	op := &wxpay.Operation{Method: "GET", Path: quotas}
	if err := client.Do(t.Context(), op, nil, nil); err != nil {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(folder), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func checkModes(t *testing.T, folder string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		return
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 5 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", entry.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
}

// configOf makes a configuration of environment variables, as a program does.
func configOf(t *testing.T, environment []string) wxpay.Config {
	t.Helper()
	names := []string{"WXPAY_MCHID", "WXPAY_SERIAL_NO", "WXPAY_PRIVATE_KEY_FILE", "WXPAY_APIV3_KEY", "WXPAY_PUBLIC_KEY_ID", "WXPAY_PUBLIC_KEY_FILE", "WXPAY_BASE_URL"}
	values := make(map[string]string)
	for i, variable := range environment {
		name, value, _ := strings.Cut(variable, "=")
		if name != names[i] {
			t.Errorf("variable %d is %s, want %s", i, name, names[i])
		}
		values[name] = value
	}
	key, err := wxpay.LoadPrivateKey(values["WXPAY_PRIVATE_KEY_FILE"])
	if err != nil {
		t.Fatal(err)
	}
	public, err := wxpay.LoadPublicKey(values["WXPAY_PUBLIC_KEY_FILE"])
	if err != nil {
		t.Fatal(err)
	}
	return wxpay.Config{
		MchID: values["WXPAY_MCHID"], SerialNo: values["WXPAY_SERIAL_NO"], Signer: key, APIv3Key: values["WXPAY_APIV3_KEY"],
		PublicKeys: wxpay.PublicKey(values["WXPAY_PUBLIC_KEY_ID"], public), BaseURL: values["WXPAY_BASE_URL"],
	}
}

func TestDamagedIdentity(t *testing.T) {
	whole, other := t.TempDir(), t.TempDir()
	for _, folder := range []string{whole, other} {
		if _, err := sandbox.OpenIdentity(folder); err != nil {
			t.Fatal(err)
		}
	}
	const remedy = "remove the folder"
	for name, test := range map[string]struct {
		damage func(folder string) error
		words  []string
	}{
		"missing":      {func(f string) error { return os.Remove(filepath.Join(f, "pub_key.pem")) }, []string{"pub_key.pem is missing", remedy}},
		"not ours":     {func(f string) error { return os.Remove(filepath.Join(f, "wechatpay.json")) }, []string{"not those of a sandbox", "another folder"}},
		"empty key":    {overwrite("apiclient_key.pem", ""), []string{"apiclient_key.pem", "empty", remedy}},
		"cut key":      {overwrite("apiclient_key.pem", "-----BEGIN PRIVATE KEY-----\nMIIE"), []string{"apiclient_key.pem", "damaged", remedy}},
		"no cert":      {overwrite("apiclient_cert.pem", "x"), []string{"apiclient_cert.pem", remedy}},
		"no public":    {overwrite("pub_key.pem", "x"), []string{"pub_key.pem", remedy}},
		"no JSON":      {overwrite("wechatpay.json", `{"apiv3_key":"0123456789`), []string{"wechatpay.json", "damaged", remedy}},
		"JSON lacks":   {overwrite("wechatpay.json", `{}`), []string{"wechatpay.json", "wechatpay_private_key", remedy}},
		"other cert":   {from(other, "apiclient_cert.pem"), []string{"apiclient_cert.pem", "does not belong", remedy}},
		"other public": {from(other, "pub_key.pem"), []string{"pub_key.pem", "does not belong", remedy}},
	} {
		folder := filepath.Join(t.TempDir(), "merchant")
		if err := os.CopyFS(folder, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		if err := test.damage(folder); err != nil {
			t.Fatal(err)
		}
		_, err := sandbox.OpenIdentity(folder)
		for _, word := range append(test.words, folder) {
			if err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v does not speak of %q", name, err, word)
			}
		}
		if err != nil && strings.Contains(err.Error(), "0123456789") {
			t.Errorf("%s: the error shows a key: %v", name, err)
		}
	}
}

func overwrite(name, content string) func(string) error {
	return func(folder string) error { return os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600) }
}

func from(other, name string) func(string) error {
	return func(folder string) error {
		content, err := os.ReadFile(filepath.Join(other, name))
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, name), content, 0o600)
	}
}

func TestForeignFolder(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "apiclient_key.pem")
	if err := os.WriteFile(path, []byte("a real key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sandbox.OpenIdentity(folder); err == nil {
		t.Error("a folder with a real key was taken")
	}
	if _, err := sandbox.OpenIdentity(path); err == nil {
		t.Error("a file was taken for a folder")
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "a real key" {
		t.Errorf("the key was touched: %q, %v", content, err)
	}
}

// TestFirstStartAtOnce starts twice at the same time: both get one identity.
func TestFirstStartAtOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "merchant")
	var wg sync.WaitGroup
	serials := make([]string, 2)
	for i := range serials {
		wg.Go(func() {
			identity, err := sandbox.OpenIdentity(folder)
			if err != nil {
				t.Error(err)
				return
			}
			serials[i] = identity.SerialNo()
		})
	}
	wg.Wait()
	if serials[0] != serials[1] {
		t.Errorf("two identities: %v", serials)
	}
}

func TestIdentityShowsNoKey(t *testing.T) {
	srv := sandbox.Start(t)
	identity, key := srv.Identity(), srv.Config().APIv3Key
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("identity", "identity", identity)
	for _, text := range []string{
		fmt.Sprint(identity), fmt.Sprintf("%+v %#v %d %x %s", identity, identity, identity, identity, identity), log.String(),
	} {
		if strings.Contains(text, key) || strings.Contains(text, fmt.Sprintf("%x", key)) || len(text) > 1000 {
			t.Errorf("shows too much: %s", text)
		}
	}
	if _, err := identity.Environment(srv.URL); err == nil || strings.Contains(err.Error(), key) {
		t.Errorf("%v", err)
	}
}
