package sample

// annotation reads @SerializedName("a") and what it stands before: a member of
// a class or a value of an enum.
func (r *reader) annotation() {
	if !r.peek(0).is("SerializedName") {
		return
	}
	r.take()
	name := r.argument()
	s := r.inside()
	if s == nil || name.text == "" {
		return
	}
	switch s.kind {
	case javaEnum:
		if !r.program.full() {
			r.program.enum(s.name, r.place(s.at)).add(Value{name.text, r.place(name.at)})
		}
	case javaClass:
		m := Member{Name: name.text, Place: r.place(name.at)}
		m.Hidden = r.modifiers()
		m.Type = r.javaType()
		r.addMember(s, m)
	}
}

// argument reads ("a") and (value = "a").
func (r *reader) argument() token {
	const most = 6
	for i := 0; i < most && r.peek(0).kind != end; i++ {
		switch t := r.peek(0); {
		case t.kind == text:
			r.take()
			return t
		case t.is(")") || t.is("{") || t.is("}"):
			return token{}
		default:
			r.take()
		}
	}
	return token{}
}

var modifiers = map[string]bool{
	"public": true, "private": true, "protected": true, "final": true, "static": true, "transient": true,
}

// modifiers passes over everything between the name on the wire and the type,
// and tells whether an annotation keeps the member out of the body.
func (r *reader) modifiers() (hidden bool) {
	for {
		t := r.peek(0)
		switch {
		case t.is(")"), t.kind == word && modifiers[t.text]:
			r.take()
		case t.is("@"):
			r.take()
			hidden = r.otherAnnotation() || hidden
		default:
			return hidden
		}
	}
}

// otherAnnotation reads @Expose(serialize = false) and any other.
func (r *reader) otherAnnotation() (hidden bool) {
	if r.peek(0).kind != word {
		return false
	}
	expose := r.take().text == "Expose"
	if !r.peek(0).is("(") {
		return false
	}
	serialize := false
	for !r.peek(0).is(")") && !r.peek(0).is(";") && r.peek(0).kind != end {
		t := r.take()
		serialize = serialize || t.is("serialize")
		hidden = hidden || expose && serialize && t.is("false")
	}
	return hidden
}

// javaType reads T, a.b.T, List<T>, T[] and Map<K, V>. A List without
// generics is a list of which nobody knows what.
func (r *reader) javaType() Type {
	if r.peek(0).kind != word {
		return Type{}
	}
	name := r.take().text
	for r.peek(0).is(".") && r.peek(1).kind == word {
		r.take()
		name = r.take().text
	}
	switch name {
	case "List", "ArrayList", "Set", "Collection":
		return Type{Name: r.generic(), List: true}
	}
	list := r.peek(0).is("[") && r.peek(1).is("]")
	if name == "byte" {
		return Type{Name: Bytes}
	}
	return Type{Name: basic(name), List: list}
}

// generic reads <T>. Lists of lists and of maps are not told apart further.
func (r *reader) generic() string {
	if !r.peek(0).is("<") || r.peek(1).kind != word || !r.peek(2).is(">") {
		return ""
	}
	return basic(r.peek(1).text)
}
