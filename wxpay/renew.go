package wxpay

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// bindKeys gives a source that calls WeChat Pay the client to do it with.
func bindKeys(source KeySource, client *Client) error {
	if bound, ok := source.(interface{ bind(*Client) error }); ok {
		return bound.bind(client)
	}
	return nil
}

func (d *DownloadedCertificates) bind(client *Client) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.client == nil:
		d.client = client
	case d.client.signedBy != client.signedBy:
		return errors.New("PublicKeys: DownloadedCertificates is in use for another merchant: make one for each")
	}
	return nil
}

func (d *DownloadedCertificates) validate(rules *keyRules) error {
	switch {
	case d == nil:
		return errors.New("PublicKeys is a nil *DownloadedCertificates: give new(wxpay.DownloadedCertificates)")
	case !rules.apiV3Key:
		return errors.New("PublicKeys: DownloadedCertificates needs APIv3Key, which opens the certificates")
	case d.MaxAge < 0 || d.MaxAge > maxCertificateAge:
		return fmt.Errorf("PublicKeys: DownloadedCertificates.MaxAge is %s, the longest is %s", d.MaxAge, maxCertificateAge)
	}
	return nil
}

func (d *DownloadedCertificates) maxAge() time.Duration {
	if d.MaxAge == 0 {
		return maxCertificateAge
	}
	return d.MaxAge
}

// download makes one download for all who wait for it, and takes over what it brings. id is the serial number that is
// looked for, if one is. A download that ended because its caller gave up says nothing about WeChat Pay, so the next caller
// makes another.
func (d *DownloadedCertificates) download(ctx context.Context, s *step, id string) {
	set, err := (*certificateSet)(nil), errors.New("the download of platform certificates panicked")
	defer func() { d.end(s, set, err, ctx.Err() != nil) }() // also if a transport panics: others wait for it
	limit := downloadTimeout
	if !s.patient {
		limit = patience
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if set = d.stored(bounded, s, id); set != nil {
		err = nil
		return
	}
	set, err = d.fetch(bounded, s.client)
}

func (d *DownloadedCertificates) end(s *step, set *certificateSet, err error, givenUp bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := s.client.now()
	switch {
	case err == nil:
		d.held, d.tried, d.failures, d.retryAt, d.problem = set, now, 0, time.Time{}, nil
	case !givenUp:
		pause := min(time.Second<<min(d.failures, 6), maxFailurePause)
		d.failures, d.retryAt, d.problem = d.failures+1, now.Add(pause), err
	}
	s.flight.err, d.flight = err, nil
	close(s.flight.done)
}

// stored returns what another process has put into the store, if it is newer than what is held, not too old, and has the
// serial number that is looked for. It proves itself as an answer of WeChat Pay does, so a store need not be trusted. A
// store that fails costs a download, no call.
func (d *DownloadedCertificates) stored(ctx context.Context, s *step, id string) *certificateSet {
	if d.Store == nil || s.force {
		return nil
	}
	data, err := d.Store.Load(ctx)
	if err != nil || len(data) == 0 {
		s.client.logStore(ctx, "load", err)
		return nil
	}
	set, err := s.client.readStored(ctx, data)
	if err != nil {
		s.client.logStore(ctx, "load", err)
		return nil
	}
	if s.held != nil && !set.at.After(s.held.at) || s.client.now().Sub(set.at) >= d.maxAge() || id != "" && !set.has(id) {
		return nil
	}
	return set
}

// fetch gets the certificates from WeChat Pay and puts them into the store. An answer that does not prove itself is asked
// for once more: it may have been a probe, or was damaged on its way.
func (d *DownloadedCertificates) fetch(ctx context.Context, client *Client) (set *certificateSet, err error) {
	for range 2 {
		answer, failed := client.fetchCertificates(ctx, d.Path)
		if failed != nil {
			return nil, failed
		}
		if set, err = client.openCertificates(ctx, answer, true); err == nil {
			if d.Store != nil {
				client.logStore(ctx, "save", d.Store.Save(ctx, answer.encode()))
			}
			return set, nil
		}
	}
	return nil, err
}
