package infer

import "github.com/wxgen/wxgen/transcribe/page"

// event completes a notification.
func (c *comparison) event(e *page.Event) {
	c.eventFields(e)
	c.gaps("envelope", e.Envelope)
	c.gaps("resource", e.Resource)
}

// eventFields completes the envelope of a notification and its decrypted data.
func (c *comparison) eventFields(e *page.Event) {
	envelope := &shape{}
	for _, example := range e.Examples {
		c.show(envelope, example, e.Envelope, "envelope")
	}
	w := witness{shape: envelope.below()}
	e.Envelope = c.nest("envelope", c.settle("envelope", e.Envelope, w, 0), w)
	c.fields("envelope", &e.Envelope, w, 0)

	data := &shape{}
	for _, example := range e.Decrypted {
		c.show(data, example, e.Resource, "resource")
	}
	w = witness{shape: data.below()}
	e.Resource = c.nest("resource", c.settle("resource", e.Resource, w, 0), w)
	if len(e.Resource) == 0 && w.shape != nil {
		c.find(w.shape.pos, page.Inferred, "resource", "the page describes no fields of the decrypted data: they are those of the example", "look at another copy of the page")
		e.Resource = c.grow("resource", w, 0)
		return
	}
	c.fields("resource", &e.Resource, w, 0)
}
