package wxotel_test

import (
	"log"

	"github.com/wxgen/wxgen/wxpay"
	wxotel "github.com/wxgen/wxgen/wxpay/otel"
)

// Spans and metrics go to the providers that the program set with otel.SetTracerProvider and otel.SetMeterProvider.
func Example() {
	observer, err := wxotel.New()
	if err != nil {
		log.Fatal(err)
	}
	_ = wxpay.Config{Observer: observer} // and the rest of the configuration
}
