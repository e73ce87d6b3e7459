package sample

import "strings"

// reader walks over the tokens of a program and keeps account of the class,
// enum or struct that it is in.
type reader struct {
	lexer
	program *Program
	source  int

	depth   int
	scopes  []scope
	pending *scope // its name was read, its brace comes

	recent [8]token // the last tokens, the newest at 0
	call   *Call    // of the function whose head is being read
	ahead  []token  // read, but not yet walked over
}

type scopeKind int

const (
	javaClass scopeKind = iota
	javaEnum
	goStruct
)

type scope struct {
	kind  scopeKind
	name  string
	at    int
	depth int
}

const maxScopes = 100

// take returns the next token that is no digit: digits are line numbers that
// got into the program, or values that say nothing here.
func (r *reader) take() token {
	if len(r.ahead) > 0 {
		t := r.ahead[0]
		r.ahead = r.ahead[1:]
		return t
	}
	t := r.next()
	for t.kind == mark && t.text[0] >= '0' && t.text[0] <= '9' {
		t = r.next()
	}
	return t
}

// peek returns the token i places ahead.
func (r *reader) peek(i int) token {
	for len(r.ahead) <= i {
		saved := r.ahead
		r.ahead = nil
		t := r.take()
		r.ahead = append(saved, t)
	}
	return r.ahead[i]
}

func (r *reader) remember(t token) {
	copy(r.recent[1:], r.recent[:])
	r.recent[0] = t
}

func (r *reader) place(at int) Place { return Place{r.source, at} }

func (r *reader) run() {
	for t := r.take(); t.kind != end; t = r.take() {
		switch {
		case t.kind == text:
			r.literal(t)
		case t.kind == word:
			r.word(t)
		case t.text == "@":
			r.annotation()
		case t.text == "{":
			r.open()
		case t.text == "}":
			r.close()
		}
		r.remember(t)
	}
	r.endCall()
}

// inside is the class, enum or struct that a declaration here belongs to.
func (r *reader) inside() *scope {
	if n := len(r.scopes); n > 0 && r.scopes[n-1].depth == r.depth {
		return &r.scopes[n-1]
	}
	return nil
}

func (r *reader) open() {
	r.endCall()
	r.depth++
	if r.pending != nil && len(r.scopes) < maxScopes {
		r.pending.depth = r.depth
		r.scopes = append(r.scopes, *r.pending)
	}
	r.pending = nil
}

func (r *reader) close() {
	if r.inside() != nil {
		r.scopes = r.scopes[:len(r.scopes)-1]
	}
	r.depth = max(0, r.depth-1)
}

// word reads the declarations that begin with a word.
func (r *reader) word(t token) {
	name := r.peek(0)
	switch {
	case name.kind != word:
		r.heads(t)
	case t.text == "class":
		r.pending = &scope{kind: javaClass, name: name.text, at: name.at}
	case t.text == "enum":
		r.pending = &scope{kind: javaEnum, name: name.text, at: name.at}
	case t.text == "type" && r.peek(1).is("struct"):
		r.pending = &scope{kind: goStruct, name: name.text, at: name.at}
	case t.text == "type" && r.peek(1).is("string"):
		r.program.named[name.text] = true
	case t.text == "func":
		r.endCall()
		r.call = &Call{}
	}
}

// heads reads the heads of functions: RESPONSE run(REQUEST request) in Java,
// (request *REQUEST) (response *RESPONSE, err error) in Go.
func (r *reader) heads(t token) {
	switch {
	case t.text == "run" && r.peek(0).is("(") && r.recent[0].kind == word:
		c := Call{Response: r.recent[0].text}
		if r.peek(1).kind == word && r.peek(2).kind == word {
			c.Request = r.peek(1).text
		}
		r.addCall(c)
	case r.call != nil && r.peek(0).is("*") && r.peek(1).kind == word && !r.peek(2).is("."):
		switch t.text {
		case "request":
			r.call.Request = r.peek(1).text
		case "response":
			r.call.Response = r.peek(1).text
		}
	}
}

func (r *reader) endCall() {
	if r.call != nil && *r.call != (Call{}) {
		r.addCall(*r.call)
	}
	r.call = nil
}

func (r *reader) addCall(c Call) {
	for _, known := range r.program.Calls {
		if known == c {
			return
		}
	}
	if !r.program.full() && len(r.program.Calls) < maxValues {
		r.program.Calls = append(r.program.Calls, c)
	}
}

// literal reads what ends with a string: members of Go structs with their
// tags, and constants of Go types.
func (r *reader) literal(t token) {
	if tag, ok := jsonTag(t.text); ok {
		if s := r.inside(); s != nil && s.kind == goStruct {
			r.addMember(s, Member{Name: tag, Type: goType(r.recent[:]), Place: r.place(t.at)})
		}
		return
	}
	if r.recent[0].is("=") && r.recent[1].kind == word && r.recent[2].kind == word && !r.program.full() {
		r.program.consts = append(r.program.consts, constant{r.recent[1].text, Value{t.text, r.place(t.at)}})
	}
}

func jsonTag(tag string) (string, bool) {
	_, name, ok := strings.Cut(tag, `json:"`)
	if !ok {
		return "", false
	}
	name, _, _ = strings.Cut(name, `"`)
	name, _, _ = strings.Cut(name, ",")
	return name, name != "" && name != "-"
}

// goType reads the type before a tag, backwards: *T, []T, []*T, *pkg.T.
func goType(recent []token) Type {
	if recent[0].is("}") { // interface{}
		return Type{Name: Map}
	}
	if recent[0].kind != word {
		return Type{}
	}
	name, i := recent[0].text, 1
	if recent[i].is(".") {
		i += 2
	}
	for recent[i].is("*") {
		i++
	}
	list := recent[i].is("]") && recent[i+1].is("[")
	switch {
	case recent[i].is("]") && !list:
		return Type{Name: Map}
	case list && name == "byte":
		return Type{Name: Bytes}
	}
	return Type{Name: basic(name), List: list}
}

func basic(name string) string {
	if b, ok := basics[name]; ok {
		return b
	}
	return name
}

func (r *reader) addMember(s *scope, m Member) {
	if !r.program.full() {
		r.program.class(s.name, r.place(s.at)).add(m)
	}
}
