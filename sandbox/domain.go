package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Domain is one of the addresses of a server. WeChat Pay has a main domain and a backup in another city that serves the same.
type Domain string

const (
	Main   Domain = "main"
	Backup Domain = "backup" // there with [WithBackup]
)

const (
	maxHeader = 64 << 10
	maxBody   = 10 << 20

	// idleTimeout is how long WeChat Pay keeps an idle connection.
	idleTimeout = 8 * time.Second

	// closeTimeout bounds how long Close waits for calls under way.
	closeTimeout = 5 * time.Second

	// reopenTimeout is how long Up tries to get an address back that something else uses.
	reopenTimeout = 2 * time.Second
)

// site is a domain and what listens on it.
type site struct {
	server  *Server
	domain  Domain
	address string

	mu    sync.Mutex
	http  *http.Server  // nil: it is down
	conns *connections  // of http
	done  chan struct{} // closed when the goroutine of http has ended
}

// Down makes a domain refuse connections and breaks off those that it has, calls under way included, until [Server.Up]. A
// client that is being answered cannot know whether its call was carried out.
func (s *Server) Down(domain Domain) {
	s.mustSite(domain).stop(func(h *http.Server, conns *connections) {
		_ = h.Close() // idle or not, all connections
		conns.closeAll()
	})
}

// Up ends what Down began, on the same address. It does nothing if the domain is up. The error says that something else has
// taken the address meanwhile.
func (s *Server) Up(domain Domain) error {
	site := s.mustSite(domain)
	var err error
	for end := time.Now().Add(reopenTimeout); ; time.Sleep(time.Millisecond) {
		if err = site.open(site.address); err == nil || time.Now().After(end) || s.ending.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	return nil
}

func (s *Server) mustSite(domain Domain) *site {
	switch {
	case domain == Main:
		return s.main
	case domain == Backup && s.backup != nil:
		return s.backup
	}
	panic(fmt.Sprintf("sandbox: the server has no domain %q; the backup needs WithBackup", domain))
}

// open listens, unless the site does already.
func (d *site) open(address string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.http != nil {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	d.address = listener.Addr().String()
	d.conns = new(connections)
	d.http = &http.Server{
		Handler:           d,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnState:         d.conns.track,
	}
	server, done := d.http, make(chan struct{})
	d.done = done
	go func() {
		defer close(done)
		_ = server.Serve(listener) // always ErrServerClosed: the listener is this server's alone
	}()
	return nil
}

// stop ends listening, and returns when nobody does any more.
func (d *site) stop(how func(*http.Server, *connections)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.http == nil {
		return
	}
	how(d.http, d.conns)
	<-d.done
	d.http = nil
}

// shutdown waits for the calls under way, up to closeTimeout.
func (d *site) shutdown() {
	d.stop(func(h *http.Server, conns *connections) {
		conns.closeFresh()
		ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
		defer cancel()
		if err := h.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
			_ = h.Close() // what still runs has had its time
			conns.closeAll()
		}
	})
}

// ServeHTTP answers what comes in on the domain.
func (d *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !d.server.calls.enter() {
		panic(http.ErrAbortHandler) // the server is closed
	}
	defer d.server.calls.leave()
	d.server.serve(w, r, d)
}

// name is the domain, empty for a server that is served elsewhere.
func (d *site) name() Domain {
	if d == nil {
		return ""
	}
	return d.domain
}

// forget is for connections that were taken over, whose end net/http does not see.
func (d *site) forget(conn net.Conn) {
	if d == nil {
		return
	}
	d.mu.Lock()
	conns := d.conns
	d.mu.Unlock()
	conns.track(conn, http.StateClosed)
}

// baseURL is how a program on this machine reaches a listener, which may listen on all addresses.
func baseURL(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "http://" + address
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// connections are those of a listener.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]http.ConnState
}

func (c *connections) track(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateClosed {
		delete(c.open, conn)
		return
	}
	if c.open == nil {
		c.open = make(map[net.Conn]http.ConnState)
	}
	c.open[conn] = state
}

// closeFresh closes those that have not sent a request yet. Clients open some ahead of need; http.Server would wait for them.
func (c *connections) closeFresh() {
	c.close(func(state http.ConnState) bool { return state == http.StateNew })
}

func (c *connections) closeAll() { c.close(func(http.ConnState) bool { return true }) }

func (c *connections) close(which func(http.ConnState) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn, state := range c.open {
		if which(state) {
			_ = conn.Close() // nothing that anybody still wants
		}
	}
}
