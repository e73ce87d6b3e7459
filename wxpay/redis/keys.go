package wxredis

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/wxgen/wxgen/wxpay"
)

const (
	maxKeys  = 2 << 20            // bytes; what a KeyStore has to give at most
	keepKeys = 7 * 24 * time.Hour // certificates are renewed twice a day; older ones help nobody
)

// Keys returns a store for the certificates of one merchant, with which one process of a fleet downloads them and the others
// read them. What is stored holds no secret, and is proven again when it is read.
func (s *Stores) Keys(mchID string) wxpay.KeyStore {
	return &keys{db: s.db, key: s.prefix + "keys:" + mchID}
}

type keys struct {
	db  redis.UniversalClient
	key string
}

// Load reads no more than a KeyStore has to give: someone else's value under the key may be long.
func (k *keys) Load(ctx context.Context) ([]byte, error) {
	text, err := k.db.GetRange(ctx, k.key, 0, maxKeys-1).Bytes()
	if err != nil {
		return nil, fmt.Errorf("redis: load keys: %w", err)
	}
	return text, nil // empty where there is no such key
}

func (k *keys) Save(ctx context.Context, data []byte) error {
	if err := k.db.Set(ctx, k.key, data, keepKeys).Err(); err != nil {
		return fmt.Errorf("redis: save keys: %w", err)
	}
	return nil
}
