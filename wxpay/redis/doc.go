// Package wxredis keeps in Redis what several processes of one merchant share: which notifications were handled, WeChat
// Pay's certificates, and how many calls were made of those that WeChat Pay allows in a while. It is a module of its own, so
// that package wxpay needs nothing but the standard library; its name is not that of go-redis, which programs import beside
// it.
//
//	db := redis.NewClient(&redis.Options{Addr: "localhost:6379"})
//	stores := wxredis.New(db, "shop:")
//	notifications.Store = stores.Events()
//	certificates.Store = stores.Keys("1900000001")
//	config.Limiter = stores.Limiter(nil)
//
// Every operation is one command or one script, which makes it atomic, on keys of one slot, which lets it run on a cluster.
// Every key begins with the prefix and expires by itself. Redis 6 or newer is needed, or what speaks like it.
//
// Redis may lose the last writes when a server fails over, and drops keys if it runs out of memory with another
// maxmemory-policy than noeviction. So keep looking up by the business number where calling a handler twice would cost
// money: the store makes that rare, it does not replace it.
package wxredis
