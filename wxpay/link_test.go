package wxpay_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A program pays for what it calls: what it does not is not linked. One careless reference can bring a whole feature back.
func TestLinkedPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	program := filepath.Join(t.TempDir(), "onecall")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./testdata/onecall").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", program).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(symbols), "wxpay.(*Client).Do") {
		t.Fatal("the list of symbols lacks what must be in it")
	}
	for _, absent := range []string{
		"regexp.Compile", "wxpay.MatchPattern", "wxpay.File.fill", "wxpay.(*upload).addFile", "wxpay.(*streamBody)", "wxpay.(*fileBody)",
		"wxpay.(*Client).Download", "wxpay.(*Notifications)", "wxpay.(*opener)", "wxpay.(*DownloadedCertificates)", "wxpay.(*Client).Check",
		"wxpay.(*Client).JSAPIParams", "wxpay.SignHMAC", "text/template", "encoding/csv", "mime/multipart.(*Writer)",
	} {
		if strings.Contains(string(symbols), absent) {
			t.Errorf("%s is linked into a program that has no use for it", absent)
		}
	}
}
