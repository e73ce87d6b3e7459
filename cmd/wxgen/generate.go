package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

func newGenerate() *cobra.Command {
	var only []string
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the Go packages of the specs",
		Long: `generate writes the Go packages of the specs into the output folder of wxgen.yaml.
Files that are right already are not touched; generated files that no spec makes
any more are removed. Where a spec is broken, nothing is written at all.`,
		Example: `  wxgen generate
  wxgen generate --only payscore/partner
  wxgen generate --config internal/wechat/wxgen.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := makeAll(cmd, only)
			if err != nil {
				return err
			}
			if err := output.Apply(made.dir, made.result.Files, made.changes); err != nil {
				return err
			}
			made.report(cmd.OutOrStdout())
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&only, "only", nil, "generate these packages only, such as marketing/favor")
	return cmd
}

func newCheck() *cobra.Command {
	var only []string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the generated files are what the specs say",
		Long: `check generates without writing and compares with what is on disk. It lists the
files that are missing, differ or are stale, and then exits with 1.`,
		Example: `  wxgen check`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := makeAll(cmd, only)
			if err != nil {
				return err
			}
			if len(made.changes) == 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "%s is current: %s\n", made.dir, made.counts())
				return nil
			}
			for _, c := range made.changes {
				fmt.Fprintf(cmd.OutOrStdout(), "%s/%s: %s (run wxgen generate)\n", made.dir, c.Name, c.Kind)
			}
			return errFindings
		},
	}
	cmd.Flags().StringSliceVar(&only, "only", nil, "check these packages only")
	return cmd
}

// made is what was generated and how it differs from what is on disk.
type made struct {
	dir     string
	result  *generator.Result
	changes []output.Change
}

func makeAll(cmd *cobra.Command, only []string) (*made, error) {
	p, err := openProject(cmd)
	if err != nil {
		return nil, err
	}
	opts := p.options(only)
	res, err := generator.Generate(opts)
	if err != nil {
		return nil, p.locate(err)
	}
	for _, r := range res.Renames {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: note: %s is called %s, since %s is taken (pin another name with x-go-name)\n", r.Pos, r.What, r.To, r.From)
	}
	dir := p.config.OutputDir()
	changes, err := output.Compare(dir, res.Files, only...)
	if err != nil {
		return nil, err
	}
	return &made{dir: dir, result: res, changes: changes}, nil
}

// report says what was done, in one line where nothing was.
func (m *made) report(w io.Writer) {
	if len(m.changes) == 0 {
		fmt.Fprintf(w, "nothing to write: %s is current, %s\n", m.dir, m.counts())
		return
	}
	done := map[output.Kind]int{}
	for _, c := range m.changes {
		done[c.Kind]++
	}
	fmt.Fprintf(w, "%s: %d created, %d updated, %d removed; %s\n", m.dir,
		done[output.Missing], done[output.Differs], done[output.Stale], m.counts())
}

func (m *made) counts() string {
	return strings.Join([]string{
		count(m.result.Packages, "package"),
		count(m.result.Operations, "operation"),
		count(m.result.Events, "notification"),
	}, ", ")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
