package diff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// Side is one of the two sets of specs that are compared.
type Side struct {
	Name string // as the user named it
	FS   fs.FS
	File string // the only spec to look at; empty: all of them

	// Place goes before the names of files, so that users find them: a folder
	// with a slash behind it, or a revision with the folder in it.
	Place string

	// Names are the made-up names that wxgen.lock holds for this side, by the
	// folders of packages.
	Names map[string]map[string]string
}

// Project says where the specs of a repository are, and the lock file that
// keeps their names. Both are named as the operating system does; both are
// empty where there is no configuration.
type Project struct {
	Specs string
	Lock  string
}

// Open finds what an argument names: a folder or a spec file on disk, or else a
// revision of the project's specs in git. No argument is the project's specs
// as they are on disk.
func Open(ctx context.Context, arg string, p Project) (*Side, error) {
	if arg == "" && p.Specs == "" {
		return nil, errors.New("nothing to compare with: name both sides, or the folder of the specs in wxgen.yaml")
	}
	if arg == "" {
		return folder(p.Specs, p)
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return folder(arg, p)
	case err == nil:
		return single(arg, p)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case p.Specs == "":
		return nil, fmt.Errorf("%s is no file or folder (for a revision, name the folder of the specs in wxgen.yaml)", arg)
	}
	return revision(ctx, arg, p)
}

// folder gives all specs of a folder. Names are known of the project's own.
func folder(dir string, p Project) (*Side, error) {
	s := &Side{Name: dir, FS: os.DirFS(dir), Place: strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/"}
	if _, inside := within(dir, p.Specs); !inside {
		return s, nil
	}
	lock, err := os.ReadFile(p.Lock)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		s.Names, err = lockedNames(lock)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Lock, err)
	}
	return s, nil
}

// single gives one spec. If it is one of the project's, it becomes the package
// that it is there; any other one lies at the root.
func single(file string, p Project) (*Side, error) {
	if rel, ok := within(file, p.Specs); ok {
		s, err := folder(p.Specs, p)
		if err != nil {
			return nil, err
		}
		s.Name, s.File = file, filepath.ToSlash(rel)
		return s, nil
	}
	dir, name := filepath.Split(file)
	return &Side{Name: file, FS: openFolder(filepath.Clean(dir)), File: name, Place: filepath.ToSlash(dir)}, nil
}

// within tells how a file or folder is called from the folder that holds it.
func within(name, dir string) (string, bool) {
	if dir == "" {
		return "", false
	}
	full, err1 := filepath.Abs(name)
	root, err2 := filepath.Abs(dir)
	if err1 != nil || err2 != nil {
		return "", false
	}
	rel, err := filepath.Rel(root, full)
	return rel, err == nil && filepath.IsLocal(rel)
}

// openFolder is a folder whose files may refer to others above it: a spec that
// is compared alone says ../common.yaml, and the user chose to read it.
type openFolder string

// Open implements fs.FS.
func (dir openFolder) Open(name string) (fs.File, error) {
	return os.Open(filepath.Join(string(dir), filepath.FromSlash(name)))
}

// lockedNames reads the made-up names out of a lock file.
func lockedNames(data []byte) (map[string]map[string]string, error) {
	var lock struct {
		Packages map[string]struct{ Names map[string]string }
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		return nil, fmt.Errorf("not readable: %w", err)
	}
	names := map[string]map[string]string{}
	for folder, p := range lock.Packages {
		names[folder] = p.Names
	}
	return names, nil
}

// locate names a place as the user can find it.
func (s *Side) locate(pos load.Pos) load.Pos {
	if pos.File == "" {
		return pos
	}
	revision, dir, ok := strings.Cut(s.Place, ":")
	if !ok {
		pos.File = path.Join(s.Place, pos.File)
		return pos
	}
	pos.File = revision + ":" + path.Join(dir, pos.File)
	return pos
}

// wants tells which of the side's files are to be compared: one that is alone
// on the other side is compared with the file of the same name.
func (s *Side) wants(other *Side) func(file string) bool {
	if s.File != "" {
		return func(file string) bool { return file == s.File }
	}
	return func(file string) bool { return other.File == "" || file == other.File }
}

// build makes the packages of a side, in the order of their folders. Its own
// lock knows best how made-up names are kept; what it does not know is kept as
// in the names given. An error says which side is broken.
func (s *Side) build(which string, wants func(string) bool, opts Options, names map[string]map[string]string) ([]*model.Package, error) {
	files, err := s.files(wants)
	if err != nil {
		return nil, fmt.Errorf("the %s side, %s: %w", which, s.Name, err)
	}
	loader := load.NewLoader(s.FS)
	built, errs := make([]*model.Package, len(files)), make([]error, len(files))
	load.Each(len(files), func(i int) {
		if !opts.wants(model.Folder(files[i])) {
			return
		}
		doc, err := loader.Load(files[i])
		if err != nil || !model.HasPackage(doc) {
			errs[i] = err
			return
		}
		kept, ok := s.Names[model.Folder(files[i])]
		if !ok {
			kept = names[model.Folder(files[i])]
		}
		built[i], errs[i] = model.Build(doc, model.Options{RuntimeDeclares: opts.RuntimeDeclares, Names: kept})
	})
	built = slices.DeleteFunc(built, func(p *model.Package) bool { return p == nil })
	if err := s.problems(load.Join(append(errs, clashes(built))...)); err != nil {
		return nil, fmt.Errorf("the %s side, %s, is broken:\n%w", which, s.Name, err)
	}
	return built, nil
}

func (s *Side) files(wants func(string) bool) ([]string, error) {
	if s.File != "" {
		return []string{s.File}, nil
	}
	files, err := load.Files(s.FS)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no spec (.yaml) is there to read")
	}
	return slices.DeleteFunc(files, func(file string) bool { return !wants(file) }), nil
}

// clashes finds specs that would become the same package.
func clashes(built []*model.Package) error {
	var problems load.Problems
	seen := map[string]string{}
	for _, p := range built {
		if other, ok := seen[p.Folder]; ok {
			problems.Add(whole(p), "rename one of the files", "it becomes the package %s, and so does %s", p.Folder, other)
		}
		seen[p.Folder] = p.Spec.File
	}
	return problems.Err()
}

// problems names the places of problems as the user can find them.
func (s *Side) problems(err error) error {
	found, ok := errors.AsType[load.Problems](err)
	if !ok {
		return err
	}
	located := slices.Clone(found)
	for i := range located {
		located[i].Pos = s.locate(located[i].Pos)
		located[i].What = otherPlace.ReplaceAllStringFunc(located[i].What, func(at string) string {
			return " at " + s.locate(load.Pos{File: strings.TrimPrefix(at, " at ")}).File
		})
	}
	return located
}

// otherPlace matches the second place that a problem tells of.
var otherPlace = regexp.MustCompile(` at \S+\.yaml:[0-9]+:[0-9]+`)
