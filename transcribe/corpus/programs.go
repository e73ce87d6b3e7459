package corpus

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/transcribe/page"
)

// The sample programs of the doc centre, as far as they say anything of fields.

// classes are the objects of a program in the order in which it declares them.
type classes struct {
	names  []string
	fields map[string][]*Field
	enums  []*Field
	seen   map[string]bool
}

func (o *Op) classes() *classes {
	c := &classes{fields: map[string][]*Field{}, seen: map[string]bool{}}
	c.add("GadgetRequest", append(append(append([]*Field(nil), o.InPath...), o.InQuery...), o.Body...))
	c.add("GadgetResponse", o.Answer.Fields)
	return c
}

func (c *classes) add(name string, fields []*Field) {
	if c.seen[name] {
		return
	}
	c.seen[name] = true
	c.names = append(c.names, name)
	c.fields[name] = fields
	for _, f := range fields {
		if len(f.Kids) > 0 {
			c.add(camel(f.Name), f.Kids)
		}
		if isEnum(f) && !c.seen["Enum"+camel(f.Name)] {
			c.seen["Enum"+camel(f.Name)] = true
			c.enums = append(c.enums, f)
		}
	}
}

var identifier = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// isEnum tells whether a program would declare the values as an enum.
func isEnum(f *Field) bool {
	for _, v := range f.Enum {
		if !identifier.MatchString(v.Name) {
			return false
		}
	}
	return len(f.Enum) > 0
}

func camel(name string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func lowerCamel(name string) string {
	c := camel(name)
	return strings.ToLower(c[:1]) + c[1:]
}

// java is the program in Java.
func (o *Op) java() string {
	c := o.classes()
	w := &writer{}
	w.line("package com.java.demo;").blank()
	w.line("import com.google.gson.annotations.SerializedName;").line("import java.util.List;").blank()
	w.line("/**").line(" * ", o.Title).line(" */")
	w.line("public class GadgetCall {")
	w.line(`  private static String HOST = "https://api.mch.weixin.qq.com";`)
	w.line(`  private static String METHOD = "`, o.Method, `";`)
	w.line(`  private static String PATH = "`, o.Path, `";`).blank()
	w.line("  public static void main(String[] args) {")
	w.line(`    GadgetCall client = new GadgetCall("19xxxxxxxx", "1DDE55AD98Exxxxxxxxxx");`)
	w.line("    GadgetRequest request = new GadgetRequest();")
	w.line("    try {").line("      GadgetResponse response = client.run(request);").line("      System.out.println(response);")
	w.line("    } catch (WXPayUtility.ApiException e) {").line("      e.printStackTrace();").line("    }").line("  }").blank()
	w.line("  public GadgetResponse run(GadgetRequest request) {").line("    String uri = PATH;")
	w.line("    Request.Builder reqBuilder = new Request.Builder().url(HOST + uri);")
	w.line("    try (Response httpResponse = client.newCall(httpRequest).execute()) {")
	w.line("      if (httpResponse.code() >= 200 && httpResponse.code() < 300) {").line("        // 2XX 成功，验证应答签名")
	w.line("        return WXPayUtility.fromJson(respBody, GadgetResponse.class);").line("      }").line("    }").line("  }").blank()
	for _, name := range c.names {
		javaClass(w, name, c.fields[name])
	}
	for _, f := range c.enums {
		javaEnum(w, f)
	}
	w.line("}")
	return w.String()
}

func javaClass(w *writer, name string, fields []*Field) {
	w.line("  public static class ", name, " {")
	for _, f := range fields {
		w.line(`    @SerializedName("`, f.Name, `")`)
		w.line("    public ", javaType(f), " ", lowerCamel(f.Name), ";").blank()
	}
	w.line("  }").blank()
}

func javaEnum(w *writer, f *Field) {
	w.line("  public enum Enum", camel(f.Name), " {")
	for i, v := range f.Enum {
		comma := ","
		if i == len(f.Enum)-1 {
			comma = ""
		}
		w.line(`    @SerializedName("`, v.Name, `")`).line("    ", v.Name, comma)
	}
	w.line("  }").blank()
}

func javaType(f *Field) string {
	element := func(t page.Type) string {
		switch {
		case isEnum(f):
			return "Enum" + camel(f.Name)
		case t == page.Integer:
			return "Long"
		case t == page.Boolean:
			return "Boolean"
		case t == page.Number:
			return "Double"
		case t == page.Object:
			return camel(f.Name)
		}
		return "String"
	}
	if f.Type == page.Array {
		return "List<" + element(f.Items) + ">"
	}
	return element(f.Type)
}

// golang is the program in Go.
func (o *Op) golang() string {
	c := o.classes()
	w := &writer{}
	w.line("package main").blank()
	w.line("import (").line("\t\"encoding/json\"").line("\t\"net/http\"").line(")").blank()
	w.line("func main() {").line("\trequest := &GadgetRequest{}").line("\tresponse, err := GadgetCall(config, request)")
	w.line("\tfmt.Println(response)").line("}").blank()
	w.line("func GadgetCall(config *wxpay_utility.MchConfig, request *GadgetRequest) (response *GadgetResponse, err error) {")
	w.line("\tif httpResponse.StatusCode >= 200 && httpResponse.StatusCode < 300 {").line("\t\tresponse := &GadgetResponse{}")
	w.line("\t\tif err := json.Unmarshal(respBody, response); err != nil {").line("\t\t\treturn nil, err").line("\t\t}")
	w.line("\t\treturn response, nil").line("\t}").line("}").blank()
	for _, name := range c.names {
		w.line("type ", name, " struct {")
		for _, f := range c.fields[name] {
			w.line(fmt.Sprintf("\t%s %s `json:\"%s,omitempty\"`", camel(f.Name), goType(f), f.Name))
		}
		w.line("}").blank()
	}
	for _, f := range c.enums {
		goEnum(w, f)
	}
	return w.String()
}

func goEnum(w *writer, f *Field) {
	name := "Enum" + camel(f.Name)
	w.line("type ", name, " string").blank()
	w.line("func (e ", name, ") Ptr() *", name, " {").line("\treturn &e").line("}").blank()
	w.line("const (")
	for _, v := range f.Enum {
		w.line("\t", strings.ToUpper(name), "_", v.Name, " ", name, ` = "`, v.Name, `"`)
	}
	w.line(")").blank()
}

func goType(f *Field) string {
	element := func(t page.Type) string {
		switch {
		case isEnum(f):
			return "Enum" + camel(f.Name)
		case t == page.Integer:
			return "int64"
		case t == page.Boolean:
			return "bool"
		case t == page.Number:
			return "float64"
		case t == page.Object:
			return camel(f.Name)
		case f.Time:
			return "time.Time"
		}
		return "string"
	}
	if f.Type == page.Array {
		return "[]" + element(f.Items)
	}
	return "*" + element(f.Type)
}
