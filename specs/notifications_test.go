package specs_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"testing"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// inseparable are notifications whose contents do not tell them from those of
// another package, so that no receiver takes both.
var inseparable = []string{"transfers/partnerbills.OnAuthorizationChange"}

// TestNotifications sends the example of each webhook to one receiver with the
// handlers of all packages. The right one gets it, and what it gets marshals
// back to the example.
func TestNotifications(t *testing.T) {
	srv := sandbox.Start(t)
	var heard []told
	all := receiver(merchant(t, srv), handlers, func(x told) { heard = append(heard, x) })
	for _, doc := range documents(t) {
		folder := model.Folder(doc.File)
		for _, hook := range doc.Webhooks {
			name := folder + "." + hook.ID
			if handlers[name] == nil {
				t.Errorf("%s: the table of handlers lacks %s", hook.Pos, name)
				continue
			}
			to := all
			if slices.Contains(inseparable, name) {
				to = wxpay.NewNotifications(merchant(t, srv), handlers[name](func(x told) { heard = append(heard, x) }))
			}
			heard = nil
			notify(t, srv, to, path.Base(folder)+"."+hook.ID)
			if len(heard) != 1 || heard[0].handler != name {
				t.Errorf("%s: it went to %v", hook.Pos, heard)
				continue
			}
			comesBack(t, hook, heard[0].content)
		}
	}
}

func receiver(client *wxpay.Client, handlers map[string]func(func(told)) wxpay.EventHandler, note func(told)) *wxpay.Notifications {
	var all []wxpay.EventHandler
	for _, name := range slices.Sorted(maps.Keys(handlers)) {
		if !slices.Contains(inseparable, name) {
			all = append(all, handlers[name](note))
		}
	}
	return wxpay.NewNotifications(client, all...)
}

func notify(t *testing.T, srv *sandbox.Server, to http.Handler, webhook string) {
	t.Helper()
	request, err := srv.Notification(t.Context(), "https://shop.example/notify", webhook, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	to.ServeHTTP(answer, request)
	if answer.Code > 299 {
		t.Errorf("%s: answered %d %s", webhook, answer.Code, answer.Body)
	}
}

func comesBack(t *testing.T, hook *load.Operation, content any) {
	t.Helper()
	data, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	example := hook.Event.Resource.Target().Examples[0]
	if sent, got := parse(t, jsonOf(t, example)), parse(t, data); !same(sent, got) {
		t.Errorf("%s: the content does not marshal back\nsent %s\n got %s", hook.Pos, indent(sent), indent(got))
	}
}
