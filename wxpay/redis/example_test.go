package wxredis_test

import (
	"log"
	"net/http"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wxgen/wxgen/wxpay"
	wxredis "github.com/wxgen/wxgen/wxpay/redis"
)

// All processes of a fleet are set up alike; an event that any of them has handled calls no handler again.
func Example() {
	db := redis.NewClient(&redis.Options{Addr: "localhost:6379", ReadTimeout: time.Second, WriteTimeout: time.Second})
	stores := wxredis.New(db, "shop:")

	certificates := &wxpay.DownloadedCertificates{Store: stores.Keys("1900000001")}
	client, err := wxpay.NewClient(wxpay.Config{
		MchID:      "1900000001",
		PublicKeys: certificates,
		Limiter:    stores.Limiter(wxpay.NewLimiter(0.25)), // for one of four processes, while Redis is down
		// … and the rest of the configuration
	})
	if err != nil {
		log.Fatal(err)
	}

	notifications := wxpay.NewNotifications(client)
	notifications.Store = stores.Events()
	http.Handle("POST /wechat/events", notifications)
}
