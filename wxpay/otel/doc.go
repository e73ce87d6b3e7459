// Package wxotel shows the calls of package wxpay to OpenTelemetry. It is a module of its own, so that package wxpay needs
// nothing but the standard library; its name is not that of OpenTelemetry's API, which programs import beside it.
//
//	observer, err := wxotel.New()
//	…
//	client, err := wxpay.NewClient(wxpay.Config{Observer: observer, …})
//
// # Spans
//
// Each call is a span of kind internal, named after its operation, with a span of kind client for each try, named after
// method and path template, as the semantic conventions for HTTP say. A path is always shown as its template: values, the
// query among them, may be personal data. The context that the transport gets holds the span of the try. No traceparent is
// sent to WeChat Pay, unless an instrumented transport does.
//
//	wxpay.operation                  of the call: records.List
//	wxpay.mchid                      of the call
//	wxpay.tries                      of the call: how many requests were sent
//	wxpay.request_id                 of call and try: for WeChat Pay's support
//	wxpay.error.code                 of the call: SYSTEM_ERROR, of an answer that is an error
//	wxpay.outcome_unknown            of the call: true if it failed, and may have been carried out all the same
//	error.type                       of the call: a wxpay.ErrorClass; of the try: the status, or else the class
//	http.request.method, http.request.resend_count, http.response.status_code, server.address, server.port, url.template
//
// # Metrics
//
//	wxpay.client.call.duration    s  a histogram by wxpay.operation and error.type, with all tries and the waits between
//	http.client.request.duration  s  a histogram by method, template, host, status and error.type; one try each
//
// Neither texts of errors nor anything else of requests and answers becomes part of a span or a metric.
package wxotel
