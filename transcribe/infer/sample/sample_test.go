package sample_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/transcribe/infer/sample"
)

const java = `package com.java.demo;

import com.java.utils.WXPayUtility; // 引用工具库,参考:https://a.b/c

/**
 * A class that lists gadgets { with a brace in its comment
 */
public class ListGadgets {
  private static String HOST = "https://api.mch.weixin.qq.com";
  private static String PATH = "/v3/gadgets/{gadget_id}";

  public static void main(String[] args) {
    ListGadgets client = new ListGadgets(
      "19xxxxxxxx",    // 商户号, don't "guess"
      "/path/to/key.pem"
    );
    ListGadgetsRequest request = new ListGadgetsRequest();
    ListGadgetsResponse response = client.run(request);
  }

  public ListGadgetsResponse run(ListGadgetsRequest request) {
    String uri = PATH;
    return WXPayUtility.fromJson(respBody, ListGadgetsResponse.class);
  }

  private final String mchid;

  public static class ListGadgetsRequest {
    @SerializedName("gadget_id")
    @Expose(serialize = false)
    public String gadgetId;

    @SerializedName("page_size")
    public Long pageSize;
  }

  public static class ListGadgetsResponse {
    @SerializedName("data")
    public List<Gadget> data = new ArrayList<Gadget>();

    @SerializedName("tags")
    public List<String> tags;

    @SerializedName(value = "extra")
    private Map<String, Object> extra;
  }

  public static class Gadget {
    @SerializedName("color")
    public EnumTypeColor color;

    @SerializedName("ready")
    public Boolean ready;

    @SerializedName("made_at")
    public String madeAt;

    @SerializedName("file")
    public byte[] file;
  }

  public enum EnumTypeColor {
    @SerializedName("RED")
    RED,
    @SerializedName("BLUE_1")
    BLUE_1
  }
}
`

const golang = "package main\n\n" + `import "fmt"

func main() {
	request := &ListGadgetsRequest{
		GadgetId: wxpay_utility.String("G1"),
	}
	response, err := ListGadgets(config, request)
}

func ListGadgets(config *wxpay_utility.MchConfig, request *ListGadgetsRequest) (response *ListGadgetsResponse, err error) {
	const (
		host   = "https://api.mch.weixin.qq.com"
		method = "GET"
	)
	response := &ListGadgetsResponse{}
	return response, nil
}

type ListGadgetsRequest struct {
	GadgetId *string ` + "`json:\"gadget_id,omitempty\"`" + `
	PageSize *int64 ` + "`json:\"page_size,omitempty\"`" + `
}

func (o *ListGadgetsRequest) MarshalJSON() ([]byte, error) {
	type Alias ListGadgetsRequest
	a := &struct {
		GadgetId *string ` + "`json:\"gadget_id,omitempty\"`" + `
		*Alias
	}{
		GadgetId: nil,
		Alias:    (*Alias)(o),
	}
	return json.Marshal(a)
}

type ListGadgetsResponse struct {
	Data  []Gadget ` + "`json:\"data,omitempty\"`" + `
	Tags  []string ` + "`json:\"tags,omitempty\"`" + `
	Extra map[string]interface{} ` + "`json:\"extra\"`" + `
}

type EnumTypeColor string

func (e EnumTypeColor) Ptr() *EnumTypeColor {
	return &e
}

const (
	ENUMTYPECOLOR_RED    EnumTypeColor = "RED"
	ENUMTYPECOLOR_BLUE_1 EnumTypeColor = "BLUE_1"
)

type Gadget struct {
	Color  *EnumTypeColor ` + "`json:\"color,omitempty\"`" + `
	Ready  *bool          ` + "`json:\"ready,omitempty\"`" + `
	MadeAt *time.Time     ` + "`json:\"made_at,omitempty\"`" + `
	File   *[]byte        ` + "`json:\"file,omitempty\"`" + `
}
`

// show writes a program, one declaration a line.
func show(p *sample.Program) []string {
	var out []string
	for name, c := range p.Classes {
		var members []string
		for _, m := range c.Members {
			text := m.Name + ":" + m.Type.Name
			if m.Type.List {
				text += "[]"
			}
			if m.Hidden {
				text += "!"
			}
			members = append(members, text)
		}
		out = append(out, name+" "+strings.Join(members, " "))
	}
	for name, e := range p.Enums {
		var values []string
		for _, v := range e.Values {
			values = append(values, v.Text)
		}
		out = append(out, name+" = "+strings.Join(values, " "))
	}
	for _, c := range p.Calls {
		out = append(out, fmt.Sprintf("run %s %s", c.Request, c.Response))
	}
	slices.Sort(out)
	return out
}

func read(texts ...string) *sample.Program {
	p := sample.New()
	for i, text := range texts {
		p.Read(i, text)
	}
	return p
}

var wantJava = []string{
	"EnumTypeColor = RED BLUE_1",
	"Gadget color:EnumTypeColor ready:boolean made_at:string file:bytes",
	"ListGadgetsRequest gadget_id:string! page_size:integer",
	"ListGadgetsResponse data:Gadget[] tags:string[] extra:map",
	"run ListGadgetsRequest ListGadgetsResponse",
}

var wantGo = []string{
	"EnumTypeColor = RED BLUE_1",
	"Gadget color:EnumTypeColor ready:boolean made_at:time file:bytes",
	"ListGadgetsRequest gadget_id:string page_size:integer",
	"ListGadgetsResponse data:Gadget[] tags:string[] extra:map",
	"run ListGadgetsRequest ListGadgetsResponse",
}

// joined puts a program on one line, as some copies of pages have it.
func joined(s string) string { return strings.Join(strings.Fields(s), " ") }

// numbered does the same and leaves the numbers of the lines in.
func numbered(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		fmt.Fprintf(&b, "%d%s ", i+1, strings.TrimSpace(line))
	}
	return b.String()
}

// withoutGenerics is what is left where <T> was taken for an HTML tag.
func withoutGenerics(s string) string {
	return strings.NewReplacer("<Gadget>", "", "<String>", "", "<String, Object>", "").Replace(s)
}

func TestRead(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
		want  []string
	}{
		{"Java", []string{java}, wantJava},
		{"Go", []string{golang}, wantGo},
		{"Java on one line", []string{joined(java)}, wantJava},
		{"Go on one line", []string{joined(golang)}, wantGo},
		{"Java on one line with numbers", []string{numbered(java)}, wantJava},
		{"Go on one line with numbers", []string{numbered(golang)}, wantGo},
		{"both in one text", []string{java + golang}, []string{
			wantJava[0], "Gadget color:EnumTypeColor ready:boolean made_at:time file:bytes", wantJava[2], wantJava[3], wantJava[4]}},
		{"lost generics", []string{withoutGenerics(java)}, []string{
			wantJava[0], wantJava[1], wantJava[2], "ListGadgetsResponse data:[] tags:[] extra:map", wantJava[4]}},
		{"lost generics, found in Go", []string{withoutGenerics(java), golang}, []string{
			wantJava[0], wantGo[1], wantJava[2], wantJava[3], wantJava[4]}},
		{"another language", []string{"$client = new Client(['a' => 'b']);"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(read(test.texts...))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	p := read("", java)
	m, ok := p.Classes["Gadget"].Member("color")
	if at := m.Place; !ok || at.Source != 1 || !strings.HasPrefix(java[at.Offset:], `color")`) {
		t.Errorf("member at %v", m.Place)
	}
	if at := p.Enums["EnumTypeColor"].Values[1].Place; !strings.HasPrefix(java[at.Offset:], `BLUE_1")`) {
		t.Errorf("value at %v", at)
	}
	if at := p.Classes["Gadget"].Place; !strings.HasPrefix(java[at.Offset:], "Gadget {") {
		t.Errorf("class at %v", at)
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string]bool{java: true, golang: true, `{"a": 1}`: false, "curl https://a.b": false} {
		if got := sample.Looks(text); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
}

// Hostile programs take time that grows with their length and no faster: else
// this test would not end.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	for name, unit := range map[string]string{
		"comments": "/*", "slashes": "//", "braces": "{", "closing": "}", "classes": "class A {", "strings": `"`,
		"annotations": "@SerializedName(", "members": "@SerializedName(\"a\") public ", "exposed": "@SerializedName(\"a\") @Expose(serialize ",
		"funcs": "func request *A ", "structs": "type A struct { B C `json:\"d\"` ", "consts": "A B = \"c\" ", "values": "enum A { @SerializedName(\"b\") ",
	} {
		t.Run(name, func(*testing.T) { read(strings.Repeat(unit, n/len(unit))) })
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{java, golang, numbered(java), withoutGenerics(java) + joined(golang)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		check := func(p sample.Place) {
			if p.Offset < 0 || p.Offset > len(text) {
				t.Fatalf("offset %d of %d", p.Offset, len(text))
			}
		}
		p := read(text)
		for _, c := range p.Classes {
			check(c.Place)
			for _, m := range c.Members {
				check(m.Place)
			}
		}
		for _, e := range p.Enums {
			check(e.Place)
			for _, v := range e.Values {
				check(v.Place)
			}
		}
	})
}
