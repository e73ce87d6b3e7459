package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/diff"
	"github.com/wxgen/wxgen/generator/output"
	"github.com/wxgen/wxgen/wxpay"
)

func newDiff() *cobra.Command {
	var format string
	var only []string
	cmd := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "Tell what changed for users of the packages, breaking changes first",
		Long: `diff compares two versions of the specs and tells what the difference means for
programs that use the generated packages: what keeps them from compiling, what makes
them do something else, what is new, and what only reads otherwise.

OLD and NEW are folders of specs, single specs, or git revisions of the specs that
wxgen.yaml names. What is on disk comes first: a branch that is called like a folder
is heads/NAME. Without NEW, OLD is compared with the specs as they are on disk.

It exits with 1 where something breaks. The rules are those of
go doc github.com/wxgen/wxgen/generator/diff.`,
		Example: `  wxgen diff HEAD
  wxgen diff v1.2.0 v1.3.0 --format markdown
  wxgen diff old/specs specs --only marketing/favor
  wxgen diff favor.old.yaml specs/marketing/favor.yaml --format json`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := reportFormats[format]
			if !ok {
				return fmt.Errorf("--format %s is not known (use text, markdown or json)", format)
			}
			r, err := compareSides(cmd, append(args, "")[:2], only)
			if err != nil {
				return err
			}
			if err := write(r, cmd.OutOrStdout()); err != nil {
				return err
			}
			if r.Breaking() {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, markdown or json")
	cmd.Flags().StringSliceVar(&only, "only", nil, "compare these packages only, such as marketing/favor")
	return cmd
}

var reportFormats = map[string]func(*diff.Report, io.Writer) error{
	"text":     (*diff.Report).Text,
	"markdown": (*diff.Report).Markdown,
	"json":     (*diff.Report).JSON,
}

// compareSides opens what two arguments name and compares it.
func compareSides(cmd *cobra.Command, args, only []string) (*diff.Report, error) {
	project, err := diffProject(cmd)
	if err != nil {
		return nil, err
	}
	before, err := diff.Open(cmd.Context(), args[0], project)
	if err != nil {
		return nil, err
	}
	after, err := diff.Open(cmd.Context(), args[1], project)
	if err != nil {
		return nil, err
	}
	return diff.Compare(before, after, diff.Options{
		RuntimeDeclares: func(code string) bool { return wxpay.ErrorCode(code).Known() },
		Packages:        only,
	})
}

// diffProject says where the configuration has the specs and their lock file.
// Folders and files are compared without a configuration, too.
func diffProject(cmd *cobra.Command) (diff.Project, error) {
	p, err := openSpecs(cmd)
	if err != nil {
		return diff.Project{}, err
	}
	if p.config.SpecsDir() == "" {
		return diff.Project{}, nil
	}
	return diff.Project{Specs: p.config.SpecsDir(), Lock: filepath.Join(p.config.OutputDir(), output.ManifestName)}, nil
}
