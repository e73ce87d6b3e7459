package sandbox_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

var update = flag.Bool("update", false, "write what the tests found into docs/guides")

// fault is a row of the table.
type fault struct {
	name  string
	begin func(*bench)
	tuning
	cold  bool // no call before it
	stale bool // the answer may be that of the call before
	lasts bool // it has no end that a test could wait for
}

// once and forGood are how long a fault holds.
const (
	once    = 1
	forGood = sandbox.Always
)

func (f fault) durations() []int {
	if f.lasts {
		return []int{forGood}
	}
	return []int{once, forGood}
}

func duration(times int) string {
	if times == once {
		return "once"
	}
	return "for good"
}

func cellName(f fault, times int, op *wxpay.Operation) string {
	return fmt.Sprintf("%s, %s, %s", f.name, duration(times), op.Name)
}

// rule makes a row of a rule.
func rule(r sandbox.Rule) func(*bench) {
	return func(b *bench) {
		own := r
		own.Times = b.times
		b.Apply(own)
	}
}

// impatience is how long an answer may take where that is what a row is about. It is long enough for a busy machine.
const impatience = time.Second

var impatient = tuning{tryTimeout: impatience}

var withBackup = tuning{options: []sandbox.Option{sandbox.WithBackup()}}

var withCertificates = tuning{options: []sandbox.Option{sandbox.WithKeys(sandbox.CertificatesOnly)}}

// down takes domains down. Once means until the client has noticed. A request over a connection that breaks at this very
// moment is another row, so there is none.
func down(domains ...sandbox.Domain) func(*bench) {
	return func(b *bench) {
		b.client.CloseIdleConnections()
		for _, d := range domains {
			b.Down(d)
		}
		if b.times == once {
			b.afterTry = func(n int64) {
				if n == 1 {
					_ = b.Up(sandbox.Main) // a failure of it fails the call
				}
			}
		}
	}
}

// rotate changes the certificate long after the client has fetched the present one.
func rotate(stages ...sandbox.Rotation) func(*bench) {
	return func(b *bench) {
		b.jump.Add(int64(10 * time.Minute))
		for _, stage := range stages {
			b.Rotate(stage)
		}
	}
}

var faults = []fault{
	{name: "connection refused, no backup", begin: down(sandbox.Main)},
	{name: "main domain down", begin: down(sandbox.Main), tuning: withBackup, lasts: true},
	{name: "both domains down", begin: down(sandbox.Main, sandbox.Backup), tuning: withBackup, lasts: true},
	{name: "main domain resets, backup is well", begin: rule(sandbox.Rule{Fault: sandbox.FaultResetBefore, Domain: sandbox.Main}), tuning: withBackup, lasts: true},
	{name: "reset before the request is read", begin: rule(sandbox.Rule{Fault: sandbox.FaultResetBefore})},
	{name: "reset after the request was read", begin: rule(sandbox.Rule{Fault: sandbox.FaultResetAfter})},
	{name: "the same on a new connection", begin: rule(sandbox.Rule{Fault: sandbox.FaultResetAfter}), cold: true},
	{name: "closed without an answer", begin: rule(sandbox.Rule{Fault: sandbox.FaultHangUp})},
	{name: "slow headers", begin: rule(sandbox.Rule{Fault: sandbox.FaultSlowHeader, Pace: impatience / 50}), tuning: impatient},
	{name: "slow body", begin: rule(sandbox.Rule{Fault: sandbox.FaultSlowBody, Pace: impatience / 4}), tuning: impatient},
	{name: "no answer within TryTimeout", begin: rule(sandbox.Rule{Delay: time.Hour}), tuning: impatient},
	{name: "no answer within Timeout", begin: rule(sandbox.Rule{Delay: time.Hour}), tuning: tuning{timeout: impatience}, lasts: true},
	{name: "slow, but in time", begin: rule(sandbox.Rule{Fault: sandbox.FaultSlowBody, Pace: time.Millisecond}), lasts: true},
	{name: "truncated body", begin: rule(sandbox.Rule{Fault: sandbox.FaultTruncated})},
	{name: "wrong length", begin: rule(sandbox.Rule{Fault: sandbox.FaultWrongLength})},
	{name: "chunked for ever", begin: rule(sandbox.Rule{Fault: sandbox.FaultEndless})},
	{name: "gzip bomb", begin: rule(sandbox.Rule{Fault: sandbox.FaultGzipBomb})},
	{name: "500 SYSTEM_ERROR", begin: rule(sandbox.Rule{Code: "SYSTEM_ERROR", Status: 500})},
	{name: "500 with HTML", begin: rule(sandbox.Rule{Fault: sandbox.FaultHTML, Status: 500})},
	{name: "502 with HTML", begin: rule(sandbox.Rule{Fault: sandbox.FaultHTML, Status: 502})},
	{name: "503 SERVICE_UNAVAILABLE", begin: rule(sandbox.Rule{Code: "SERVICE_UNAVAILABLE", Status: 503})},
	{name: "504 with HTML", begin: rule(sandbox.Rule{Fault: sandbox.FaultHTML, Status: 504})},
	{name: "429 FREQUENCY_LIMITED", begin: rule(sandbox.Rule{Code: "FREQUENCY_LIMITED", Status: 429})},
	{name: "200 with HTML of a gateway", begin: rule(sandbox.Rule{Fault: sandbox.FaultHTML})},
	{name: "200 with HTML, signed", begin: rule(sandbox.Rule{Fault: sandbox.FaultSignedHTML})},
	{name: "200, empty, signed", begin: rule(sandbox.Rule{Fault: sandbox.FaultEmpty})},
	{name: "altered body", begin: rule(sandbox.Rule{Fault: sandbox.FaultTampered})},
	{name: "unsigned", begin: rule(sandbox.Rule{Fault: sandbox.FaultUnsigned})},
	{name: "bad Base64", begin: rule(sandbox.Rule{Fault: sandbox.FaultBadBase64})},
	{name: "bad signature", begin: rule(sandbox.Rule{Fault: sandbox.FaultBadSignature})},
	{name: "signed with the merchant's key", begin: rule(sandbox.Rule{Fault: sandbox.FaultMerchantKey})},
	{name: "probe signature", begin: rule(sandbox.Rule{Fault: sandbox.FaultProbe})},
	{name: "wrong serial", begin: rule(sandbox.Rule{Fault: sandbox.FaultUnknownSerial})},
	{name: "expired timestamp", begin: rule(sandbox.Rule{Fault: sandbox.FaultExpired})},
	{name: "future timestamp", begin: rule(sandbox.Rule{Fault: sandbox.FaultFuture})},
	{name: "replayed answer", begin: rule(sandbox.Rule{Fault: sandbox.FaultReplayed}), stale: true},
	{name: "new certificate signs", begin: rotate(sandbox.RotationListed, sandbox.RotationSwitched), tuning: withCertificates, lasts: true},
	{name: "old certificate is gone", begin: rotate(sandbox.RotationDone), tuning: withCertificates, lasts: true},
}

const (
	tableFile  = "../docs/guides/faults.md"
	tableBegin = "<!-- The table is written by go test ./sandbox -run TestFaults -update. -->\n"
)

// checkTable compares what came out with the table of the guide.
func checkTable(t *testing.T, cells map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("| fault | | GET | idempotent POST | other POST |\n|---|---|---|---|---|\n")
	for _, f := range faults {
		for _, times := range f.durations() {
			fmt.Fprintf(&b, "| %s | %s |", f.name, duration(times))
			for _, op := range kinds {
				fmt.Fprintf(&b, " %s |", cells[cellName(f, times, op)])
			}
			b.WriteString("\n")
		}
	}
	text, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, found := strings.Cut(string(text), tableBegin)
	old, tail, _ := strings.Cut(rest, "\n\n")
	if !found {
		t.Fatalf("%s has no %q", tableFile, tableBegin)
	}
	if *update {
		if err := os.WriteFile(tableFile, []byte(head+tableBegin+b.String()+"\n"+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	compareLines(t, old+"\n", b.String())
}

func compareLines(t *testing.T, want, got string) {
	t.Helper()
	old := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(old) || old[i] != line {
			t.Errorf("%s differs (-update writes it)\ngot  %s\nwant %s", tableFile, line, strings.Join(old[min(i, len(old)):min(i+1, len(old))], ""))
		}
	}
}

// goroutines counts those that are not about to end.
func goroutines() int {
	time.Sleep(10 * time.Millisecond)
	return runtime.NumGoroutine()
}

// noneLeft waits until as many goroutines run as before.
func noneLeft(t *testing.T, before int) {
	t.Helper()
	for end := time.Now().Add(3 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// httpsServer serves a handler with TLS and HTTP/2.
func httpsServer(t *testing.T, handler http.Handler) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(handler)
	srv.EnableHTTP2 = true
	srv.StartTLS()
	t.Cleanup(srv.Close)
	return srv
}
