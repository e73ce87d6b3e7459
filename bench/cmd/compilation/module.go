package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/wxgen/wxgen/bench/process"
	"github.com/wxgen/wxgen/bench/synthetic"
)

// builder holds what all builds share.
type builder struct {
	dir, checkout string
	sameEnums     bool
}

func (b *builder) bin(name string) string { return filepath.Join(b.dir, "bin", name) }

func (b *builder) cache() string { return filepath.Join(b.dir, "standard") }

func (b *builder) tools() error {
	for _, c := range []process.Command{
		{Dir: b.checkout, Args: []string{"go", "build", "-o", b.bin("wxgen"), "./cmd/wxgen"}},
		{Dir: ".", Args: []string{"go", "build", "-o", b.bin("toolexec"), "./cmd/toolexec"}},
	} {
		if _, err := c.Run(); err != nil {
			return err
		}
	}
	return nil
}

// module makes a module with the packages of a synthetic corpus and three
// programs: two plain ones, and one that uses a product.
func (b *builder) module(operations int) (string, error) {
	dir := filepath.Join(b.dir, fmt.Sprint("m", operations))
	corpus := synthetic.Corpus{Operations: operations, SameEnums: b.sameEnums}
	if _, err := corpus.WriteFiles(filepath.Join(dir, "specs")); err != nil {
		return "", err
	}
	sums, err := os.ReadFile(filepath.Join(b.checkout, "go.sum"))
	if err != nil {
		return "", err
	}
	for name, text := range map[string]string{
		"go.mod":          fmt.Sprintf(goMod, b.checkout),
		"go.sum":          string(sums),
		"wxgen.yaml":      "specs: specs\noutput: gen\n",
		"plain/main.go":   plainProgram,
		"signing/main.go": signingProgram,
		"one/main.go":     oneProduct,
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return "", err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return "", err
		}
	}
	_, err = process.Command{Dir: dir, Args: []string{b.bin("wxgen"), "generate"}}.Run()
	return dir, err
}

// standardLibrary builds what the module needs of it into the cache that all
// others begin with.
func (b *builder) standardLibrary(module string) error {
	list, err := process.Command{Dir: module, Args: []string{"go", "list", "-deps", "-f", "{{if .Standard}}{{.ImportPath}}{{end}}", "./..."}}.Output()
	if err != nil {
		return err
	}
	args := append([]string{"go", "build"}, strings.Fields(list)...)
	_, err = process.Command{Dir: module, Env: []string{"GOCACHE=" + b.cache()}, Args: args}.Run()
	return err
}

// dependencies prints what else the program with one product builds.
func (b *builder) dependencies(module string) error {
	list, err := process.Command{Dir: module, Args: []string{"go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./one"}}.Output()
	if err == nil {
		fmt.Printf("\nPackages of that program outside the standard library: %s\n", strings.Join(strings.Fields(list), ", "))
	}
	return err
}

const goMod = `module bench.test/m

go 1.26.0

require github.com/wxgen/wxgen v0.0.0

replace github.com/wxgen/wxgen => %s
`

const plainProgram = `// Command plain makes a call with the standard library alone.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
)

type answer struct {
	State string ` + "`json:\"state\"`" + `
	Items []struct {
		ID string ` + "`json:\"id\"`" + `
	} ` + "`json:\"items\"`" + `
}

func main() {
	resp, err := http.Get("https://api.mch.weixin.qq.com/")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer resp.Body.Close()
	var a answer
	fmt.Println(json.NewDecoder(resp.Body).Decode(&a), a)
}
`

const oneProduct = `// Command one makes one call of one product.
package main

import (
	"context"
	"fmt"
	"os"

	"bench.test/m/gen/products/p001"
	"github.com/wxgen/wxgen/wxpay"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		return err
	}
	public, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		return err
	}
	client, err := wxpay.NewClient(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", Signer: key,
		PublicKeys: wxpay.PublicKey("PUB_KEY_ID_0001", public),
	})
	if err != nil {
		return err
	}
	resp, err := p001.NewClient(client).CreateOrder(context.Background(), &p001.CreateOrderRequest{OutTradeNo: "1"})
	if err == nil {
		fmt.Println(resp.State)
	}
	return err
}
`
