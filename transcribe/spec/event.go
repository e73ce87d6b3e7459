package spec

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/transcribe/page"
)

// draftEvent builds a webhook anew, keyed by its first event type.
func (b *builder) draftEvent(e *page.Event, file, name string) *yaml.Node {
	b.nouns = []string{eventNoun(e)}
	example := b.documentOf(e.Decrypted, e.Resource, "resource")
	example = b.fit("the decrypted example", e.Resource, example)
	resource := b.resource(e, example)
	if !e.OriginalType.Known() {
		b.todo = append(b.todo, "The page does not tell original_type.")
	}
	var types []*yaml.Node
	for _, t := range e.Types {
		types = append(types, text(t.Value.Value))
	}
	return mapping(pair{"post", mapping(
		pair{"operationId", text(name)},
		pair{"summary", given(summary(e.Title.Value))},
		pair{"x-wx-doc", docNode(e.Doc, e.Updated, e.Roles)},
		pair{"x-wx-todo", texts(b.todo)},
		pair{"x-wx-event", mapping(
			pair{"types", sequence(types...)},
			pair{"originalType", given(e.OriginalType.Value)},
			pair{"resource", resource},
		)},
		pair{"security", sequence()},
		pair{"requestBody", reference(common(file) + "#/components/requestBodies/Notification")},
		pair{"responses", b.eventAnswers(e, file)},
	)})
}

// resource makes the decrypted data a component.
func (b *builder) resource(e *page.Event, example *yaml.Node) *yaml.Node {
	c := &component{short: eventNoun(e)}
	b.components = append(b.components, c)
	at := place{}.below(c)
	at.holders = nil // fields of the data bear names of their own
	members := b.members(e.Resource, example, at)
	var examples []*yaml.Node
	if example != nil {
		examples = []*yaml.Node{example}
	}
	c.node = mapping(append(append([]pair{{"type", text("object")}, {"title", given(summary(e.Title.Value))}}, members...),
		pair{"examples", some(examples)})...)
	return refer(c)
}

func (b *builder) eventAnswers(e *page.Event, file string) *yaml.Node {
	n := mapping()
	status := 204
	for _, s := range e.Answers {
		if s.Value == 200 || s.Value == 204 {
			status = s.Value
		}
	}
	n.Content = append(n.Content, text(strconv.Itoa(status)), mapping(pair{"description", text("接收成功, the notification was accepted.")}))
	n.Content = append(n.Content, text("default"), reference(common(file)+"#/components/responses/Error"))
	return n
}

// findEvent finds the webhook of a notification: of those that have one of its
// types, the one whose data has most of its fields. Products share types, so
// that one with other data is another notification; and what was joined before
// is not joined here.
func (w *writer) findEvent(e *page.Event) (best *file, at string, found *yaml.Node) {
	most := -1
	for _, t := range e.Types {
		for _, name := range w.tree.events[t.Value.Value] {
			f := w.tree.files[name]
			eachWebhook(f.root, func(key string, hook *yaml.Node) {
				if w.heard[name+" "+key] || !listed(value(hook, "x-wx-event", "types"), t.Value.Value) {
					return
				}
				if n, ok := w.alike(f, hook, e); ok && n > most {
					best, at, found, most = f, key, hook, n
				}
			})
		}
	}
	return best, at, found
}

// alike counts the fields that a webhook shares with a notification, and tells
// whether they are enough for it to be the same one.
func (w *writer) alike(f *file, hook *yaml.Node, e *page.Event) (int, bool) {
	original := word(hook, "x-wx-event", "originalType")
	if original != "" && e.OriginalType.Known() && original != e.OriginalType.Value {
		return 0, false
	}
	if m := word(hook, "x-wx-event", "member"); m != "" && len(e.Resource) > 0 && page.Find(e.Resource, m) == nil {
		return 0, false
	}
	m := &merger{w: w, f: f}
	resource := m.site(value(hook, "x-wx-event", "resource"))
	has := value(resource.target, "properties")
	if has == nil || len(e.Resource) == 0 {
		return 0, true
	}
	shared := 0
	for _, field := range e.Resource {
		if value(has, field.Name.Value) != nil {
			shared++
		}
	}
	return shared, 3*shared >= 2*min(len(e.Resource), len(has.Content)/2)
}

// mergeEvent brings the facts of a notification into a webhook.
func (w *writer) mergeEvent(f *file, hook *yaml.Node, e *page.Event) error {
	m := w.newMerger(f, hook, e.Types[0].Value.Value, e.Updated.Value, e.Roles)
	m.b.nouns = []string{eventNoun(e)}
	m.doc(e.Doc, e.Updated, e.Roles)
	event := value(hook, "x-wx-event")
	if e.OriginalType.Known() && word(event, "originalType") != e.OriginalType.Value {
		m.differ(fact{at: "x-wx-event", what: "original type", page: e.OriginalType.Value, spec: word(event, "originalType"),
			pos: e.OriginalType.Pos, node: hook}, func() { m.set(event, "originalType", text(e.OriginalType.Value), eventOrder) })
	}
	for _, t := range e.Types {
		if !listed(value(event, "types"), t.Value.Value) {
			m.differ(fact{at: "x-wx-event", what: "event type", page: t.Value.Value, pos: t.Value.Pos, node: hook},
				func() { m.f.addItem(value(event, "types"), text(t.Value.Value)) })
		}
	}
	m.fields(e.Resource, m.site(value(event, "resource")), shown(e.Decrypted, e.Resource), "")
	return m.finish(e.Updated.Value)
}

var eventOrder = strings.Fields("types originalType resource")

// eventNoun names what an event is about: all words of its type, or those that
// its types have in common.
func eventNoun(e *page.Event) string {
	if len(e.Types) == 0 {
		return "Notification"
	}
	shared := strings.Split(e.Types[0].Value.Value, ".")
	for _, t := range e.Types[1:] {
		words := strings.Split(t.Value.Value, ".")
		n := 0
		for n < len(words) && n < len(shared) && words[n] == shared[n] {
			n++
		}
		shared = shared[:n]
	}
	if len(shared) == 0 {
		shared = []string{e.Types[0].Value.Value}
	}
	return model.GoName(strings.Join(shared, "."))
}

func eventName(e *page.Event) string { return "On" + eventNoun(e) }

func eventKey(e *page.Event) (string, error) {
	if len(e.Types) == 0 {
		return "", fmt.Errorf("the notification %s names no event type", e.Title.Value)
	}
	return e.Types[0].Value.Value, nil
}
