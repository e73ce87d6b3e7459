package spec

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/transcribe/page"
)

// tree is a folder of specs.
type tree struct {
	fsys   fs.FS
	files  map[string]*file
	before map[string][]byte

	operations map[string]string   // method and blanked path → file
	events     map[string][]string // event type → files
}

func readTree(fsys fs.FS) (*tree, error) {
	t := &tree{fsys: fsys, files: map[string]*file{}, before: map[string][]byte{},
		operations: map[string]string{}, events: map[string][]string{}}
	names, err := load.Files(fsys)
	if err != nil {
		return nil, fmt.Errorf("looking for specs: %w", err)
	}
	for _, name := range names {
		if name == phrasesFile {
			continue
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		f, err := parseFile(name, data)
		if err != nil {
			return nil, err
		}
		t.files[name], t.before[name] = f, data
		t.index(f)
	}
	return t, nil
}

func (t *tree) index(f *file) {
	eachOperation(f.root, func(p, method string, _ *yaml.Node) {
		t.operations[page.Key(method, p)] = f.name
	})
	eachWebhook(f.root, func(_ string, hook *yaml.Node) {
		for _, e := range eventTypes(hook) {
			t.hears(e, f.name)
		}
	})
}

// hears remembers that a file has a notification.
func (t *tree) hears(event, file string) {
	if !slices.Contains(t.events[event], file) {
		t.events[event] = append(t.events[event], file)
	}
}

func eachOperation(root *yaml.Node, visit func(path, method string, op *yaml.Node)) {
	paths := value(root, "paths")
	if paths == nil || paths.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(paths.Content); i += 2 {
		item := paths.Content[i+1]
		for j := 0; item.Kind == yaml.MappingNode && j+1 < len(item.Content); j += 2 {
			if slices.Contains(itemOrder, item.Content[j].Value) {
				visit(paths.Content[i].Value, item.Content[j].Value, item.Content[j+1])
			}
		}
	}
}

func eachWebhook(root *yaml.Node, visit func(key string, hook *yaml.Node)) {
	hooks := value(root, "webhooks")
	if hooks == nil || hooks.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(hooks.Content); i += 2 {
		visit(hooks.Content[i].Value, value(hooks.Content[i+1], "post"))
	}
}

func eventTypes(hook *yaml.Node) []string {
	var out []string
	if types := value(hook, "x-wx-event", "types"); types != nil {
		for _, t := range types.Content {
			out = append(out, t.Value)
		}
	}
	return out
}

var variable = regexp.MustCompile(`\{[^{}]*\}`)

// packages say where operations go whose paths begin so. The first that fits
// counts. specs/README.md explains the folders.
var packages = []struct{ prefix, name string }{
	{"/v3/pay/partner/transactions", "payments/partner"},
	{"/v3/pay/transactions", "payments"},
	{"/v3/combine-transactions", "payments/combine"},
	{"/v3/refund/", "refunds"},
	{"/v3/bill/", "bills"},
	{"/v3/billdownload", "bills"},
	{"/v3/certificates", "security"},
	{"/v3/security", "security"},
	{"/v3/merchant/media", "media"},
	{"/v3/marketing/favor/media", "media"},
	{"/v3/capital", "banks"},
	{"/v3/payscore/partner", "payscore/partner"},
	{"/v3/payscore", "payscore"},
	{"/v3/vehicle", "parking"},
	{"/v3/brand/profitsharing", "profitsharing/brand"},
	{"/v3/profitsharing", "profitsharing"},
	{"/v3/fund-app/mch-transfer", "transfers/bills"},
	{"/v3/transfer", "transfers/batches"},
	{"/v3/partner-transfer", "transfers/partner"},
	{"/v3/goldplan", "goldplan"},
	{"/v3/smartguide", "smartguide"},
	{"/v3/businesscircle", "businesscircle"},
	{"/v3/new-tax-control-fapiao", "fapiao"},
	{"/v3/merchant-service", "complaints"},
	{"/v3/mch-manage", "mchmanage/records"},
	{"/v3/merchant-risk-manage", "mchmanage/violations"},
	{"/v3/applyment4sub", "applyments/sub"},
	{"/v3/apply4sub", "applyments/sub"},
	{"/v3/apply4subject", "applyments/subject"},
	{"/v3/ecommerce/applyments", "ecommerce/applyments"},
	{"/v3/ecommerce/profitsharing", "ecommerce/profitsharing"},
	{"/v3/ecommerce/refunds", "ecommerce/refunds"},
	{"/v3/ecommerce/fund", "ecommerce/funds"},
	{"/v3/ecommerce/subsidies", "ecommerce/subsidies"},
}

// PackageOf guesses the package of an operation from its path.
func PackageOf(p string) string {
	for _, known := range packages {
		if strings.HasPrefix(p, known.prefix) {
			return known.name
		}
	}
	var parts []string
	for _, s := range segmentsOf(p) {
		if name := packageWord(s.name); !s.variable && name != "" && len(parts) < 2 {
			parts = append(parts, name)
		}
	}
	if len(parts) == 0 {
		return "others"
	}
	return strings.Join(parts, "/")
}

// eventPackages say where notifications go whose types begin so.
var eventPackages = []struct{ prefix, name string }{
	{"TRANSACTION.", "payments"},
	{"REFUND.", "refunds"},
	{"COUPON.USE", "marketing/favor"},
	{"COUPON.SEND", "marketing/busifavor"},
	{"PAYSCORE.", "payscore"},
	{"PROFITSHARING.", "profitsharing"},
	{"MCHTRANSFER.BATCH.", "transfers/batches"},
	{"MCHTRANSFER.", "transfers/bills"},
	{"FAPIAO.", "fapiao"},
	{"COMPLAINT.", "complaints"},
	{"MALL_", "businesscircle"},
	{"VEHICLE.", "parking"},
	{"PARKING_FEE.", "parking/reminders"},
	{"MANAGERECORD.", "mchmanage/records"},
	{"VIOLATION.", "mchmanage/violations"},
	{"SECURITY_ECHO.", "security"},
	{"MCHWITHDRAW.", "ecommerce/funds"},
}

// eventTitles say where notifications go that share their type with others.
var eventTitles = []struct{ word, name string }{
	{"停车", "parking"},
	{"合单", "payments/combine"},
	{"分账", "profitsharing"},
	{"支付分", "payscore"},
	{"商圈", "businesscircle"},
	{"医保", "medins/orders"},
	{"校园", "eduschoolpay"},
}

// packageOfEvent guesses the package of a notification from its title and
// type.
func packageOfEvent(key, title string) string {
	for _, known := range eventTitles {
		if strings.HasPrefix(key, "TRANSACTION.") && strings.Contains(title, known.word) {
			return known.name
		}
	}
	for _, known := range eventPackages {
		if strings.HasPrefix(key, known.prefix) {
			return known.name
		}
	}
	first, _, _ := strings.Cut(key, ".")
	return "notifications/" + packageWord(first)
}

var noPackageLetter = regexp.MustCompile(`[^a-z0-9]+`)

func packageWord(s string) string {
	return strings.TrimLeft(noPackageLetter.ReplaceAllString(strings.ToLower(s), ""), "0123456789")
}

var packageName = regexp.MustCompile(`^([a-z0-9]+/)*[a-z][a-z0-9]*$`)

// fileOf names the file of a package.
func fileOf(pkg string) (string, error) {
	pkg = strings.TrimSuffix(pkg, ".yaml")
	if !packageName.MatchString(pkg) {
		return "", fmt.Errorf("%q is no package (small letters and digits, as in marketing/favor)", pkg)
	}
	return path.Clean(pkg) + ".yaml", nil
}

// clash gives the path of a file that differs from another one in the names of
// its variables only: OpenAPI has no two of them in a document.
func clash(root *yaml.Node, p string) string {
	found := ""
	eachOperation(root, func(other, _ string, _ *yaml.Node) {
		if other != p && page.Key("", other) == page.Key("", p) {
			found = other
		}
	})
	return found
}
