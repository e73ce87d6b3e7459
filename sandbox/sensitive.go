package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"

	"github.com/wxgen/wxgen/generator/load"
)

// reveal decrypts what the client encrypted, so that everything after it sees plain text. The body as sent stays in Body: it
// is what was signed.
func (s *Server) reveal(req *Request) error {
	op := req.route.operation
	if op == nil {
		return nil
	}
	if err := s.revealQuery(req, op); err != nil {
		return err
	}
	if op.Body == nil || req.multi {
		return nil
	}
	media := load.JSON(op.Body.Content)
	if media == nil || !holdsSensitive(media.Schema) {
		return nil
	}
	value, err := decodeJSON(req.plain)
	if err != nil {
		return nil // checkText says where
	}
	value, err = walkSensitive([]*load.Schema{media.Schema}, value, "", func(path, text string) (string, error) {
		return s.decrypt(req, text, detail{field: path, location: "body"})
	})
	if err != nil {
		return err
	}
	req.plain, err = marshal(value)
	return err
}

func (s *Server) revealQuery(req *Request, op *load.Operation) error {
	for _, p := range op.Parameters {
		if p.In != "query" || !isSensitive(expand([]*load.Schema{p.Schema})) {
			continue
		}
		for i, text := range req.Query[p.Name] {
			plain, err := s.decrypt(req, text, detail{field: p.Name, location: "query"})
			if err != nil {
				return err
			}
			req.Query[p.Name][i] = plain
		}
	}
	return nil
}

// decrypt decrypts a text with the key that the request names. where says in an error which text it is.
func (s *Server) decrypt(req *Request, text string, where detail) (string, error) {
	if text == "" {
		return "", nil
	}
	id := req.Header.Get("Wechatpay-Serial")
	key := s.trust.decrypter(id)
	if key == nil {
		where.issue = "is sensitive: encrypt it with WeChat Pay's key, and name that in the header Wechatpay-Serial; " + s.trust.describe()
		return "", paramError(where)
	}
	ciphertext, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		var plain []byte
		if plain, err = rsa.DecryptOAEP(sha1.New(), nil, key, ciphertext, nil); err == nil {
			return string(plain), nil
		}
	}
	where.issue = "cannot be decrypted with " + id + ", which the header Wechatpay-Serial names: it is plain text, or encrypted with another key or padding"
	return "", paramError(where)
}

// encrypt encrypts a text to the merchant.
func (i *Identity) encrypt(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	ciphertext, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, &i.key.PublicKey, []byte(text), nil)
	if err != nil {
		return "", fmt.Errorf("encrypt a sensitive field of %d bytes: %w", len(text), err)
	}
	return base64.StdEncoding.EncodeToString(ciphertext), nil
}

// conceal encrypts the sensitive fields of the content of an answer or a notification.
func (s *Server) conceal(schema *load.Schema, content any) (any, error) {
	if schema == nil || !holdsSensitive(schema) {
		return content, nil
	}
	switch content.(type) {
	case object, list:
	default: // a value of the user's
		text, err := marshal(content)
		if err != nil {
			return nil, err
		}
		if content, err = decodeJSON(text); err != nil {
			return nil, err
		}
	}
	return walkSensitive([]*load.Schema{schema}, content, "", func(path, text string) (string, error) {
		out, err := s.identity.encrypt(text)
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		return out, nil
	})
}

// answerSchema is the schema of a success in JSON, nil if there is none.
func (r *route) answerSchema() *load.Schema {
	if r.operation == nil {
		return nil
	}
	success := r.operation.Success()
	if success == nil {
		return nil
	}
	if media := load.JSON(success.Content); media != nil {
		return media.Schema
	}
	return nil
}

// holdsSensitive reports whether a schema or one below it is marked.
func holdsSensitive(schema *load.Schema) bool {
	seen := make(map[*load.Schema]bool)
	var visit func(s *load.Schema) bool
	visit = func(s *load.Schema) bool {
		if s == nil || seen[s] {
			return false
		}
		seen[s] = true
		return s.Sensitive || slices.ContainsFunc(s.Parts(), visit)
	}
	return visit(schema)
}

// expand returns schemas with all that says something about the same value.
func expand(schemas []*load.Schema) []*load.Schema {
	var out []*load.Schema
	var add func(s *load.Schema)
	add = func(s *load.Schema) {
		if s == nil || slices.Contains(out, s) {
			return
		}
		out = append(out, s)
		for _, other := range slices.Concat([]*load.Schema{s.Ref}, s.AllOf, s.OneOf, s.AnyOf) {
			add(other)
		}
	}
	for _, s := range schemas {
		add(s)
	}
	return out
}

func isSensitive(schemas []*load.Schema) bool {
	return slices.ContainsFunc(schemas, func(s *load.Schema) bool { return s.Sensitive })
}

// walkSensitive replaces each sensitive text of a value. Several schemas may describe one value, and the text is replaced once.
func walkSensitive(schemas []*load.Schema, value any, path string, change func(path, text string) (string, error)) (any, error) {
	schemas = expand(schemas)
	if len(schemas) == 0 {
		return value, nil
	}
	if text, ok := value.(string); ok {
		if isSensitive(schemas) {
			return change(path, text)
		}
		return walkDocument(schemas, text, path, change)
	}
	var errs []error
	step := func(below []*load.Schema, value any, name string) any {
		out, err := walkSensitive(below, value, path+"/"+name, change)
		errs = append(errs, err)
		return out
	}
	switch value := value.(type) {
	case map[string]any:
		for name := range value {
			value[name] = step(members(schemas, name), value[name], name)
		}
	case object:
		for i := range value {
			value[i].value = step(members(schemas, value[i].name), value[i].value, value[i].name)
		}
	case []any:
		for i := range value {
			value[i] = step(elements(schemas), value[i], strconv.Itoa(i))
		}
	case list:
		for i := range value {
			value[i] = step(elements(schemas), value[i], strconv.Itoa(i))
		}
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return value, nil
}

// walkDocument goes into a JSON document that is a string.
func walkDocument(schemas []*load.Schema, text, path string, change func(path, text string) (string, error)) (any, error) {
	var inner []*load.Schema
	for _, s := range schemas {
		if s.ContentSchema != nil && holdsSensitive(s.ContentSchema) {
			inner = append(inner, s.ContentSchema)
		}
	}
	if len(inner) == 0 {
		return text, nil
	}
	value, err := decodeJSON([]byte(text))
	if err != nil {
		return text, nil // no document; the validator says so
	}
	value, err = walkSensitive(inner, value, path, change)
	if err != nil {
		return nil, err
	}
	out, err := marshal(value)
	return string(out), err
}

// members returns what schemas say about a member. Free names have what is said about all of them.
func members(schemas []*load.Schema, name string) []*load.Schema {
	var out []*load.Schema
	for _, s := range schemas {
		if p := s.Property(name); p != nil {
			out = append(out, p.Schema)
		} else if s.Additional != nil {
			out = append(out, s.Additional)
		}
	}
	return out
}

// elements returns what schemas say about the items of a list. Those of a list that is marked are marked.
func elements(schemas []*load.Schema) []*load.Schema {
	var out []*load.Schema
	for _, s := range schemas {
		if s.Sensitive {
			out = append(out, &load.Schema{Sensitive: true})
		}
		if s.Items != nil {
			out = append(out, s.Items)
		}
	}
	return out
}
