package runtime

import (
	"bytes"
	"fmt"
	"net"
	"sync/atomic"
	"time"
)

// mock answers every request with the same rightly signed body. It verifies nothing and allocates nothing for an answer, so
// that what is counted in this process is the client's. The time in the signature is renewed well within five minutes.
type mock struct {
	listener net.Listener
	answer   atomic.Pointer[[]byte]
	stop     chan struct{}
}

const renewEvery = time.Minute

func newMock(k keys, body []byte) (*mock, error) {
	m := &mock{stop: make(chan struct{})}
	if err := m.renew(k, body); err != nil {
		return nil, err
	}
	var err error
	if m.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	go m.keepFresh(k, body)
	go m.accept()
	return m, nil
}

func (m *mock) url() string { return "http://" + m.listener.Addr().String() }

func (m *mock) close() error {
	close(m.stop)
	return m.listener.Close()
}

func (m *mock) renew(k keys, body []byte) error {
	s, err := k.sign(body)
	if err != nil {
		return err
	}
	answer := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nDate: %s\r\n"+
		"Request-Id: 08F78BB5AF0610D302\r\nWechatpay-Nonce: %s\r\nWechatpay-Serial: %s\r\nWechatpay-Signature: %s\r\n"+
		"Wechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048\r\nWechatpay-Timestamp: %s\r\nContent-Length: %d\r\n\r\n%s",
		time.Now().UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"), s.nonce, publicKeyID, s.signature, s.timestamp, len(body), body)
	m.answer.Store(&answer)
	return nil
}

func (m *mock) keepFresh(k keys, body []byte) {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	for {
		select {
		case <-m.stop:
			return
		case <-ticker.C:
			_ = m.renew(k, body) // it succeeded before, with the same key
		}
	}
}

func (m *mock) accept() {
	for {
		conn, err := m.listener.Accept()
		if err != nil {
			return
		}
		go m.serve(conn)
	}
}

func (m *mock) serve(conn net.Conn) {
	defer conn.Close()
	buffer := make([]byte, 16<<10)
	filled := 0
	for {
		n, err := conn.Read(buffer[filled:])
		if err != nil {
			return
		}
		filled += n
		if !complete(buffer[:filled]) {
			continue
		}
		filled = 0
		if _, err := conn.Write(*m.answer.Load()); err != nil {
			return
		}
	}
}

var (
	headerEnd    = []byte("\r\n\r\n")
	lengthHeader = []byte("Content-Length: ")
)

// complete reports whether a request is there with its body.
func complete(request []byte) bool {
	head, body, ok := bytes.Cut(request, headerEnd)
	if !ok {
		return false
	}
	length := 0
	if _, value, ok := bytes.Cut(head, lengthHeader); ok {
		for _, c := range value {
			if c < '0' || c > '9' {
				break
			}
			length = 10*length + int(c-'0')
		}
	}
	return len(body) >= length
}
