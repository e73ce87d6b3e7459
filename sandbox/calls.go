package sandbox

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Call is a request that was answered, also one that was refused.
type Call struct {
	*Request
	Status int
	Code   string // of an error answer; empty otherwise
}

// String returns one line, without the body.
func (c Call) String() string {
	text := fmt.Sprintf("%s %s: %d", c.Method, c.URI, c.Status)
	if c.Operation != "" && c.Operation != c.Method+" "+c.Path {
		text = c.Operation + " " + text
	}
	if c.Code != "" {
		text += " " + c.Code
	}
	return text
}

// The last calls are kept, so that a server that runs for days stays small.
const (
	maxCalls     = 10_000
	maxCallBytes = 64 << 20 // of bodies
)

type calls struct {
	mu    sync.Mutex
	list  []Call
	bytes int

	underWay sync.WaitGroup
	closed   bool
}

// enter counts something under way that Close waits for. It reports whether it may begin.
func (c *calls) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.underWay.Add(1)
	}
	return !c.closed
}

func (c *calls) leave() { c.underWay.Done() }

// close lets nothing begin any more, and waits for what is under way.
func (c *calls) close(limit time.Duration) {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	done := make(chan struct{})
	go func() {
		c.underWay.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(limit): // a function of the user's does not end
	}
}

// Calls returns the calls that were received since the start or the last [Server.Reset], the oldest first. The last 10,000
// are kept. The requests are shared: do not change them.
func (s *Server) Calls() []Call {
	s.calls.mu.Lock()
	defer s.calls.mu.Unlock()
	return slices.Clone(s.calls.list)
}

func (s *Server) record(call Call) {
	s.calls.add(call)
	if s.observe != nil {
		s.observe(call)
	}
}

func (c *calls) add(call Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, call)
	c.bytes += len(call.Body)
	drop := 0
	for len(c.list)-drop > maxCalls || c.bytes > maxCallBytes && drop < len(c.list) {
		c.bytes -= len(c.list[drop].Body)
		drop++
	}
	if drop > 0 {
		clear(c.list[:drop]) // so that the requests can be collected
		c.list = c.list[drop:]
	}
}

func (c *calls) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list, c.bytes = nil, 0
}
