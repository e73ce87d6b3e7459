package wxredis

import (
	"time"

	"github.com/redis/go-redis/v9"
)

// Stores makes the stores that share one Redis. It is safe for concurrent use.
type Stores struct {
	db     redis.UniversalClient
	prefix string
}

// New returns stores in db, whose keys all begin with prefix; "" stands for "wxpay:". The timeouts of db bound each
// operation: set them below the 5 s that WeChat Pay waits for the answer to a notification.
func New(db redis.UniversalClient, prefix string) *Stores {
	if prefix == "" {
		prefix = "wxpay:"
	}
	return &Stores{db: db, prefix: prefix}
}

// milliseconds rounds up, because Redis refuses to keep a key for no time at all.
func milliseconds(d time.Duration) int64 {
	return max(1, (d + time.Millisecond - 1).Milliseconds())
}
