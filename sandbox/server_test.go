package sandbox_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

func TestCalls(t *testing.T) {
	var mu sync.Mutex
	var lines []string
	srv := sandbox.Start(t, sandbox.WithObserver(func(c sandbox.Call) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, c.String())
	}))
	call(t, srv, "GET", quotas, "", nil)
	call(t, srv, "POST", callback, `{}`, nil)
	call(t, srv, "GET", "/v3/none", "", nil)
	want := []string{
		"partner.GetServiceQuotas GET " + quotas + ": 200",
		"busifavor.SetCallback POST " + callback + ": 400 PARAM_ERROR",
		"GET /v3/none: 404 NOT_FOUND",
	}
	mu.Lock()
	defer mu.Unlock()
	for i, c := range srv.Calls() {
		if c.String() != want[i] || lines[i] != want[i] {
			t.Errorf("call %d: %s", i, c)
		}
	}
	c := srv.Calls()
	if c[0].PathValue("service_id") != "S1" || c[0].Query.Get("appid") != "wx1" || c[0].Header.Get("Authorization") == "" {
		t.Errorf("%+v", c[0].Request)
	}
	if string(c[1].Body) != `{}` || c[1].Status != 400 {
		t.Errorf("%+v", c[1])
	}
}

// TestConcurrent shows the race detector what happens when much happens at once, the first reading of a spec included.
func TestConcurrent(t *testing.T) {
	srv := startShop(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			switch i % 4 {
			case 0:
				srv.Apply(sandbox.Rule{Operation: "orders.List", Status: 500})
			case 1:
				srv.Handle(fmt.Sprintf("GET /v3/new/%d", i), func(*sandbox.Request) (any, error) { return nil, nil })
			}
			err := srv.Client().Do(t.Context(), &wxpay.Operation{Method: "POST", Path: "/v3/orders"}, map[string]string{"name": "ab"}, nil)
			if err != nil {
				t.Error(err)
			}
			srv.Calls()
		})
	}
	wg.Wait()
	if n := len(srv.Calls()); n != 16 {
		t.Errorf("%d calls", n)
	}
}

func TestHandlerElsewhere(t *testing.T) {
	srv := sandbox.Start(t)
	elsewhere := httptest.NewTLSServer(srv)
	defer elsewhere.Close()
	config := srv.Config()
	config.BaseURL, config.HTTPClient = elsewhere.URL, elsewhere.Client()
	client, err := wxpay.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Do(t.Context(), &wxpay.Operation{Method: "GET", Path: quotas}, nil, nil); err != nil {
		t.Error(err)
	}
}

// TestClose leaves no goroutine and no delay behind, not even with connections that never sent anything.
func TestClose(t *testing.T) {
	before := runtime.NumGoroutine()
	srv, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	silent, err := net.Dial("tcp", strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	op := &wxpay.Operation{Method: "GET", Path: quotas}
	if err := srv.Client().Do(t.Context(), op, nil, nil); err != nil {
		t.Fatal(err)
	}
	srv.Apply(sandbox.Rule{Delay: time.Hour})
	done := make(chan error)
	go func() { done <- srv.Client().Do(t.Context(), op, nil, nil) }()
	time.Sleep(50 * time.Millisecond) // the call arrives, or will find the server closed
	started := time.Now()
	srv.Close()
	srv.Close()
	<-done
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("closing took %v", took)
	}
	silent.Close()
	for end := time.Now().Add(2 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
		}
	}
	if _, err := http.Get(srv.URL); err == nil {
		t.Error("the server still listens")
	}
}

func TestNewErrors(t *testing.T) {
	srv := sandbox.Start(t)
	for name, test := range map[string]struct {
		option sandbox.Option
		words  string
	}{
		"address in use": {sandbox.WithAddress(strings.TrimPrefix(srv.URL, "http://")), "listen"},
		"no specs":       {sandbox.WithSpecs(fstest.MapFS{}), "no operation"},
		"broken spec":    {sandbox.WithSpecs(fstest.MapFS{"a/b.yaml": {Data: []byte("openapi: 3.1.0\npaths: [\n")}}), "a/b.yaml:"},
		"no such file":   {sandbox.WithSpecs(shop, "none.yaml"), "none.yaml"},
	} {
		if _, err := sandbox.New(test.option); err == nil || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWithAddress(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithAddress(":0"))
	if !strings.HasPrefix(srv.URL, "http://127.0.0.1:") {
		t.Errorf("URL %s", srv.URL)
	}
	call(t, srv, "GET", quotas, "", nil).want(t, 200, "")
}
