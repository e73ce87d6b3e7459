package lint

import (
	"regexp"
	"strings"
	"time"

	"github.com/wxgen/wxgen/generator/load"
)

// sensitiveNames are the fields that the catalogue of operations marks as
// encrypted: at least twice, and at least three times as often as not.
// What other means encrypt (ciphertext) and lists are not among them.
var sensitiveNames = setOf(`
	bal_account_no bank_card_no card_address card_number cert_no certificate_id certificate_name
	consultation_phone_number contact_id_card_number contact_name cred_id email encrypted_credential_id
	encrypted_echo_message encrypted_name encrypted_phone_number encrypted_real_name id_card_name id_card_number
	id_digest id_doc_name id_doc_number identification_name identification_no identification_number identity_id mobile
	mobile_phone new_account_name payer_phone phone phone_number real_name tel ubo_id_doc_address ubo_id_doc_name
	ubo_id_doc_number user_chosen_values user_id_card user_name user_real_name`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// checkSensitive finds fields that would travel in clear text.
func checkSensitive(f *file, r report) {
	for _, x := range f.fields {
		t := x.schema.Target()
		marked := x.schema.Sensitive || t.Sensitive
		if !sensitiveNames[x.name] || t.Type() != "string" || marked || x.noted() {
			continue
		}
		r(x.pos, "write x-wx-sensitive: true, or an x-wx-note that this one travels in clear text",
			"other operations encrypt a field called %s", x.name)
	}
}

var timeName = regexp.MustCompile(`(^|_)time$`)

// checkTimes finds times that users would get as strings.
func checkTimes(f *file, r report) {
	for _, x := range f.fields {
		t := x.schema.Target()
		said := t.Format != "" || t.Pattern != "" || t.Const != nil || len(t.Enum)+len(t.AnyOf)+len(t.OneOf) > 0
		if t.Type() != "string" || said || x.noted() {
			continue
		}
		if timeName.MatchString(x.name) || isTime(x) {
			r(x.pos, "write format: date-time, or a pattern or an x-wx-note for what it holds", "%s seems to be a time", x.name)
		}
	}
}

// isTime tells that a field's example is a time as the platform writes it.
func isTime(x field) bool {
	values := x.schema.Examples
	if x.parameter != nil && x.parameter.Example != nil {
		values = append(values[:len(values):len(values)], x.parameter.Example)
	}
	for _, v := range values {
		if _, err := time.Parse(time.RFC3339, v.Value); err == nil {
			return true
		}
	}
	return false
}

var (
	amountName  = regexp.MustCompile(`(^|_)(amount|amt|price|fee|payer_total|payer_refund|settlement_total|settlement_refund)$`)
	amountLabel = regexp.MustCompile(`金额|单价|价格`)
	unitWord    = regexp.MustCompile(`(?i)\b(fen|yuan|cents?|minor units?|smallest (currency )?units?|per ?cent|percentage|number of)\b`)
)

// checkAmounts wants the unit of money where a programmer reads it.
func checkAmounts(f *file, r report) {
	for _, x := range f.fields {
		t := x.schema.Target()
		if t.Type() != "integer" || !amountName.MatchString(x.name) && !amountLabel.MatchString(x.title()) {
			continue
		}
		if !f.saysUnit(x, t) {
			r(x.pos, "say in the description that it is in fen", "%s seems to be an amount without a unit", x.name)
		}
	}
}

// saysUnit tells whether any text about a field names a unit.
func (f *file) saysUnit(x field, target *load.Schema) bool {
	return unitWord.MatchString(x.description()) || unitWord.MatchString(target.Description) ||
		x.description() == "" && unitWord.MatchString(f.glossary[x.name].description)
}
