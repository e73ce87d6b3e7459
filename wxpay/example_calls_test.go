package wxpay_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/bill"
)

// A RoundTripper around the usual one sees every request as it goes out, signed. Whatever it changes on the request line or
// in the body makes the signature wrong; headers may be added.
func ExampleNewTransport() {
	transport := wxpay.NewTransport()
	transport.MaxIdleConnsPerHost = 256

	config := wxpay.Config{
		// … MchID, SerialNo, Signer, PublicKeys …
		HTTPClient: &http.Client{Transport: timed{transport}},
	}
	_, _ = wxpay.NewClient(config)
}

// timed is a middleware.
type timed struct{ next http.RoundTripper }

func (c timed) RoundTrip(r *http.Request) (*http.Response, error) {
	begun := time.Now()
	response, err := c.next.RoundTrip(r)
	log.Print(r.Method, " ", r.URL.Host, " ", time.Since(begun)) // not the path: it may hold numbers of orders
	return response, err
}

// A policy for a batch job, which has more time than a web page.
func ExampleRetryPolicy() {
	config := wxpay.Config{
		// … MchID, SerialNo, Signer, PublicKeys …
		Timeout: 5 * time.Minute,
		Retry:   wxpay.RetryPolicy{MaxTries: 8, MaxWait: time.Minute, TryTimeout: 30 * time.Second},
		Limiter: wxpay.NewLimiter(0.5), // this process is one of two
	}
	_, _ = wxpay.NewClient(config)
}

// metrics observes calls. OpenTelemetry fits in the same way: start a span where a context is returned, and end the span that
// the context has.
type metrics struct{}

func (metrics) StartCall(ctx context.Context, _ *wxpay.CallInfo) context.Context { return ctx }
func (metrics) StartTry(ctx context.Context, _ *wxpay.TryInfo) context.Context   { return ctx }
func (metrics) EndTry(context.Context, *wxpay.TryInfo)                           {}

func (metrics) EndCall(_ context.Context, call *wxpay.CallInfo) {
	fmt.Printf("%s: class %q, %d tries\n", call.Operation, call.Class, call.Tries)
}

func ExampleObserver() {
	config := config() // MchID, SerialNo, Signer, PublicKeys
	config.Observer = metrics{}
	client, err := wxpay.NewClient(config)
	if err != nil {
		log.Fatal(err)
	}
	op := &wxpay.Operation{Name: "orders.Close", Method: http.MethodPost, Path: "/v3/pay/transactions/out-trade-no/{out_trade_no}/close"}
	_ = client.Do(context.Background(), op, &struct {
		OutTradeNo string `json:"-" path:"out_trade_no"`
	}{}, nil)
	// Output: orders.Close: class "request", 0 tries
}

// The trade bill of a day: asked for, downloaded, unzipped, checked against its hash and against its summary.
func ExampleClient_Download() {
	var client *wxpay.Client // from NewClient

	type billRequest struct {
		BillDate string `json:"-" query:"bill_date"`
		TarType  string `json:"-" query:"tar_type"`
	}
	type billResponse struct {
		HashType    string `json:"hash_type"`
		HashValue   string `json:"hash_value"`
		DownloadURL string `json:"download_url"`
	}
	op := &wxpay.Operation{Name: "bills.TradeBill", Method: http.MethodGet, Path: "/v3/bill/tradebill"}
	sum := func(ctx context.Context, day string) (total int64, err error) {
		var resp billResponse
		if err := client.Do(ctx, op, &billRequest{day, "GZIP"}, &resp); err != nil {
			return 0, err
		}
		file, err := client.Download(ctx, resp.DownloadURL, wxpay.Hash{Type: resp.HashType, Value: resp.HashValue})
		if err != nil {
			return 0, err
		}
		defer file.Close()
		for trade, err := range bill.ReadTrades(file).Rows() {
			if err != nil {
				return 0, err // also errors.Is(err, wxpay.ErrHashMismatch), or bill.ErrSummary
			}
			total += trade.OrderTotal
		}
		return total, nil
	}
	_ = sum
}

// A picture is uploaded. Its name, its digest and its media type follow from the file.
func ExampleFile() {
	var client *wxpay.Client // from NewClient

	type meta struct {
		Filename string `json:"filename" wx:"required,len=..128"`
		SHA256   string `json:"sha256" wx:"required"`
	}
	type uploadRequest struct {
		File wxpay.File `json:"-" form:"file" wx:"required"`
		Meta meta       `json:"-" form:"meta"`
	}
	op := &wxpay.Operation{Name: "media.Upload", Method: http.MethodPost, Path: "/v3/merchant/media/upload"}
	upload := func(ctx context.Context, path string) (mediaID string, err error) {
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer file.Close()
		var resp struct {
			MediaID string `json:"media_id"`
		}
		err = client.Do(ctx, op, &uploadRequest{File: wxpay.File{Name: "license.jpg", Content: file}}, &resp)
		return resp.MediaID, err
	}
	_ = upload
}

// An answer that is a file is copied as it comes. Only when Copy returns no error is it whole.
func ExampleStream() {
	var client *wxpay.Client // from NewClient

	op := &wxpay.Operation{Name: "complaints.Image", Method: http.MethodGet, Path: "/v3/merchant-service/images/{media_id}", Unsigned: true}
	type imageRequest struct {
		MediaID string `json:"-" path:"media_id"`
	}
	save := func(ctx context.Context, id string, to io.Writer) error {
		var stream wxpay.Stream
		if err := client.Do(ctx, op, &imageRequest{id}, &stream, wxpay.WithMaxBytes(10<<20)); err != nil {
			return err
		}
		_, err := io.Copy(to, &stream)
		return errors.Join(err, stream.Close())
	}
	_ = save
}
