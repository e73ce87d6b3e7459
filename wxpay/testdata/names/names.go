// Package names names what every generated package names, or may.
package names

import "github.com/wxgen/wxgen/wxpay"

// Client is what a generated client is made of.
type Client struct {
	client *wxpay.Client
	file   wxpay.File
	stream *wxpay.Stream
	event  *wxpay.Event
}
