package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/lint"
	"github.com/wxgen/wxgen/generator/load"
)

func newLint() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Tell whether the specs are valid OpenAPI and in the dialect",
		Long: `lint reads all specs and reports what is wrong with them: YAML and references,
OpenAPI 3.1 itself with its examples, the extensions of the dialect, and what the
dialect demands of texts. It exits with 1 where it finds something.`,
		Example: `  wxgen lint
  wxgen lint --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := openSpecs(cmd)
			if err != nil {
				return err
			}
			err = p.locate(lint.Run(p.specs))
			var problems load.Problems
			if err != nil && !errors.As(err, &problems) {
				return err
			}
			if asJSON {
				return printProblems(cmd, problems)
			}
			for _, problem := range problems {
				fmt.Fprintln(cmd.OutOrStdout(), problem)
			}
			if len(problems) > 0 {
				return errFindings
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return cmd
}

func printProblems(cmd *cobra.Command, problems load.Problems) error {
	type finding struct {
		File    string `json:"file"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Message string `json:"message"`
		Remedy  string `json:"remedy,omitempty"`
	}
	found := []finding{}
	for _, p := range problems {
		found = append(found, finding{p.Pos.File, p.Pos.Line, p.Pos.Col, p.What, p.Remedy})
	}
	enc := json.NewEncoder(cmd.OutOrStdout())
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(found); err != nil || len(problems) == 0 {
		return err
	}
	return errFindings
}
