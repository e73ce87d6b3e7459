package wxpay_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wxgen/wxgen/wxpay"
)

func TestTimeDecoding(t *testing.T) {
	instant := time.Date(2018, 6, 8, 2, 34, 56, 0, time.UTC)
	for text, c := range map[string]struct {
		valid bool
		sent  string
	}{
		`"2018-06-08T10:34:56+08:00"`:     {true, `"2018-06-08T10:34:56+08:00"`},
		`"2018-06-08T10:34:56.000+08:00"`: {true, `"2018-06-08T10:34:56+08:00"`},
		`"2018-06-08T02:34:56\u005a"`:     {true, `"2018-06-08T02:34:56+00:00"`},
		`"a\"b"`:                          {false, `"a\"b"`},
		`"2018-06-08T02:34:56Z"`:          {true, `"2018-06-08T02:34:56+00:00"`},
		`"2018-06-08T02:34:56.000Z"`:      {true, `"2018-06-08T02:34:56+00:00"`},
		`"不限制"`:                           {false, `"不限制"`},
		`"2018-06-08 10:34:56"`:           {false, `"2018-06-08 10:34:56"`},
		`1528425296`:                      {false, `"1528425296"`},
		`{"a":1}`:                         {false, `"{\"a\":1}"`},
		`""`:                              {false, `""`},
		`null`:                            {false, `""`},
	} {
		var got wxpay.Time
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got.Valid() != c.valid || c.valid && !got.Time.Equal(instant) {
			t.Errorf("%s: valid %v, %v", text, got.Valid(), got.Time)
		}
		if sent, err := json.Marshal(got); err != nil || string(sent) != c.sent {
			t.Errorf("%s is sent as %s, %v; want %s", text, sent, err, c.sent)
		}
		if empty := text == `""` || text == `null`; got.IsZero() != empty {
			t.Errorf("%s: IsZero is %v", text, got.IsZero())
		}
	}
}

func TestTime(t *testing.T) {
	a := wxpay.NewTime(time.Date(2018, 6, 8, 10, 34, 56, 999, time.FixedZone("", 8*3600)))
	if got := a.String(); got != "2018-06-08T10:34:56+08:00" || got != a.Text() {
		t.Errorf("text is %s", got)
	}
	b := wxpay.NewTime(a.Time.UTC())
	if !a.Equal(b) || !cmp.Equal(a, b) || a.Equal(wxpay.Time{}) {
		t.Error("the same instant in another zone is not equal")
	}
	if _, err := json.Marshal(wxpay.NewTime(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))); err == nil {
		t.Error("a year of five digits is sent")
	}
	type request struct {
		Time wxpay.Time `json:"time,omitzero"`
	}
	if got := must(json.Marshal(request{})); string(got) != "{}" {
		t.Errorf("a time that is not set is sent: %s", got)
	}
	var parsed wxpay.Time
	if err := parsed.UnmarshalText(must(a.MarshalText())); err != nil || parsed.Unix() != a.Unix() {
		t.Errorf("%v, %v", parsed, err)
	}
}

func TestJSON(t *testing.T) {
	type doc struct {
		A int `json:"a"`
	}
	type envelope struct {
		Doc  *wxpay.JSON[doc] `json:"doc,omitzero"`
		Must wxpay.JSON[doc]  `json:"must,omitzero"`
	}
	for text, c := range map[string]struct {
		value int
		text  string
		bad   bool
	}{
		`{"doc":"{\"a\": 1}"}`:    {1, `{"a": 1}`, false},
		`{"doc":{"a":2}}`:         {2, `{"a":2}`, false},
		`{"doc":"不限制"}`:           {0, "不限制", true},
		`{"doc":"{\"a\":\"x\"}"}`: {0, `{"a":"x"}`, true},
		`{"doc":""}`:              {0, `{"a":0}`, false},
	} {
		var got envelope
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got.Doc.Value.A != c.value || got.Doc.Text() != c.text || (got.Doc.Err() != nil) != c.bad {
			t.Errorf("%s: %+v, text %s, %v", text, got.Doc.Value, got.Doc.Text(), got.Doc.Err())
		}
		if c.bad {
			if again := must(json.Marshal(got.Doc)); string(again) != text[len(`{"doc":`):len(text)-1] {
				t.Errorf("%s is sent again as %s", text, again)
			}
		}
	}
	var none envelope
	if err := json.Unmarshal([]byte(`{"doc":null,"must":null}`), &none); err != nil || none.Doc != nil {
		t.Errorf("%+v, %v", none, err)
	}
	if got := must(json.Marshal(envelope{Must: wxpay.JSON[doc]{Value: doc{3}}})); string(got) != `{"must":"{\"a\":3}"}` {
		t.Errorf("sent as %s", got)
	}
	if got := must(json.Marshal(envelope{})); string(got) != `{}` {
		t.Errorf("a document that is not set is sent: %s", got)
	}
}

func TestFormatOfAWordIsTheWord(t *testing.T) {
	var word, moment wxpay.Time
	for text, into := range map[string]*wxpay.Time{`"不限制"`: &word, `"2018-06-08T10:34:56+08:00"`: &moment} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	if got := word.Format(time.DateOnly); got != "不限制" {
		t.Errorf("the word reads %q", got)
	}
	if got := moment.Format(time.DateOnly); got != "2018-06-08" {
		t.Errorf("the time reads %q", got)
	}
}
