package wxpay_test

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
)

type item struct {
	Name  string `json:"name" wx:"required,len=2..4"`
	Price int64  `json:"price" wx:"range=1..1000"`
}

type embedded struct {
	Mode string `json:"mode,omitzero" wx:"len=..2"`
}

type order struct {
	embedded
	ID       string                      `json:"-" path:"id" wx:"required,len=..8"`
	Limit    *int64                      `json:"-" query:"limit" wx:"range=1..10"`
	Kind     kind                        `json:"kind,omitzero"`
	Kinds    []kind                      `json:"kinds,omitzero" wx:"items=1..2"`
	Amount   item                        `json:"amount"`
	Optional *item                       `json:"optional,omitzero"`
	Items    []item                      `json:"items" wx:"required,items=1..3"`
	Names    []string                    `json:"names,omitzero" wx:"items=..3,each=2..3,pattern=^[a-z,]+$"`
	Code     string                      `json:"code,omitzero" wx:"pattern=^\\d{1,3},x$"`
	Map      map[string]item             `json:"map,omitzero"`
	Info     *wxpay.JSON[map[string]any] `json:"info,omitzero"`
	Doc      wxpay.JSON[item]            `json:"doc,omitzero"`
	When     wxpay.Time                  `json:"when" wx:"required"`
	Ratio    float64                     `json:"ratio,omitzero" wx:"range=0.1..0.9"`
	Big      uint64                      `json:"big,omitzero" wx:"range=..9007199254740993"`
	Any      any                         `json:"any,omitzero"`
	Tree     *tree                       `json:"tree,omitzero"`
}

type tree struct {
	Next *tree  `json:"next,omitzero"`
	Text string `json:"text,omitzero"`
}

// valid returns a request that passes all checks.
func valid() order {
	return order{
		ID: "1", Amount: item{"ab", 1}, Items: []item{{"ab", 1}}, Doc: wxpay.JSON[item]{Value: item{"ab", 1}},
		When: wxpay.NewTime(now),
	}
}

func TestChecks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*order)
		want   string // "path rule", more than one separated by ", "
	}{
		"valid":                  {func(*order) {}, ""},
		"path value":             {func(o *order) { o.ID = "" }, "id required"},
		"characters, not bytes":  {func(o *order) { o.ID = "一二三四五六七八" }, ""},
		"too long":               {func(o *order) { o.ID = "一二三四五六七八九" }, "id len"},
		"query value":            {func(o *order) { o.Limit = new(int64(50)) }, "limit range"},
		"zero through a pointer": {func(o *order) { o.Limit = new(int64(0)) }, "limit range"},
		"enum":                   {func(o *order) { o.Kind = "C" }, "kind enum"},
		"enums":                  {func(o *order) { o.Kinds = []kind{"A", "C"} }, "kinds[1] enum"},
		"too many":               {func(o *order) { o.Kinds = []kind{"A", "A", "A"} }, "kinds items"},
		"nested":                 {func(o *order) { o.Amount = item{} }, "amount.name required, amount.price range"},
		"optional":               {func(o *order) { o.Optional = &item{"a", 1} }, "optional.name len"},
		"no items":               {func(o *order) { o.Items = nil }, "items required"},
		"empty items":            {func(o *order) { o.Items = []item{} }, "items required"},
		"in a slice":             {func(o *order) { o.Items = append(o.Items, item{"abcde", 2000}) }, "items[1].name len, items[1].price range"},
		"each":                   {func(o *order) { o.Names = []string{"ab", "a", "abcd", "AB"} }, "names items, names[1] each, names[2] each, names[3] pattern"},
		"pattern":                {func(o *order) { o.Code = "1,y" }, "code pattern"},
		"pattern holds":          {func(o *order) { o.Code = "12,x" }, ""},
		"in a map":               {func(o *order) { o.Map = map[string]item{"k": {"a", 1}} }, "map.k.name len"},
		"in a document":          {func(o *order) { o.Doc.Value.Name = "" }, "doc.name required"},
		"emoji in a document": {func(o *order) {
			o.Info = &wxpay.JSON[map[string]any]{Value: map[string]any{"a": []any{"x", "😀"}}}
		}, "info.a[1] characters"},
		"emoji":            {func(o *order) { o.ID = "😀" }, "id characters"},
		"emoji in any":     {func(o *order) { o.Any = []any{map[string]any{"x": "😀"}} }, "any[0].x characters"},
		"highest of three": {func(o *order) { o.ID = "\uFFFD\uFFFF" }, ""},
		"not UTF-8":        {func(o *order) { o.ID = "a\xff" }, "id characters"},
		"no time":          {func(o *order) { o.When = wxpay.Time{} }, "when required"},
		"NaN":              {func(o *order) { o.Ratio = math.NaN() }, "ratio number"},
		"infinite":         {func(o *order) { o.Ratio = math.Inf(1) }, "ratio number"},
		"fraction":         {func(o *order) { o.Ratio = 0.95 }, "ratio range"},
		"beyond float64":   {func(o *order) { o.Big = 9007199254740994 }, "big range"},
		"just allowed":     {func(o *order) { o.Big = 9007199254740993 }, ""},
		"beyond int64":     {func(o *order) { o.Big = math.MaxUint64 }, "big range"},
		"embedded":         {func(o *order) { o.Mode = "abc" }, "mode len"},
	} {
		t.Run(name, func(t *testing.T) {
			o := valid()
			c.change(&o)
			sent := false
			client := newClient(t, through(func(*http.Request) (*http.Response, error) {
				sent = true
				return response(204, signedHeader(nil), nil), nil
			}))
			op := &wxpay.Operation{
				Name: "orders.Create", Method: "POST", Path: "/v3/orders/{id}", MatchPattern: wxpay.MatchPattern,
			}
			err := client.Do(t.Context(), op, &o, nil)
			if got := found(err); got != c.want {
				t.Errorf("found %q, want %q (%v)", got, c.want, err)
			}
			if sent != (c.want == "") {
				t.Errorf("sent: %v", sent)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "orders.Create: request not sent: ") {
				t.Error(err)
			}
			if errors.Is(err, wxpay.ErrOutcomeUnknown) {
				t.Error("the outcome is known: nothing was sent")
			}
		})
	}
}

func found(err error) string {
	check, ok := errors.AsType[*wxpay.CheckError](err)
	if !ok {
		if err != nil {
			return err.Error()
		}
		return ""
	}
	parts := make([]string, len(check.Fields))
	for i, field := range check.Fields {
		parts[i] = field.Path + " " + field.Rule
	}
	return strings.Join(parts, ", ")
}

func TestChecksEndOnCycles(t *testing.T) {
	op := &wxpay.Operation{Method: "POST", Path: "/v3/{id}"}
	ring, self := valid(), valid()
	ring.Tree = &tree{}
	ring.Tree.Next = ring.Tree
	self.Any = &self.Any
	for name, o := range map[string]*order{"struct": &ring, "interface": &self} {
		for _, opts := range [][]wxpay.CallOption{nil, {wxpay.WithoutChecks()}} {
			err := newClient(t, through(nil)).Do(t.Context(), op, o, nil, opts...)
			if got := found(err); !strings.HasSuffix(got, " depth") {
				t.Errorf("%s: found %.80q", name, got)
			}
		}
	}
}

func TestWithoutChecks(t *testing.T) {
	o := valid()
	o.Kind, o.Amount.Name = "C", ""
	client := newClient(t, through(answering(204, "")))
	op := &wxpay.Operation{Method: "POST", Path: "/v3/{id}"}
	if err := client.Do(t.Context(), op, &o, nil, wxpay.WithoutChecks()); err != nil {
		t.Error(err)
	}
}

// union is what the generator emits for a field that can be one of several objects: it writes itself.
type union struct {
	Person *unionPerson
	Raw    json.RawMessage
}

type unionPerson struct {
	Name string `json:"name,omitzero" wx:"sensitive"`
	Note string `json:"note,omitzero" wx:"len=..3"`
}

func (u union) MarshalJSON() ([]byte, error) { return wxpay.MarshalUnion(u.Raw, u.Person) }

func TestChecksReachIntoTypesThatWriteThemselves(t *testing.T) {
	type request struct {
		Payee union   `json:"payee"`
		More  []union `json:"more,omitzero"`
	}
	sent, long := false, strings.Repeat("a", 215)
	client := newClient(t, through(func(*http.Request) (*http.Response, error) {
		sent = true
		return response(204, signedHeader(nil), nil), nil
	}))
	for name, c := range map[string]struct {
		req  *request
		opts []wxpay.CallOption
		want string
	}{
		"sensitive":                 {&request{Payee: union{Person: &unionPerson{Name: long}}}, nil, "payee.name sensitive"},
		"sensitive, without checks": {&request{Payee: union{Person: &unionPerson{Name: long}}}, []wxpay.CallOption{wxpay.WithoutChecks()}, "payee.name sensitive"},
		"in a slice":                {&request{Payee: union{Raw: json.RawMessage(`{}`)}, More: []union{{Person: &unionPerson{Note: "four"}}}}, nil, "more[0].note len"},
		"emoji":                     {&request{Payee: union{Person: &unionPerson{Note: "😀"}}}, nil, "payee.note characters"},
		"fine":                      {&request{Payee: union{Person: &unionPerson{Note: "abc"}}}, nil, ""},
	} {
		sent = false
		err := client.Do(t.Context(), post, c.req, nil, c.opts...)
		if got := found(err); got != c.want || sent != (c.want == "") {
			t.Errorf("%s: found %q, want %q; sent: %v", name, got, c.want, sent)
		}
	}
}
