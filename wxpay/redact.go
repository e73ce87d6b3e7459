package wxpay

import (
	"encoding/json"
	"fmt"
	"io"
)

const hidden = "[hidden]"

// Format writes who the merchant is, whatever the verb, and no key. Package fmt cannot call it for a Config in an unexported
// field of another struct: do not keep a Config there, keep the Client, which shows no key even then.
func (c Config) Format(state fmt.State, _ rune) { writeFields(state, "wxpay.Config", c.public()) }

// MarshalJSON returns what Format writes. A Config cannot be read back from it.
func (c Config) MarshalJSON() ([]byte, error) { return marshalFields(c.public()) }

func (c Config) public() []field {
	return []field{
		{"MchID", c.MchID},
		{"SerialNo", c.SerialNo},
		{"Scheme", c.scheme().Name()},
		{"Signer", presence(c.Signer != nil)},
		{"Decrypter", presence(c.Decrypter != nil)},
		{"APIv3Key", presence(c.APIv3Key != "")},
		{"BaseURL", c.BaseURL},
	}
}

// Format writes who the merchant is, whatever the verb, and no key.
func (c Client) Format(state fmt.State, _ rune) {
	writeFields(state, "wxpay.Client", c.public())
}

// MarshalJSON returns what Format writes.
func (c Client) MarshalJSON() ([]byte, error) { return marshalFields(c.public()) }

func (c Client) public() []field {
	return []field{{"MchID", c.mchID}, {"SerialNo", c.serialNo}, {"Host", c.base.host}}
}

// Format writes what the event is, whatever the verb, and not its content.
func (e Event) Format(state fmt.State, _ rune) {
	writeFields(state, "wxpay.Event", e.public())
}

func (e Event) public() []field {
	return []field{
		{"ID", e.ID},
		{"EventType", e.EventType},
		{"OriginalType", e.OriginalType},
		{"CreateTime", e.CreateTime.Text()},
		{"Summary", e.Summary},
	}
}

// field is a pair that may be shown.
type field struct{ name, value string }

func presence(set bool) string {
	if set {
		return hidden
	}
	return ""
}

func writeFields(w io.Writer, name string, fields []field) {
	separator := "{"
	_, _ = io.WriteString(w, name)
	for _, f := range fields {
		_, _ = fmt.Fprintf(w, "%s%s:%q", separator, f.name, f.value)
		separator = " "
	}
	_, _ = io.WriteString(w, "}")
}

func marshalFields(fields []field) ([]byte, error) {
	object := make(map[string]string, len(fields))
	for _, f := range fields {
		object[f.name] = f.value
	}
	return json.Marshal(object)
}
