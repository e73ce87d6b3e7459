package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

const (
	maxHeader = 64 << 10
	maxBody   = 10 << 20

	// idleTimeout is how long WeChat Pay keeps an idle connection.
	idleTimeout = 8 * time.Second

	// closeTimeout bounds how long Close waits for calls under way.
	closeTimeout = 5 * time.Second
)

// Server is a WeChat Pay for one merchant. It listens on URL from [New] or [Start] until Close, and is an http.Handler, which
// can be served elsewhere, too. It is safe for concurrent use.
type Server struct {
	// URL is where the server listens: scheme and host, without a path.
	URL string

	identity  *Identity
	catalogue *catalogue
	now       func() time.Time
	observe   func(Call)

	nonces nonces
	rules  rules
	pages  pages
	calls  calls

	http      *http.Server
	fresh     connections
	done      chan struct{} // closed when the listener's goroutine has ended
	ending    context.Context
	end       context.CancelFunc
	closeOnce sync.Once

	clientOnce sync.Once
	client     *wxpay.Client
}

// New returns a server that listens already, by default on a free port of 127.0.0.1. Close it after use.
func New(opts ...Option) (*Server, error) {
	settings := newSettings(opts)
	s, err := newServer(settings)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	listener, err := net.Listen("tcp", settings.address)
	if err != nil {
		return nil, fmt.Errorf("sandbox: listen: %w", err)
	}
	s.serve(listener)
	return s, nil
}

// TB is the part of testing.TB that [Start] needs.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Start is New for tests: the server is closed when the test ends, and a failure ends the test.
func Start(t TB, opts ...Option) *Server {
	t.Helper()
	s, err := New(opts...)
	if err != nil {
		t.Fatalf("%v", err)
		return nil // a TB whose Fatalf returns
	}
	t.Cleanup(s.Close)
	return s
}

func newServer(settings settings) (*Server, error) {
	catalogue, err := settings.catalogue()
	if err != nil {
		return nil, err
	}
	identity := settings.identity
	if identity == nil {
		if identity, err = sharedIdentity(); err != nil {
			return nil, err
		}
	}
	s := &Server{
		identity:  identity,
		catalogue: catalogue,
		now:       settings.now,
		observe:   settings.observe,
		pages:     pages{most: settings.items},
		done:      make(chan struct{}),
	}
	s.ending, s.end = context.WithCancel(context.Background())
	return s, nil
}

func (s *Server) serve(listener net.Listener) {
	s.URL = baseURL(listener.Addr())
	s.http = &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnState:         s.fresh.track,
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // always ErrServerClosed: the listener is this server's alone
	}()
}

// baseURL is how a program on this machine reaches a listener, which may listen on all addresses.
func baseURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Close stops listening, cuts delays short and waits for the calls under way, up to five seconds. It may be called twice.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		s.end()
		s.fresh.close()
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		if err := s.http.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			_ = s.http.Close() // what still runs has had its time
		}
		<-s.done
		s.clientOnce.Do(func() {})
		if s.client != nil {
			s.client.CloseIdleConnections()
		}
	})
}

// Config returns the configuration of a client that calls this server. It is complete; set what the program under test sets
// (Logger, Timeout, HTTPClient) on top.
func (s *Server) Config() wxpay.Config {
	config := s.identity.Config(s.URL)
	config.Now = s.now
	return config
}

// Client returns a client that calls this server, made from Config.
func (s *Server) Client() *wxpay.Client {
	s.clientOnce.Do(func() {
		client, err := wxpay.NewClient(s.Config())
		if err != nil {
			panic(fmt.Sprintf("sandbox: %v", err)) // an Identity is checked when it is made
		}
		s.client = client
	})
	return s.client
}

// Identity returns the merchant that the server serves.
func (s *Server) Identity() *Identity { return s.identity }

// connections are those that have not sent a request yet. Clients open some ahead of need; http.Server would wait for them.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]struct{}
}

func (c *connections) track(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state != http.StateNew {
		delete(c.open, conn)
		return
	}
	if c.open == nil {
		c.open = make(map[net.Conn]struct{})
	}
	c.open[conn] = struct{}{}
}

func (c *connections) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.open {
		_ = conn.Close() // nothing was sent over it
	}
}
