// Package config reads wxgen.yaml, which says what a repository generates.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/mod/modfile"
)

// Name is how the file is called where nothing else is asked for.
const Name = "wxgen.yaml"

// Config is what wxgen.yaml holds. Paths are relative to its folder.
type Config struct {
	// Specs is the folder of the specs. Empty: those that wxgen brings along.
	Specs string `yaml:"specs"`
	// Packages are those that are wanted, such as payscore/partner or
	// marketing/*, or the names of products, such as 代金券. Empty: all.
	Packages []string `yaml:"packages"`
	// Operations are those that are wanted of them, and Exclude those that are
	// not: by name (marketing/favor.ListStockItems), path or event type, with *
	// for any text. Empty: all.
	Operations []string `yaml:"operations"`
	Exclude    []string `yaml:"exclude"`
	// Output is the folder of the generated packages.
	Output string `yaml:"output"`
	// ImportPath is that of the output folder. Empty: told by go.mod.
	ImportPath string `yaml:"importPath"`
	// Runtime is the import path of package wxpay. Empty: the published one.
	Runtime string `yaml:"runtime"`
	// Header stands at the head of every generated file, such as a licence.
	Header string `yaml:"header"`

	dir string // the folder of the file
}

// Read reads the named file. Where it is not there, and was not asked for by
// name, the error tells how to begin.
func Read(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: not found (write one that says output: FOLDER, or name another with --config)", name)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	c := &Config{dir: filepath.Dir(name)}
	if err := decode(name, data, c); err != nil {
		return nil, err
	}
	if c.Output == "" {
		return nil, fmt.Errorf("%s:1:1: output is missing (name the folder of the generated packages)", name)
	}
	if c.ImportPath == "" {
		if c.ImportPath, err = importPath(c.OutputDir()); err != nil {
			return nil, fmt.Errorf("%s: %w (or write importPath:)", name, err)
		}
	}
	return c, nil
}

// unknownKey matches the decoder's words for a key that Config lacks.
var unknownKey = regexp.MustCompile(`^field (\S+) not found in type \S+$`)

func decode(name string, data []byte, c *Config) error {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	err := dec.Decode(c)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	if many, ok := errors.AsType[*yaml.LoadErrors](err); ok && len(many.Errors) > 0 {
		err = many.Errors[0]
	}
	if one, ok := errors.AsType[*yaml.LoadError](err); ok {
		what := unknownKey.ReplaceAllString(one.Message, "unknown key $1")
		return fmt.Errorf("%s:%d:%d: %s (it takes specs, packages, operations, exclude, output, importPath, runtime and header)",
			name, max(one.Mark.Line, 1), max(one.Mark.Column, 1), what)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// OutputDir is the output folder as the operating system names it.
func (c *Config) OutputDir() string { return filepath.Join(c.dir, filepath.FromSlash(c.Output)) }

// SpecsDir is the folder of the specs, or empty for those of wxgen itself.
func (c *Config) SpecsDir() string {
	if c.Specs == "" {
		return ""
	}
	return filepath.Join(c.dir, filepath.FromSlash(c.Specs))
}

// importPath finds the module that a folder belongs to and tells what the
// folder is called in imports.
func importPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := abs; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err != nil {
			if at == filepath.Dir(at) {
				return "", fmt.Errorf("no go.mod above %s: run go mod init first", dir)
			}
			continue
		}
		module := modfile.ModulePath(data)
		if module == "" {
			return "", fmt.Errorf("%s names no module", filepath.Join(at, "go.mod"))
		}
		rel := strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(abs, at)), "/")
		return path.Join(module, rel), nil
	}
}
