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
	symbols := symbolsOf(t, "onecall", "wxpay.(*Client).Do")
	for _, absent := range []string{
		"regexp.Compile", "wxpay.MatchPattern", "wxpay.fileUploader.fill", "wxpay.(*upload).addFile", "wxpay.(*streamBody)", "wxpay.(*fileBody)",
		"wxpay.(*Client).Download", "wxpay.(*Notifications)", "wxpay.(*opener)", "wxpay.(*DownloadedCertificates)", "wxpay.(*Client).Check",
		"wxpay.(*Client).JSAPIParams", "wxpay.SignHMAC", "text/template", "encoding/csv", "mime/multipart.(*Writer)", "log/slog",
	} {
		if strings.Contains(symbols, absent) {
			t.Errorf("%s is linked into a program that has no use for it", absent)
		}
	}
}

// A package that names a type compiles the generic code that the type's methods and fields lead to, each package anew: with a
// reflect.Value in one unexported method of Client it was a third of the memory and the time that a generated package takes.
func TestNamingTypesCompilesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a package")
	}
	symbols := symbolsOf(t, "names", "names.Client")
	for _, generic := range []string{"go.shape", "reflect", "sync.Map"} {
		if strings.Contains(symbols, generic) {
			t.Errorf("%s is compiled into a package that only names Client, File, Stream and Event", generic)
		}
	}
}

// symbolsOf builds a package of testdata, and lists what is in it.
func symbolsOf(t *testing.T, name, present string) string {
	t.Helper()
	built := filepath.Join(t.TempDir(), name)
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", built, "./testdata/"+name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", built).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(symbols), present) {
		t.Fatalf("the symbols of %s lack %s, which must be there", name, present)
	}
	return string(symbols)
}
