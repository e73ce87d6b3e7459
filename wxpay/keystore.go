package wxpay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// KeyStore keeps downloaded certificates beyond the end of a process, and lets the processes of a fleet share them: one
// fetches, all read. What it holds is WeChat Pay's signed answer, which is proven again by whoever reads it; so a store can
// lose keys, but cannot bring in one, nor make old ones look new. It holds no secret.
//
// A store belongs to one merchant. Implementations are safe for concurrent use; [FileKeyStore] is one.
type KeyStore interface {
	// Load returns what was saved last, or nothing. At most 2 MiB are read.
	Load(ctx context.Context) ([]byte, error)

	// Save replaces what is stored, as a whole: a reader sees the old content or the new.
	Save(ctx context.Context, data []byte) error
}

// FileKeyStore returns a KeyStore that is one file. The file is replaced in one step and only its owner can read and write
// it (mode 0600). Its directory must exist. Each merchant needs a file of its own.
func FileKeyStore(path string) KeyStore { return fileStore(path) }

type fileStore string

func (path fileStore) Load(context.Context) ([]byte, error) {
	file, err := os.Open(string(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("key store: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, 2*maxCertificatesBody+1))
	if err != nil {
		return nil, fmt.Errorf("key store: %w", err)
	}
	return data, nil
}

func (path fileStore) Save(_ context.Context, data []byte) error {
	// Beside the file, since a rename across file systems does not work; CreateTemp gives the mode 0600.
	file, err := os.CreateTemp(filepath.Dir(string(path)), "."+filepath.Base(string(path))+".*")
	if err != nil {
		return fmt.Errorf("key store: %w", err)
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), string(path))
	}
	if err != nil {
		_ = os.Remove(file.Name()) // nothing more can be done about it
		return fmt.Errorf("key store: %w", err)
	}
	return nil
}
