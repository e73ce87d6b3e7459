package wxpay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// maxStream bounds a streamed answer unless WithMaxBytes says otherwise: bills of more than 2 GiB exist.
const maxStream = 16 << 30

// Stream is an answer that is no JSON: a file. One that is signed was read whole and verified before it was handed over; one
// that is not is read as it comes, in constant memory. So are overseas statements, of which a hash is signed: they are
// unzipped, and checked as [Client.Download] checks files. Close it, whether it was read to its end or not. It is not safe for
// concurrent use.
type Stream struct {
	ContentType string // as the answer says; do not rely on it
	Length      int64  // bytes to come as announced, before they are unzipped if they are; -1 if unknown
	RequestID   string // for WeChat Pay's support; may be empty

	body io.ReadCloser
}

// delivery returns the [streamed]. Its type stays out of Stream: a package that names a type compiles whatever the methods of
// that type lead to, and Client, which every generated package names, leads to Stream.
func (s *Stream) delivery() any { return (*delivery)(s) }

// delivery is a Stream that is about to come.
type delivery Stream

// streamed is a [*delivery]. Nothing else leads to its methods, so that programs that read no streams are linked without them.
type streamed interface {
	deliver(ctx context.Context, c *call, m *message, timeout time.Duration) error
	take(a *answer)
}

// Read reads content. Only io.EOF says that it came whole. Any other error says that it did not: a [*SendError], or one that
// wraps [ErrHashMismatch], io.ErrUnexpectedEOF or what is wrong with the gzip data.
func (s *Stream) Read(p []byte) (int, error) {
	if s.body == nil {
		return 0, io.EOF
	}
	return s.body.Read(p)
}

// Close frees the connection. It may be called more than once.
func (s *Stream) Close() error {
	if s.body == nil {
		return nil
	}
	return s.body.Close()
}

// deliver makes a call whose answer is a stream: its context lives as long as the stream.
func (s *delivery) deliver(ctx context.Context, c *call, m *message, timeout time.Duration) error {
	if s == nil {
		return c.wrap("not started", errors.New("the *Stream for the answer is nil"))
	}
	c.statement = isStatement(c.op.Path) || m != nil && isStatement(m.path)
	guard := newGuard(ctx, timeout)
	c.until = guard.until
	if err := c.attempts(guard.ctx, m, s); err != nil {
		guard.end()
		return err
	}
	guard.rest()
	if c.answer.rest == nil {
		guard.end()
	} else {
		s.body = &streamBody{call: c, guard: guard, source: c.answer.rest, left: c.limit(maxStream)}
	}
	if c.statement {
		s.body = c.statementBody(s)
	}
	return nil
}

// take describes the answer. Its body follows when the call is over.
func (s *delivery) take(a *answer) {
	*s = delivery{ContentType: a.header.Get("Content-Type"), Length: a.length, RequestID: a.requestID()}
	if a.rest == nil {
		s.Length, s.body = int64(len(a.body)), io.NopCloser(bytes.NewReader(a.body))
	}
}

// guard is the context of a streamed call. Its timeout bounds not the whole, which may take hours, but each wait.
type guard struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	timeout time.Duration
	timer   *time.Timer // nil: no timeout
	until   time.Time   // when the wait for the answer ends; zero: never
}

func newGuard(parent context.Context, timeout time.Duration) *guard {
	g := &guard{timeout: timeout}
	g.ctx, g.cancel = context.WithCancelCause(parent)
	g.until, _ = parent.Deadline()
	if timeout <= 0 {
		return g
	}
	if until := time.Now().Add(timeout); g.until.IsZero() || until.Before(g.until) {
		g.until = until
	}
	stalled := fmt.Errorf("nothing came for %s: %w", timeout, context.DeadlineExceeded)
	g.timer = time.AfterFunc(timeout, func() { g.cancel(stalled) })
	return g
}

// wait starts a wait for content, rest ends it.
func (g *guard) wait() {
	if g.timer != nil {
		g.timer.Reset(g.timeout)
	}
}

func (g *guard) rest() {
	if g.timer != nil {
		g.timer.Stop()
	}
}

func (g *guard) end() {
	g.rest()
	g.cancel(nil)
}

// streamBody is the body of an answer on its way: bounded, with a timeout for each wait, and with errors that say whose it
// is.
type streamBody struct {
	call   *call
	guard  *guard
	source io.ReadCloser
	read   int64
	left   int64
	err    error // once there is one, it stays
}

func (b *streamBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.guard.wait()
	n, err := b.source.Read(p)
	b.guard.rest()
	if int64(n) > b.left {
		n, err = int(b.left), tooLarge(b.read+b.left)
	}
	b.read += int64(n)
	b.left -= int64(n)
	if err != nil {
		b.fail(err)
	}
	return n, b.err
}

// fail keeps the error and frees the connection.
func (b *streamBody) fail(err error) {
	if err == io.EOF {
		b.err = io.EOF
	} else {
		err = fmt.Errorf("reading the content after %d bytes: %w", b.read, err)
		b.err = b.call.settle(b.call.sendError(b.guard.ctx, err))
	}
	_ = b.source.Close()
	b.guard.end()
}

func (b *streamBody) Close() error {
	if b.err == nil {
		b.err = errClosed
		b.guard.end()
		return b.source.Close()
	}
	return nil
}

var errClosed = fmt.Errorf("wxpay: the stream is closed")
