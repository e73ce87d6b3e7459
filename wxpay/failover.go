package wxpay

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	stayAway     = time.Minute     // how long calls go to a backup before one of them tries the main host again
	probeTimeout = 3 * time.Second // how long that one waits for a connection
)

// defaultEndpoints are the main domain and its backup in another city. The host is not part of what is signed.
var defaultEndpoints = []endpoint{defaultEndpoint, {scheme: "https", host: "api2.mch.weixin.qq.com"}}

// route is a list of endpoints that serve the same, the main one first, and knows which one is in use. All calls of a client
// go to the main one until it cannot be reached: a host changes on a failure to connect only, never because of an answer.
type route struct {
	endpoints []endpoint
	away      atomic.Bool // active is not 0; spares the lock while all is well

	mu     sync.Mutex
	active int
	probe  time.Time // when a call may try the main one again
}

// pick returns where a call goes first, and whether it is the one that finds out about the main endpoint.
func (r *route) pick() (index int, probing bool) {
	if !r.away.Load() {
		return 0, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.active != 0 && !time.Now().Before(r.probe) {
		r.probe = time.Now().Add(stayAway)
		return 0, true
	}
	return r.active, false
}

// unreachable notes that no connection to an endpoint came about.
func (r *route) unreachable(index int) {
	if len(r.endpoints) < 2 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.active == index {
		r.active = (index + 1) % len(r.endpoints)
	}
	r.probe = time.Now().Add(stayAway)
	r.away.Store(r.active != 0)
}

// reached notes that an endpoint answered. The main one is used again from then on.
func (r *route) reached(index int) {
	if index != 0 || !r.away.Load() {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active = 0
	r.away.Store(false)
}

// routes are the routes of a client, by the hosts of the operations.
type routes struct {
	fixed *route // of the configuration; nil: the operations say
	usual route  // of operations that name no host

	mu      sync.RWMutex
	byHosts map[string]*route
}

func newRoutes(config *Config) *routes {
	r := &routes{usual: route{endpoints: defaultEndpoints}, byHosts: make(map[string]*route)}
	if config.BaseURL == "" {
		return r
	}
	r.fixed = new(route)
	for _, base := range append([]string{config.BaseURL}, config.BackupURLs...) {
		endpoint, _ := parseEndpoint(base) // validated before
		r.fixed.endpoints = append(r.fixed.endpoints, endpoint)
	}
	return r
}

// of returns the route of an operation.
func (r *routes) of(op *Operation) *route {
	switch {
	case r.fixed != nil:
		return r.fixed
	case len(op.Hosts) == 0:
		return &r.usual
	}
	key := op.Hosts[0]
	if len(op.Hosts) > 1 {
		key = strings.Join(op.Hosts, " ")
	}
	r.mu.RLock()
	found := r.byHosts[key]
	r.mu.RUnlock()
	if found != nil {
		return found
	}
	return r.add(key, op.Hosts)
}

func (r *routes) add(key string, hosts []string) *route {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found := r.byHosts[key]; found != nil {
		return found
	}
	added := new(route)
	for _, host := range hosts {
		added.endpoints = append(added.endpoints, endpoint{scheme: "https", host: host})
	}
	r.byHosts[key] = added
	return added
}

// plan chooses where the first try goes: the option before the configuration before the operation.
func (c *call) plan() {
	if (c.settings.base != endpoint{}) {
		c.route = &route{endpoints: []endpoint{c.settings.base}}
		return
	}
	c.route = c.client.routes.of(c.op)
	c.at, c.probing = c.route.pick()
	c.probed = c.probing
}

// moveOn lets the next try go to the next endpoint, and reports whether it is one that this call has not tried.
func (c *call) moveOn() bool {
	n := len(c.route.endpoints)
	if n < 2 {
		return false
	}
	c.at, c.moves, c.probing = (c.at+1)%n, c.moves+1, false
	return c.moves < n
}
