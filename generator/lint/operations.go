package lint

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// checkOperationID keeps method names short and handlers recognizable. An
// operation that has nothing but the package's name may keep it.
func checkOperationID(f *file, r report) {
	pkg := path.Base(model.Folder(f.name))
	for _, op := range f.doc.Operations {
		rest := camel.FindAllString(op.ID, -1)
		for _, word := range rest {
			if strings.EqualFold(word, pkg) && len(rest) > 1 {
				r(f.at(op.Pos, "operationId"), "leave it out: users write "+pkg+"."+strings.Replace(op.ID, word, "", 1),
					"operationId %s repeats the name of the package", op.ID)
			}
		}
	}
	for _, hook := range f.doc.Webhooks {
		if !strings.HasPrefix(hook.ID, "On") {
			r(f.at(hook.Pos, "operationId"), "write On"+hook.ID, "operationId %s names the function that registers a handler", hook.ID)
		}
	}
}

var camel = regexp.MustCompile(`[A-Z]+[a-z0-9]*`)

// checkSummaries wants the page's title.
func checkSummaries(f *file, r report) {
	for _, op := range f.ops {
		pos := f.at(op.Pos, "summary")
		switch {
		case op.Summary == "":
			r(pos, "write summary: with the page's title", "%s has no summary", op.ID)
		case !strings.ContainsFunc(op.Summary, isHan):
			r(pos, "write the page's Chinese title", "the summary of %s is not the page's title", op.ID)
		case strings.HasSuffix(strings.ToUpper(op.Summary), "API"):
			r(pos, "leave API out", "the summary of %s ends with API", op.ID)
		}
	}
}

func isHan(c rune) bool { return unicode.Is(unicode.Han, c) }

var thirdPerson = regexp.MustCompile(`^[A-Z][a-z-]*s\b`)

// notVerbs look like verbs in the third person.
var notVerbs = map[string]bool{"This": true, "Its": true, "As": true, "Is": true, "Has": true, "Was": true, "Does": true, "Plus": true}

// checkDescriptions wants a sentence whose subject is the operation: it
// becomes a doc comment behind the method's name.
func checkDescriptions(f *file, r report) {
	for _, op := range f.ops {
		if op.Description == "" {
			r(op.Pos, "say in English what it does, beginning with a verb", "%s has no description", op.ID)
			continue
		}
		if verb := thirdPerson.FindString(op.Description); verb == "" || notVerbs[verb] {
			r(f.at(op.Pos, "description"), "begin with Returns, Creates, Sets or the like",
				"the description of %s does not begin with a verb in the third person", op.ID)
		}
	}
}

// checkSources wants to know where facts come from. Where no page describes an
// operation, a note says what does.
func checkSources(f *file, r report) {
	for _, op := range f.ops {
		var lacks []string
		for _, part := range []struct {
			name  string
			empty bool
		}{
			{"page", op.Source.Page == "" && len(op.Notes) == 0},
			{"updated", op.Source.Updated == "" && len(op.Notes) == 0},
			{"roles", len(op.Source.Roles) == 0},
		} {
			if part.empty {
				lacks = append(lacks, part.name)
			}
		}
		if len(lacks) > 0 {
			r(f.at(op.Pos, "x-wx-doc"), "write them under x-wx-doc", "%s does not tell its source: %s", op.ID, strings.Join(lacks, ", "))
		}
	}
}

// checkAnswers wants the answer of success and that of failure.
func checkAnswers(f *file, r report) {
	for _, op := range f.ops {
		pos := f.at(op.Pos, "responses")
		if op.Success() == nil {
			r(pos, "declare '200' or what the page says", "%s declares no 2xx answer", op.ID)
		}
		if response(op, "default") == nil {
			r(pos, "refer to responses/Error of common.yaml", "%s does not declare what it answers on errors", op.ID)
		}
	}
}

func response(op *load.Operation, status string) *load.Response {
	for _, resp := range op.Responses {
		if resp.Status == status {
			return resp
		}
	}
	return nil
}

// checkOperationExamples wants what the emitted examples are made of.
func checkOperationExamples(f *file, r report) {
	for _, op := range f.doc.Operations {
		if op.Body != nil {
			exampleOf(op.Body.Content, r, "the body of "+op.ID)
		}
		if resp := op.Success(); resp != nil {
			exampleOf(resp.Content, r, "the answer of "+op.ID)
		}
		for _, p := range op.Parameters {
			t := p.Schema.Target()
			if p.Required && p.Example == nil && len(p.Schema.Examples)+len(t.Examples)+len(t.Enum) == 0 && t.Const == nil {
				r(p.Pos, "write example:", "the parameter %s has no example", p.Name)
			}
		}
	}
}

func exampleOf(content []load.Media, r report, what string) {
	if m := load.JSON(content); m != nil && len(m.Examples) == 0 {
		r(m.Pos, "write example:", "%s has no example", what)
	}
}

// mainHost has a backup, which clients turn to when it does not answer.
const (
	mainHost   = "https://api.mch.weixin.qq.com"
	backupHost = "https://api2.mch.weixin.qq.com"
)

// checkServers wants the backup domain. Overseas hosts have none.
func checkServers(f *file, r report) {
	if len(f.doc.Operations) == 0 {
		return
	}
	pos := load.Pos{File: f.name, Line: 1, Col: 1}
	if key, _ := member(f.root, "servers"); key != nil {
		pos = f.pos(key)
	}
	switch urls := f.doc.Servers; {
	case len(urls) == 0:
		r(pos, "list "+mainHost+" and "+backupHost, "the file does not say which servers answer")
	case urls[0].URL == mainHost && (len(urls) < 2 || urls[1].URL != backupHost):
		r(pos, "list "+backupHost+" second", "the backup domain is missing")
	case urls[0].URL == backupHost:
		r(pos, "list "+mainHost+" first", "the backup domain stands before the main domain")
	}
}

// checkWebhooks wants what a handler is made of and tried with.
func checkWebhooks(f *file, r report) {
	for _, hook := range f.doc.Webhooks {
		event, pos := hook.Event, f.at(hook.Pos, "x-wx-event")
		if !containsEvent(event, hook.Path) {
			r(pos, "key the webhook by its event type", "the webhook %s is not among its own event types", hook.Path)
		}
		if event.OriginalType == "" && len(hook.Notes) == 0 {
			r(pos, "write originalType:, or an x-wx-note that no source tells", "%s does not tell the original type", hook.ID)
		}
		if t := event.Resource.Target(); len(t.Examples) == 0 {
			r(t.Pos, "write examples: with a decrypted notification", "the resource of %s has no example", hook.ID)
		}
		if hook.Body == nil {
			r(hook.Pos, "refer to requestBodies/Notification of common.yaml", "%s does not declare its body", hook.ID)
		}
		if _, v := f.byPos[hook.Pos].member("security"); v == nil || v.Kind != yaml.SequenceNode || len(v.Content) > 0 {
			r(f.at(hook.Pos, "security"), "write security: []", "%s would be called with the merchant's authorization", hook.ID)
		}
	}
}

func containsEvent(e *load.Event, name string) bool {
	for _, t := range e.Types {
		if t == name {
			return true
		}
	}
	return false
}
