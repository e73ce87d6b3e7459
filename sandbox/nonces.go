package sandbox

import (
	"sync"
	"time"
)

const (
	// nonceLife is how long a nonce can come again within the clock's window: five minutes before its time and five after.
	nonceLife = 2 * window

	// maxNonces bounds the memory, about 10 MB. Whoever sends more within nonceLife gets replays past the server.
	maxNonces = 1 << 16
)

// nonces remembers those that were used. There are two generations: when the younger is old or full, it becomes the older, and
// what was the older is forgotten. So a nonce is kept for at least nonceLife.
type nonces struct {
	mu             sync.Mutex
	younger, older map[string]struct{}
	since          time.Time // when the younger began
}

// use reports whether the nonce is new, and remembers it.
func (n *nonces) use(nonce string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.younger == nil || now.Sub(n.since) > nonceLife || len(n.younger) >= maxNonces {
		n.younger, n.older, n.since = make(map[string]struct{}), n.younger, now
	}
	if _, used := n.younger[nonce]; used {
		return false
	}
	if _, used := n.older[nonce]; used {
		return false
	}
	n.younger[nonce] = struct{}{}
	return true
}
