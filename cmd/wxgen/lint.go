package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/lint"
	"github.com/wxgen/wxgen/generator/load"
)

func newLint() *cobra.Command {
	var opts lint.Options
	var format string
	var asJSON, listRules bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Tell whether the specs are valid OpenAPI and in the dialect",
		Long: `lint reads all specs and reports what is wrong with them: YAML and references,
OpenAPI 3.1 itself with its examples, the extensions of the dialect, and what the
dialect demands of texts, error tables, paging and names. It exits with 1 where it
finds something.

Each rule has an id. A finding is silenced with a reason, on its line or above it:

  # wxgen:ignore rule-id: reason`,
		Example: `  wxgen lint
  wxgen lint --rules
  wxgen lint --rule label,explanation
  wxgen lint --disable amount-unit --format github`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON && !cmd.Flags().Changed("format") {
				format = "json"
			}
			switch {
			case !slices.Contains(lint.Formats(), format):
				return fmt.Errorf("no format is called %q, use one of %s", format, strings.Join(lint.Formats(), ", "))
			case asJSON && format != "json":
				return errors.New("--json and --format contradict each other, use one of them")
			case listRules:
				return lint.WriteRules(cmd.OutOrStdout(), format == "json")
			}
			return runLint(cmd, opts, format)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON array, as --format json does")
	cmd.Flags().StringVar(&format, "format", "text", "text, json, github (annotations of a workflow) or sarif")
	cmd.Flags().BoolVar(&listRules, "rules", false, "list the rules")
	cmd.Flags().StringSliceVar(&opts.Only, "rule", nil, "apply these rules only")
	cmd.Flags().StringSliceVar(&opts.Without, "disable", nil, "leave these rules out")
	return cmd
}

func runLint(cmd *cobra.Command, opts lint.Options, format string) error {
	p, err := openSpecs(cmd)
	if err != nil {
		return err
	}
	found, err := lint.Run(p.specs, opts)
	if err != nil {
		return err
	}
	if err := lint.Write(cmd.OutOrStdout(), format, version(), p.locateFindings(found)); err != nil {
		return err
	}
	if len(found) > 0 {
		return errFindings
	}
	return nil
}

// locateFindings names specs in findings as the user can open them.
func (p *project) locateFindings(found []lint.Finding) []lint.Finding {
	problems := make(load.Problems, len(found))
	for i, f := range found {
		problems[i] = load.Problem{Pos: f.Pos, What: f.Message}
	}
	located, _ := errors.AsType[load.Problems](p.locate(problems))
	out := slices.Clone(found)
	for i := range out {
		out[i].Pos, out[i].Message = located[i].Pos, located[i].What
	}
	return out
}
