package wxpay

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	maxCertificateAge = 12 * time.Hour  // as the documentation asks
	unknownPause      = 5 * time.Minute // from one download to the next for a serial number that is not held
	maxFailurePause   = time.Minute     // from a failed download to the next
	patience          = 3 * time.Second // with a download, where a key is held; notifications must be answered in 5 s
	downloadTimeout   = 30 * time.Second
)

// DownloadedCertificates is the KeySource of a merchant with platform certificates (平台证书): it fetches them from WeChat
// Pay and renews them. The zero value is ready:
//
//	wxpay.Config{
//		APIv3Key:   apiV3Key, // opens the certificates
//		PublicKeys: new(wxpay.DownloadedCertificates),
//		…
//	}
//
// A merchant that moves to the public key holds both: CombineKeys(PublicKey(id, key), new(DownloadedCertificates)).
// A merchant that has only a public key has no certificates to download, and the error says so.
//
// Nothing is fetched before a key is needed, and no goroutine runs: the call that finds the certificates older than MaxAge,
// or an answer signed with one that is not held, fetches them. Calls that have a key to work with do not wait for it. A
// failed download keeps what is held. Notifications with invented serial numbers cause at most one download in five
// minutes, and a PUB_KEY_ID_ none. To fetch ahead of the first call, or by the clock, call Refresh.
//
// What is taken is proven: each certificate is sealed under the APIv3 key, has the serial number that it is said to have
// and an RSA key of 2048 bits or more, and one of them signed the answer that brought them. Certificates past their end are
// left out.
//
// It serves the Client that it is given to, and others of the same merchant. The fields must not be changed after that.
type DownloadedCertificates struct {
	// Store keeps the certificates for the next start of the process and for other processes. Default: memory only.
	Store KeyStore

	// MaxAge is the age at which the certificates are fetched again. Default and longest: 12 h.
	MaxAge time.Duration

	// Path is where certificates are fetched. Default: /v3/certificates; overseas products have another.
	Path string

	mu       sync.Mutex
	client   *Client
	held     *certificateSet // nil: none yet
	flight   *flight         // the download under way; nil: none is
	tried    time.Time       // when the last download that succeeded ended
	failures int             // since the last download that succeeded
	retryAt  time.Time       // no download before it, because the last one failed
	problem  error           // of the last download
}

// flight is a download under way, which others may wait for.
type flight struct {
	done chan struct{}
	err  error
}

// Key returns the certificate with a serial number. If it is not held, the certificates are fetched once.
func (d *DownloadedCertificates) Key(ctx context.Context, id string) (*Key, error) {
	return d.get(ctx, id, func(set *certificateSet) (*Key, error) { return set.Key(ctx, id) })
}

// Preferred returns the newest certificate that is in force. The certificates are fetched if there is none, or if they are
// older than MaxAge.
func (d *DownloadedCertificates) Preferred(ctx context.Context, now time.Time) (*Key, error) {
	return d.get(ctx, "", func(set *certificateSet) (*Key, error) { return set.Preferred(ctx, now) })
}

// Refresh fetches the certificates from WeChat Pay, whatever their age. If that fails, what was held stays in force.
func (d *DownloadedCertificates) Refresh(ctx context.Context) error {
	s, err := d.start()
	switch {
	case err != nil:
		return err
	case s.lead:
		d.download(ctx, s, "")
		return s.flight.err
	}
	select {
	case <-s.flight.done:
		return s.flight.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// get finds a key, and fetches where it is not there or all are too old.
func (d *DownloadedCertificates) get(ctx context.Context, id string, find func(*certificateSet) (*Key, error)) (*Key, error) {
	for {
		key, s, err := d.next(id, find)
		switch {
		case s == nil:
			return key, err
		case s.lead:
			d.download(ctx, s, id)
		default:
			select {
			case <-s.flight.done:
			case <-ctx.Done():
			}
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("waiting for the platform certificates: %w", ctx.Err())
		}
	}
}

// step is what to do before looking again: fetch, or wait for the one who does.
type step struct {
	client  *Client
	flight  *flight
	lead    bool
	held    *certificateSet
	patient bool // nothing is held that would do meanwhile
	force   bool // the store is no substitute
}

// next looks for a key, and decides what to do if it is not there. A nil step means that there is nothing to do.
func (d *DownloadedCertificates) next(id string, find func(*certificateSet) (*Key, error)) (*Key, *step, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.client == nil {
		return nil, nil, errUnbound
	}
	now := d.client.now()
	key, err := find(d.held)
	switch {
	case err == nil && now.Sub(d.held.at) < d.maxAge():
		return key, nil, nil
	case err != nil && !d.mayHelp(id, now):
		return nil, nil, d.note(err)
	case now.Before(d.retryAt):
		if err != nil {
			err = fmt.Errorf("%w; %w", err, &CertificateError{Err: d.problem, RetryIn: d.retryAt.Sub(now)})
		}
		return key, nil, err
	case err == nil && d.flight != nil:
		return key, nil, nil // what is held does until the download has ended
	}
	return key, d.join(err != nil), err
}

// CertificateError says that a call or a notification needed a platform certificate, and that the last download of them
// failed. The call itself was not made. errors.Is and errors.As do not see Err: it is about another call, and a 404 for
// /v3/certificates must not be taken for one of the order that was asked for.
type CertificateError struct {
	Err     error         // of the download, as [DownloadedCertificates.Refresh] returns it
	RetryIn time.Duration // when a call will try again
}

func (e *CertificateError) Error() string {
	return fmt.Sprintf("the download of platform certificates failed, the next one is made in %s: %v", e.RetryIn.Round(time.Second), e.Err)
}

var errUnbound = errors.New("DownloadedCertificates belongs to no client: give it to NewClient as Config.PublicKeys, or in CombineKeys")

// mayHelp reports whether a download can bring a key that is not held. Who sends invented serial numbers must not be able
// to make this side call out each time.
func (d *DownloadedCertificates) mayHelp(id string, now time.Time) bool {
	if d.held == nil {
		return id == "" || isSerial(id)
	}
	return (id == "" || isSerial(id)) && now.Sub(d.tried) >= unknownPause
}

// isSerial reports whether a text can be a certificate's serial number.
func isSerial(id string) bool { return validateSerial(id) == nil }

// note tells in the error of an unknown key when certificates were last fetched.
func (d *DownloadedCertificates) note(err error) error {
	if missing, ok := errors.AsType[*unknownKeyError](err); ok && d.held != nil && isSerial(missing.id) {
		missing.note = fmt.Sprintf("; the platform certificates of %s do not have it, and are not fetched again within %s",
			d.tried.UTC().Format(time.RFC3339), unknownPause)
	}
	return err
}

func (d *DownloadedCertificates) start() (*step, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.client == nil {
		return nil, errUnbound
	}
	s := d.join(true)
	s.force = true
	return s, nil
}

// join takes part in the download under way, or makes the caller the one who downloads. The lock is held.
func (d *DownloadedCertificates) join(patient bool) *step {
	s := &step{client: d.client, flight: d.flight, held: d.held, patient: patient}
	if d.flight == nil {
		d.flight = &flight{done: make(chan struct{})}
		s.flight, s.lead = d.flight, true
	}
	return s
}
