package wiki

import (
	"github.com/wxgen/wxgen/transcribe/block"
	"github.com/wxgen/wxgen/transcribe/infer/document"
)

// members are the names that examples show in an object, and what each of
// them holds. An array holds what its elements hold.
type members struct{ names map[string]*members }

// of is what a member holds, or nil if no example shows the member.
func (m *members) of(name string) *members {
	if m == nil {
		return nil
	}
	return m.names[name]
}

func (m *members) known() bool { return m != nil && len(m.names) > 0 }

// shown is what the examples of a part show, all together.
func shown(ps pieces) *members {
	m := &members{names: map[string]*members{}}
	for i := range ps {
		if ps[i].head || ps[i].Kind != block.Code {
			continue
		}
		for _, d := range document.Read(ps[i].Text) {
			m.merge(d.Value)
		}
	}
	return m
}

func (m *members) merge(v *document.Value) {
	for _, item := range v.Items {
		m.merge(item)
	}
	for _, member := range v.Members {
		child := m.names[member.Name]
		if child == nil {
			child = &members{names: map[string]*members{}}
			m.names[member.Name] = child
		}
		child.merge(member.Value)
	}
}
