package wxpay

import (
	"context"
	"time"
)

// Logger takes records: a message, and keys with their values in turn. A *slog.Logger is one. It stands here as an interface so
// that a program that does not log does not contain log/slog.
type Logger interface {
	DebugContext(ctx context.Context, msg string, args ...any)
	InfoContext(ctx context.Context, msg string, args ...any)
	WarnContext(ctx context.Context, msg string, args ...any)
}

// newLogger takes a nil *slog.Logger for none.
func newLogger(logger Logger) Logger {
	if isNilPointer(logger) {
		return nil
	}
	return logger
}

// logOutcome writes a record of something that went well, Debug, or did not, Info.
func logOutcome(ctx context.Context, logger Logger, err error, message string, args []any) {
	if err == nil {
		logger.DebugContext(ctx, message, args...)
		return
	}
	logger.InfoContext(ctx, message, append(args, "error", errorKind(err))...)
}

// log writes the record of the call. Paths and queries may hold names and tokens, so the operation stands for them.
func (c *call) log(ctx context.Context, err error) {
	logger := c.client.logger
	if logger == nil {
		return
	}
	args := []any{"operation", c.op.label(), "host", c.host, "tries", c.tries}
	if c.answer != nil {
		args = append(args, "status", c.answer.status, "request_id", c.answer.requestID())
	}
	logOutcome(ctx, logger, err, "wechat pay call", append(args, "duration", time.Since(c.started)))
}

func (n *Notifications) log(ctx context.Context, event *Event, status int, repeat bool, err error, started time.Time) {
	logger := n.client.logger
	if logger == nil {
		return
	}
	var args []any
	if event != nil {
		args = append(args, "event_type", cut(event.EventType, 64), "id", cut(event.ID, 64))
	}
	args = append(args, "duration", time.Since(started), "status", status)
	if repeat {
		args = append(args, "repeat", true)
	}
	logOutcome(ctx, logger, err, "wechat pay notification", args)
}

// logStore notes a failure of the store, which nothing else shows.
func (c *Client) logStore(ctx context.Context, doing string, err error) {
	if err != nil && c.logger != nil {
		c.logger.WarnContext(ctx, "wechat pay key store", "doing", doing, "error", err.Error())
	}
}
