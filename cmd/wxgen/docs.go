package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator"
	"github.com/wxgen/wxgen/generator/reference"
)

func newDocs() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "docs",
		Short: "Write documents for people out of the specs",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(newCoverage())
	return cmd
}

func newCoverage() *cobra.Command {
	return &cobra.Command{
		Use:   "coverage",
		Short: "List all operations and notifications, product by product, in Markdown",
		Long: `coverage counts what the specs hold: operations, notifications, error rows, limits, and
the page and date that each comes from. It prints Markdown.`,
		Example: "  wxgen docs coverage >docs/coverage.md",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := openSpecs(cmd)
			if err != nil {
				return err
			}
			set, err := generator.Load(p.specs, p.config.Packages...)
			if err != nil {
				return p.locate(err)
			}
			text, err := reference.Coverage(set)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
}
