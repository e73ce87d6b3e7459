package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/config"
	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/specs"
)

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "wxgen",
		Short: "Go packages for WeChat Pay APIv3, generated from its documentation",
		Long: `wxgen turns the documentation of WeChat Pay APIv3 (微信支付) into OpenAPI 3.1,
and OpenAPI into Go packages with typed requests, enums, errors and notifications.

Exit status: 0 done, 1 findings, 2 wrong use or broken input.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	root.PersistentFlags().String("config", config.Name, "the file that says what to generate")
	root.AddCommand(newGenerate(), newCheck(), newLint(), newImport(), newDrift(), newDiff(), newOps(), newDocs(), newSandbox(), newVersion())
	return root
}

// project is what the subcommands that generate work on.
type project struct {
	config *config.Config
	specs  fs.FS
	name   string // of the specs, for messages
}

// openProject reads the configuration that the flags name.
func openProject(cmd *cobra.Command) (*project, error) {
	name, err := cmd.Flags().GetString("config")
	if err != nil {
		return nil, err
	}
	c, err := config.Read(name)
	if err != nil {
		return nil, err
	}
	p := &project{config: c, specs: specs.FS, name: "wxgen's specs"}
	if dir := c.SpecsDir(); dir != "" {
		p.specs, p.name = os.DirFS(dir), filepath.ToSlash(c.Specs)
		if _, err := os.Stat(dir); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// openSpecs gives the specs of the configuration, or those that wxgen brings
// along where there is no configuration: looking around needs none.
func openSpecs(cmd *cobra.Command) (*project, error) {
	name, _ := cmd.Flags().GetString("config")
	if _, err := os.Stat(name); err != nil && !cmd.Flags().Changed("config") {
		return &project{config: &config.Config{}, specs: specs.FS, name: "wxgen's specs"}, nil
	}
	return openProject(cmd)
}

// options say what to generate; only limits the run to some packages.
func (p *project) options(only []string) generator.Options {
	return generator.Options{
		Specs:      p.specs,
		SpecsName:  p.name,
		Packages:   p.config.Packages,
		Only:       only,
		Operations: p.config.Operations,
		Exclude:    p.config.Exclude,
		ImportPath: p.config.ImportPath,
		Runtime:    p.config.Runtime,
		Header:     p.config.Header,
	}
}

// locate names specs in problems as the user can open them.
func (p *project) locate(err error) error {
	problems, ok := errors.AsType[load.Problems](err)
	if !ok {
		return err
	}
	dir := p.config.SpecsDir()
	located := slices.Clone(problems)
	for i := range located {
		located[i].Pos = p.place(located[i].Pos)
		located[i].What = otherPlace.ReplaceAllStringFunc(located[i].What, func(at string) string {
			return " at " + filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(at, " at ")))
		})
	}
	return located
}

// otherPlace matches the second place that a problem tells of.
var otherPlace = regexp.MustCompile(` at \S+\.yaml:[0-9]+:[0-9]+`)

// place names a spec as the user can open it.
func (p *project) place(pos load.Pos) load.Pos {
	pos.File = filepath.Join(p.config.SpecsDir(), filepath.FromSlash(pos.File))
	return pos
}
