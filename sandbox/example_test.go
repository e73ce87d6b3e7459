package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"github.com/wxgen/wxgen/sandbox"
	"github.com/wxgen/wxgen/wxpay"
)

// quotasOperation stands in for a generated package, which tests usually call.
var quotasOperation = &wxpay.Operation{
	Name:   "partner.GetServiceQuotas",
	Method: "GET",
	Path:   "/v3/payscore/partner/servicequotas/service-id/{service_id}",
}

type quotasRequest struct {
	ServiceID        string `json:"-" path:"service_id"`
	SubMchID         string `json:"-" query:"sub_mchid"`
	AppID            string `json:"-" query:"appid"`
	RiskLevelVersion int64  `json:"-" query:"risk_level_version"`
}

type quotasResponse struct {
	ServiceID string `json:"service_id"`
	Quotas    []struct {
		SuggestedQuota int64 `json:"suggested_quota"`
	} `json:"quotas"`
}

func Example() {
	srv, err := sandbox.New() // in a test: sandbox.Start(t)
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()
	client, err := wxpay.NewClient(srv.Config()) // or srv.Client()
	if err != nil {
		log.Fatal(err)
	}

	req := &quotasRequest{ServiceID: "2002", SubMchID: "1900000109", AppID: "wxd678", RiskLevelVersion: 1}
	var resp quotasResponse
	if err := client.Do(context.Background(), quotasOperation, req, &resp); err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.ServiceID, resp.Quotas[0].SuggestedQuota)

	srv.Fail("NO_AUTH", "partner.GetServiceQuotas")
	err = client.Do(context.Background(), quotasOperation, req, &resp)
	fmt.Println(errors.Is(err, wxpay.ErrNoAuth))

	for _, call := range srv.Calls() {
		fmt.Println(call.Status, call.Operation, call.Query.Get("sub_mchid"))
	}
	// Output:
	// 2002 1000
	// true
	// 200 partner.GetServiceQuotas 1900000109
	// 403 partner.GetServiceQuotas 1900000109
}

func ExampleServer_Handle() {
	srv, err := sandbox.New()
	if err != nil {
		log.Fatal(err)
	}
	defer srv.Close()
	srv.Handle("partner.GetServiceQuotas", func(r *sandbox.Request) (any, error) {
		if r.Query.Get("appid") != "wxd678" {
			return nil, r.Fail("NO_AUTH")
		}
		return map[string]any{"service_id": r.PathValue("service_id"), "quotas": []any{}}, nil
	})

	req := &quotasRequest{ServiceID: "2002", SubMchID: "1900000109", AppID: "other", RiskLevelVersion: 1}
	err = srv.Client().Do(context.Background(), quotasOperation, req, nil)
	fmt.Println(errors.Is(err, wxpay.ErrNoAuth))
	// Output: true
}
