package wxredis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/wxgen/wxgen/wxpay"
)

// Events returns a store for [wxpay.Notifications], with which a fleet handles each event once.
func (s *Stores) Events() wxpay.EventStore { return &events{db: s.db, prefix: s.prefix + "event:"} }

// events keeps an event under one key: "c" and the token while it is claimed, "d" and the answer once it is done.
type events struct {
	db     redis.UniversalClient
	prefix string
}

// begin takes a claim that bears the very token for granted: go-redis sends a script again when the connection broke before
// the answer came, and the event must not wait for the lease of nobody.
var begin = redis.NewScript(`
local held = redis.call('GET', KEYS[1])
if not held or held == 'c' .. ARGV[1] then
	redis.call('SET', KEYS[1], 'c' .. ARGV[1], 'PX', ARGV[2])
	return {'new', ''}
end
if string.sub(held, 1, 1) == 'd' then
	return {'done', string.sub(held, 2)}
end
return {'in progress', ''}
`)

var abandon = redis.NewScript(`
if redis.call('GET', KEYS[1]) == 'c' .. ARGV[1] then
	return redis.call('DEL', KEYS[1])
end
return 0
`)

func (e *events) Begin(ctx context.Context, key string, lease time.Duration) (wxpay.EventClaim, error) {
	token := rand.Text()
	reply, err := begin.Run(ctx, e.db, []string{e.prefix + key}, token, milliseconds(lease)).StringSlice()
	if err != nil {
		return wxpay.EventClaim{}, fmt.Errorf("redis: begin an event: %w", err)
	}
	if len(reply) != 2 {
		return wxpay.EventClaim{}, errors.New("redis: begin an event: the reply is not the script's")
	}
	switch reply[0] {
	case "new":
		return wxpay.EventClaim{State: wxpay.EventNew, Token: token}, nil
	case "done":
		return wxpay.EventClaim{State: wxpay.EventDone, Answer: answerOf(reply[1])}, nil
	}
	return wxpay.EventClaim{State: wxpay.EventInProgress}, nil
}

// answerOf tells no answer from an empty one: only the former is answered with 204.
func answerOf(text string) []byte {
	if text == "" {
		return nil
	}
	return []byte(text)
}

func (e *events) Finish(ctx context.Context, key, _ string, answer []byte, keep time.Duration) error {
	value := append([]byte("d"), answer...)
	if err := e.db.Set(ctx, e.prefix+key, value, roundUp(keep)).Err(); err != nil {
		return fmt.Errorf("redis: record an event as done: %w", err)
	}
	return nil
}

func (e *events) Abandon(ctx context.Context, key, token string) error {
	if err := abandon.Run(ctx, e.db, []string{e.prefix + key}, token).Err(); err != nil {
		return fmt.Errorf("redis: abandon an event: %w", err)
	}
	return nil
}

// roundUp makes whole milliseconds, at least one: go-redis takes zero for «never expires».
func roundUp(d time.Duration) time.Duration { return time.Duration(milliseconds(d)) * time.Millisecond }
