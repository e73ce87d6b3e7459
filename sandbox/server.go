package sandbox

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

// Server is a WeChat Pay for one merchant. It listens on URL from [New] or [Start] until Close, and is an http.Handler, which
// can be served elsewhere, too. It is safe for concurrent use.
type Server struct {
	// URL is where the server listens: scheme and host, without a path.
	URL string

	// BackupURL is where the backup domain listens. It is empty without [WithBackup].
	BackupURL string

	identity  *Identity
	trust     *trust
	catalogue *catalogue
	builtin   builtin
	now       func() time.Time
	observe   func(Call)

	nonces nonces
	rules  rules
	pages  pages
	calls  calls
	last   lastAnswers
	files  files

	main, backup *site // backup is nil without WithBackup
	ending       context.Context
	end          context.CancelFunc
	closeOnce    sync.Once

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
	if err := s.listen(settings); err != nil {
		s.Close()
		return nil, fmt.Errorf("sandbox: %w", err)
	}
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
	trust, err := newTrust(identity, settings.keys, settings.now)
	if err != nil {
		return nil, err
	}
	s := &Server{
		identity:  identity,
		trust:     trust,
		catalogue: catalogue,
		builtin:   newBuiltin(),
		now:       settings.now,
		observe:   settings.observe,
		pages:     pages{most: settings.items},
	}
	s.ending, s.end = context.WithCancel(context.Background())
	return s, nil
}

func (s *Server) listen(settings settings) error {
	s.main = &site{server: s, domain: Main}
	if err := s.main.open(settings.address); err != nil {
		return err
	}
	s.URL = baseURL(s.main.address)
	if !settings.backup {
		return nil
	}
	s.backup = &site{server: s, domain: Backup}
	if err := s.backup.open(settings.backupAddress); err != nil {
		return err
	}
	s.BackupURL = baseURL(s.backup.address)
	return nil
}

// Close stops listening, cuts delays short and waits for the calls under way, up to five seconds. It may be called twice.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		s.end()
		for _, site := range []*site{s.main, s.backup} {
			if site != nil {
				site.shutdown()
			}
		}
		s.calls.close(closeTimeout)
		s.clientOnce.Do(func() {})
		if s.client != nil {
			s.client.CloseIdleConnections()
		}
	})
}

// Config returns the configuration of a client that calls this server. It is complete; set what the program under test sets
// (Logger, Timeout, HTTPClient) on top. Each call returns PublicKeys of its own, with nothing downloaded yet.
func (s *Server) Config() wxpay.Config {
	config := s.identity.Config(s.URL)
	config.Now = s.now
	config.PublicKeys = s.trust.source()
	if s.BackupURL != "" {
		config.BackupURLs = []string{s.BackupURL}
	}
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
