package wxredis_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is the Redis of this test run; no, with the reason, if there is none.
var server struct {
	address string
	missing error
}

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	stop, err := startServer()
	if err != nil {
		server.missing = err
		return m.Run()
	}
	defer stop()
	return m.Run()
}

// startServer starts a redis-server of its own, which writes nothing but into a directory that goes with it.
func startServer() (stop func(), err error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, errors.New("redis-server is not installed: apt-get install redis-server")
	}
	directory, err := os.MkdirTemp("", "wxredis")
	if err != nil {
		return nil, err
	}
	for range 5 { // another program may take the port in between
		port := freePort()
		process := exec.Command(program, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--dir", directory,
			"--save", "", "--appendonly", "no", "--daemonize", "no")
		if err = process.Start(); err != nil {
			continue
		}
		stop = func() {
			_ = process.Process.Kill()
			_ = process.Wait()
			os.RemoveAll(directory)
		}
		server.address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		if err = ready(server.address); err == nil {
			return stop, nil
		}
		_ = process.Process.Kill()
		_ = process.Wait()
	}
	os.RemoveAll(directory)
	return nil, fmt.Errorf("redis-server does not start: %w", err)
}

func freePort() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// ready waits for the server to answer. Only here does a test wait for the real clock: the server is another process.
func ready(address string) error {
	db := redis.NewClient(&redis.Options{Addr: address, MaxRetries: -1})
	defer db.Close()
	var err error
	for range 100 {
		if err = db.Ping(context.Background()).Err(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// connect returns a client of the server and a prefix that no other test has.
func connect(t testing.TB) (redis.UniversalClient, string) {
	t.Helper()
	if server.missing != nil {
		t.Skip(server.missing)
	}
	db := redis.NewClient(&redis.Options{Addr: server.address})
	t.Cleanup(func() { db.Close() })
	return db, "test-" + rand.Text() + ":"
}

// unreachable is a client of a server that is down.
func unreachable(t testing.TB) redis.UniversalClient {
	t.Helper()
	db := redis.NewClient(&redis.Options{Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(freePort())), MaxRetries: -1})
	t.Cleanup(func() { db.Close() })
	return db
}

// expireAll reports the keys under a prefix, and fails for those that would stay for ever.
func expireAll(t *testing.T, db redis.UniversalClient, prefix string) []string {
	t.Helper()
	names, err := db.Keys(t.Context(), prefix+"*").Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if left := db.PTTL(t.Context(), name).Val(); left <= 0 || left > 8*24*time.Hour {
			t.Errorf("key %q expires in %s", name, left)
		}
	}
	return names
}
