package generator

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/wxgen/wxgen/templates"
	"github.com/wxgen/wxgen/wxpay"
)

// sources are the generator's own, so that it knows itself: what an older one
// made is made anew, on every machine in the same way. A version number would
// not tell two states of a checkout apart.
//
//go:embed *.go load/*.go model/*.go emit/*.go output/*.go
var sources embed.FS

var ownHash = sync.OnceValue(func() string {
	h := sha256.New()
	_ = fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := sources.ReadFile(name)
		fmt.Fprintf(h, "%s %d\n%s", name, len(data), data)
		return err
	})
	fmt.Fprint(h, templates.Source(), wxpay.Codes())
	return hex.EncodeToString(h.Sum(nil))
})

// fingerprint changes whenever the same specs could become other files.
func fingerprint(opts Options) string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s %q %q %q %q %q %q",
		ownHash(), opts.SpecsName, opts.ImportPath, opts.Runtime, opts.Header, opts.Operations, opts.Exclude))
	return hex.EncodeToString(h[:16])
}
