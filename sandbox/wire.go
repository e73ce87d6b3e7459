package sandbox

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	defaultPace = 100 * time.Millisecond

	// bombPiece and bombPieces make a gigabyte. Gzip data may consist of pieces, so that one piece is compressed and sent
	// again and again.
	bombPiece  = 1 << 20
	bombPieces = 1 << 10

	chunkSize = 64 << 10
)

// early reports whether a fault comes before the request is read.
func (f Fault) early() bool { return f == FaultResetBefore }

// late reports whether a fault concerns how the answer is sent.
func (f Fault) late() bool {
	switch f {
	case FaultResetAfter, FaultHangUp, FaultSlowHeader, FaultSlowBody, FaultTruncated, FaultWrongLength, FaultEndless, FaultGzipBomb:
		return true
	}
	return false
}

// wire is a connection taken over from net/http, to say on it what net/http would not.
type wire struct {
	net.Conn
	server *Server
	pace   time.Duration
}

// takeOver takes the connection of a request. Where it cannot be had, as with HTTP/2, the answer is broken off, which is
// the nearest thing.
func (s *Server) takeOver(w http.ResponseWriter, rule *Rule) *wire {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	pace := rule.Pace
	if pace <= 0 {
		pace = defaultPace
	}
	return &wire{Conn: conn, server: s, pace: pace}
}

// reset closes the connection at once, with RST in place of FIN.
func (w *wire) reset() {
	conn := w.Conn
	if outer, ok := conn.(interface{ NetConn() net.Conn }); ok { // TLS
		conn = outer.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // without it the client sees an orderly end, no more
	}
	_ = conn.Close()
}

// misbehave sends an answer in a way that a fault demands, and ends the connection.
func (s *Server) misbehave(w http.ResponseWriter, rule *Rule, answer *Answer, at *site) {
	out := s.takeOver(w, rule)
	defer at.forget(out.Conn)
	switch rule.Fault {
	case FaultResetAfter, FaultResetBefore:
		out.reset()
		return
	case FaultHangUp:
	case FaultSlowHeader:
		out.slowly(head(answer, len(answer.Body)), answer.Body)
	case FaultSlowBody:
		if out.write(head(answer, len(answer.Body))) {
			out.slowly(answer.Body, nil)
		}
	case FaultTruncated:
		out.write(head(answer, len(answer.Body)+1), answer.Body[:len(answer.Body)/2])
	case FaultWrongLength:
		out.write(head(answer, len(answer.Body)/2), answer.Body)
	case FaultEndless:
		out.endless(answer)
	case FaultGzipBomb:
		out.bomb(answer)
	}
	_ = out.Close() // the answer was never meant to arrive whole
}

// head is status line and header of an answer. A negative length is for chunks.
func head(answer *Answer, length int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", answer.Status, http.StatusText(answer.Status))
	h := answer.Header.Clone()
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	h.Set("Connection", "close")
	if length >= 0 {
		h.Set("Content-Length", strconv.Itoa(length))
	} else {
		h.Set("Transfer-Encoding", "chunked")
	}
	_ = h.Write(&b) // a buffer takes all
	b.WriteString("\r\n")
	return b.Bytes()
}

// write reports whether everything could be sent.
func (w *wire) write(pieces ...[]byte) bool {
	for _, piece := range pieces {
		if _, err := w.Write(piece); err != nil || w.server.ending.Err() != nil {
			return false // the client is gone, or the server closes
		}
	}
	return true
}

// slowly sends text byte by byte, and then the rest at once.
func (w *wire) slowly(text, rest []byte) {
	ticker := time.NewTicker(w.pace)
	defer ticker.Stop()
	for i := range text {
		select {
		case <-ticker.C:
		case <-w.server.ending.Done():
			return
		}
		if !w.write(text[i : i+1]) {
			return
		}
	}
	w.write(rest)
}

func (w *wire) endless(answer *Answer) {
	if !w.write(head(answer, -1)) {
		return
	}
	if n := len(answer.Body); n > 0 && !w.write(fmt.Appendf(nil, "%x\r\n%s\r\n", n, answer.Body)) {
		return
	}
	chunk := fmt.Appendf(nil, "%x\r\n%s\r\n", chunkSize, bytes.Repeat([]byte(" "), chunkSize))
	for w.write(chunk) {
	}
}

// bombPieceZipped is a piece of the bomb, about one kilobyte.
var bombPieceZipped = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	_, _ = io.CopyN(zip, spaces{}, bombPiece) // a buffer takes all
	_ = zip.Close()
	return b.Bytes()
})

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func (w *wire) bomb(answer *Answer) {
	piece := bombPieceZipped()
	answer.Header.Set("Content-Encoding", "gzip")
	ok := w.write(head(answer, bombPieces*len(piece)))
	for i := 0; ok && i < bombPieces; i++ {
		ok = w.write(piece)
	}
}
