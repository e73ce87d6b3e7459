package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/output"
)

func newGenerate() *cobra.Command {
	var only []string
	var verify, verbose bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the Go packages of the specs",
		Long: `generate writes the Go packages of the specs into the output folder of wxgen.yaml.
Packages whose specs are the same as in the last run are left as they are; generated
files that no spec makes any more are removed. Where a spec is broken, nothing is
written at all. What was made from what, and the names that wxgen made up, stand in
wxgen.lock in the output folder: keep it with the generated files.`,
		Example: `  wxgen generate
  wxgen generate --only payscore/partner
  wxgen generate --config internal/wechat/wxgen.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := makeAll(cmd, only, func(opts *generator.Options, dir string) {
				opts.Verify = verify
				if !verify {
					opts.Intact = func(p *output.Package) bool { return p.Intact(dir) }
				}
			})
			if err != nil {
				return err
			}
			made.reportRenames(cmd.ErrOrStderr(), verbose)
			if err := output.Apply(made.dir, made.result.Files, made.changes); err != nil {
				return err
			}
			made.report(cmd.OutOrStdout())
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&only, "only", nil, "generate these packages only, such as marketing/favor")
	cmd.Flags().BoolVar(&verify, "verify", false, "make and validate everything anew, also what has not changed")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "list the names that had to give way to others")
	return cmd
}

func newCheck() *cobra.Command {
	var only []string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the generated files are what the specs say",
		Long: `check makes everything anew, without writing, and compares with what is on disk.
It lists the files that are missing, differ or are stale, and then exits with 1.`,
		Example: `  wxgen check`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			made, err := makeAll(cmd, only, func(opts *generator.Options, _ string) { opts.Verify = true })
			if err != nil {
				return err
			}
			if len(made.changes) == 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "%s is current: %s\n", made.dir, made.counts())
				return nil
			}
			for _, c := range made.changes {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %s (run wxgen generate)\n", filepath.Join(made.dir, filepath.FromSlash(c.Name)), c.Kind)
			}
			return errFindings
		},
	}
	cmd.Flags().StringSliceVar(&only, "only", nil, "check these packages only")
	return cmd
}

// made is what was generated and how it differs from what is on disk.
type made struct {
	project *project
	dir     string
	result  *generator.Result
	changes []output.Change
}

func makeAll(cmd *cobra.Command, only []string, adjust func(*generator.Options, string)) (*made, error) {
	p, err := openProject(cmd)
	if err != nil {
		return nil, err
	}
	dir := p.config.OutputDir()
	opts := p.options(only)
	if opts.Previous, err = output.ReadManifest(dir); err != nil {
		return nil, err
	}
	adjust(&opts, dir)
	res, err := generator.Generate(opts)
	if err != nil {
		return nil, p.locate(err)
	}
	if res.Files[output.ManifestName], err = res.Manifest.Encode(); err != nil {
		return nil, err
	}
	var looked []string
	if len(only) > 0 {
		looked = res.Folders
	}
	changes, err := output.Compare(dir, res.Files, looked...)
	if err != nil {
		return nil, err
	}
	return &made{project: p, dir: dir, result: res, changes: changes}, nil
}

// reportRenames lists the names that had to give way, or says how many.
func (m *made) reportRenames(w io.Writer, all bool) {
	const few = 5
	renames := m.result.Renames
	if len(renames) > few && !all {
		fmt.Fprintf(w, "note: %d names had to give way to others (list them with --verbose, pin others with x-go-name)\n", len(renames))
		return
	}
	for _, r := range renames {
		fmt.Fprintf(w, "%s: note: %s is called %s, since %s is taken (pin another name with x-go-name)\n",
			m.project.place(r.Pos), r.What, r.To, r.From)
	}
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
		count(len(m.result.Folders), "package"),
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
