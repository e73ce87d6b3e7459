package diff

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// revision reads the project's specs as a revision of git has them, with the
// names that the lock file had there.
func revision(ctx context.Context, name string, p Project) (*Side, error) {
	g := git{ctx: ctx, dir: p.Specs}
	prefix, err := g.run("rev-parse", "--show-prefix")
	if err != nil {
		return nil, fmt.Errorf("%s is no file or folder, and not a revision either: %w", name, err)
	}
	commit, err := g.run("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil || strings.HasPrefix(name, "-") {
		return nil, fmt.Errorf("%s is no file or folder, and git knows no revision of that name in %s", name, p.Specs)
	}
	sha, dir := lastLine(commit), strings.TrimSpace(string(prefix))
	// From a folder, git archives that folder alone, and names files from it.
	archive, err := g.run("archive", "--format=zip", "-0", sha)
	if err != nil {
		return nil, fmt.Errorf("%s has no specs: %w", name+":"+dir, err)
	}
	files, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("reading what git archived of %s: %w", name, err)
	}
	s := &Side{Name: name, FS: files, Place: name + ":" + dir}
	if lock, ok := g.show(sha, p); ok {
		if s.Names, err = lockedNames(lock); err != nil {
			return nil, fmt.Errorf("%s:%s: %w", name, filepath.ToSlash(p.Lock), err)
		}
	}
	return s, nil
}

// lastLine drops what some versions of git print before the answer.
func lastLine(out []byte) string {
	fields := strings.Fields(string(out))
	if len(fields) == 0 {
		return ""
	}
	return fields[len(fields)-1]
}

// git runs git in a folder.
type git struct {
	ctx context.Context
	dir string
}

// run gives what git prints. The error holds git's own words.
func (g git) run(args ...string) ([]byte, error) {
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("revisions are read with git, which is not installed")
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if said := strings.TrimSpace(string(exit.Stderr)); said != "" {
			return nil, errors.New(strings.TrimPrefix(said, "fatal: "))
		}
	}
	return out, err
}

// show gives the lock file of a revision. A revision without one, or a lock
// that lies outside the repository, is no error: names are made anew then.
func (g git) show(sha string, p Project) ([]byte, bool) {
	dir, err1 := filepath.Abs(p.Specs)
	lock, err2 := filepath.Abs(p.Lock)
	if err1 != nil || err2 != nil {
		return nil, false
	}
	rel, err := filepath.Rel(dir, lock)
	if err != nil {
		return nil, false
	}
	data, err := g.run("show", sha+":./"+filepath.ToSlash(rel))
	return data, err == nil
}
