package sandbox_test

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

func TestDomains(t *testing.T) {
	srv := sandbox.Start(t, sandbox.WithBackup())
	client := newClient(t, srv, nil)
	get := func() error { return client.Do(t.Context(), quotasGet, nil, nil, wxpay.WithoutRetry()) }
	srv.Apply(sandbox.Rule{Domain: sandbox.Backup, Status: 503, Times: sandbox.Always})
	if err := get(); err != nil || srv.Calls()[0].Domain != sandbox.Main {
		t.Errorf("%v, %v", err, srv.Calls())
	}
	client.CloseIdleConnections()
	srv.Down(sandbox.Main)
	srv.Down(sandbox.Main)
	if err := get(); !isSendError(err) {
		t.Errorf("%v", err)
	}
	if err := get(); err == nil || srv.Calls()[1].Domain != sandbox.Backup || srv.Calls()[1].Status != 503 {
		t.Errorf("%v, %v", err, srv.Calls())
	}
	for range 2 {
		if err := srv.Up(sandbox.Main); err != nil {
			t.Error(err)
		}
	}
	call(t, srv, "GET", quotas, "", nil).want(t, 200, "")
}

func TestDomainErrors(t *testing.T) {
	srv := sandbox.Start(t)
	mustPanic(t, "WithBackup", func() { srv.Down(sandbox.Backup) })
	mustPanic(t, "no fault", func() { srv.Apply(sandbox.Rule{Fault: "x"}) })
	mustPanic(t, "no domain", func() { srv.Apply(sandbox.Rule{Domain: "x"}) })
	if _, err := sandbox.New(sandbox.WithBackup(strings.TrimPrefix(srv.URL, "http://"))); err == nil || !strings.Contains(err.Error(), "listen") {
		t.Errorf("%v", err)
	}
	if _, err := sandbox.New(sandbox.WithKeys("x")); err == nil || !strings.Contains(err.Error(), "no keys") {
		t.Errorf("%v", err)
	}
	srv.Down(sandbox.Main)
	taken, err := net.Listen("tcp", strings.TrimPrefix(srv.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		taken.Close()
	}()
	if err := srv.Up(sandbox.Main); err != nil { // it waits for the address a little
		t.Error(err)
	}
}

// TestDownBreaksCalls: who is being answered when the domain goes down gets no answer, and the slow one does not hold up Close.
func TestDownBreaksCalls(t *testing.T) {
	before := goroutines()
	srv, err := sandbox.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []sandbox.Rule{{Delay: time.Hour}, {Fault: sandbox.FaultSlowBody, Pace: time.Hour}} {
		srv.Apply(rule)
		client := newClient(t, srv, nil)
		done := make(chan error)
		go func() { done <- client.Do(t.Context(), quotasGet, nil, nil, wxpay.WithoutRetry()) }()
		time.Sleep(50 * time.Millisecond) // the call arrives, or will be refused
		srv.Down(sandbox.Main)
		if err := <-done; !isSendError(err) {
			t.Errorf("%v", err)
		}
		if err := srv.Up(sandbox.Main); err != nil {
			t.Fatal(err)
		}
		client.CloseIdleConnections()
	}
	started := time.Now()
	srv.Close()
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("closing took %v", took)
	}
	noneLeft(t, before)
}
