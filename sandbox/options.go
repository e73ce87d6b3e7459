package sandbox

import (
	"io/fs"
	"time"
)

// Option changes how a server is made. Without options it holds all embedded specs and an identity that the process shares.
type Option func(*settings)

type settings struct {
	address   string
	identity  *Identity
	catalogue func() (*catalogue, error)
	now       func() time.Time
	items     int
	observe   func(Call)
	keys      Keys

	backup        bool
	backupAddress string
}

// defaultItems is how many items a list holds. With the page sizes that examples have it makes several pages.
const defaultItems = 25

func newSettings(opts []Option) settings {
	s := settings{
		address:   "127.0.0.1:0",
		catalogue: embedded,
		now:       time.Now,
		items:     defaultItems,
	}
	for _, option := range opts {
		option(&s)
	}
	return s
}

// WithAddress makes the server listen on an address of net.Listen, such as "127.0.0.1:8080".
func WithAddress(address string) Option {
	return func(s *settings) { s.address = address }
}

// WithIdentity makes the server serve this merchant, usually one from [OpenIdentity].
func WithIdentity(identity *Identity) Option {
	return func(s *settings) { s.identity = identity }
}

// WithSpecs makes the server answer the operations of these specs, and no others. Without file names it takes every .yaml
// file below the root of fsys.
func WithSpecs(fsys fs.FS, files ...string) Option {
	return func(s *settings) {
		s.catalogue = func() (*catalogue, error) { return loadCatalogue(fsys, files...) }
	}
}

// WithClock gives the server another clock. [Server.Config] takes it over.
func WithClock(now func() time.Time) Option {
	return func(s *settings) { s.now = now }
}

// WithItems sets how many items each list holds, in place of 25. [Server.SetItems] sets it for one operation.
func WithItems(n int) Option {
	return func(s *settings) { s.items = max(n, 0) }
}

// WithObserver calls observe for each call that was answered, before the caller sees the answer. Calls run at the same time,
// so observe must be safe for concurrent use.
func WithObserver(observe func(Call)) Option {
	return func(s *settings) { s.observe = observe }
}

// WithBackup gives the server a second domain, on a free port of 127.0.0.1 or on the address that is given. It serves the
// same, and [Server.Config] names both. Rules can be for one of them, see [Rule.Domain], and each can be down, see
// [Server.Down].
func WithBackup(address ...string) Option {
	return func(s *settings) {
		s.backup, s.backupAddress = true, "127.0.0.1:0"
		if len(address) > 0 {
			s.backupAddress = address[0]
		}
	}
}

// WithKeys says which keys WeChat Pay has for the merchant. Default: PublicKeyOnly.
func WithKeys(keys Keys) Option {
	return func(s *settings) { s.keys = keys }
}
