package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/config"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/page"
)

func newDrift() *cobra.Command {
	var p pages
	var format, review, folder string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "drift PAGE...",
		Short: "Tell where documentation pages and specs no longer agree",
		Long: `drift holds documentation pages (files, folders, addresses, or - for standard input)
against the specs: dates, roles, limits, fields with their types, flags, lengths and
values, error rows, examples. What users of the generated packages would notice comes
first. A difference that an x-wx-note of the spec accounts for, because it quotes what
the page says, is none. It exits with 1 where it finds something; that a page is older
than the spec is told, and no finding by itself.

Pages of the web are fetched one at a time, and again only if they changed.`,
		Example: `  wxgen drift pages/
  wxgen drift https://pay.weixin.qq.com/doc/v3/merchant/4012791856 --json
  wxgen drift pages/ --match '/v3/refund/*' --report review.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON {
				format = "json"
			}
			project, err := specsIn(cmd, folder)
			if err != nil {
				return err
			}
			return runDrift(cmd, project, p, args, format, review)
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&folder, "specs", "", "the folder of specs (default: that of the configuration, or wxgen's own)")
	cmd.Flags().StringVar(&format, "output", "text", strings.Join(drift.Formats(), ", "))
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON array, as --output json does")
	cmd.Flags().StringVar(&review, "report", "", "also write a page to review: what the pages say beside what the specs say (an HTML file, or .json)")
	return cmd
}

// specsIn gives the specs of a folder, or those that the other commands use.
func specsIn(cmd *cobra.Command, folder string) (*project, error) {
	if folder == "" {
		return openSpecs(cmd)
	}
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("looking for specs: %w", err)
	}
	return &project{config: &config.Config{Specs: folder}, specs: os.DirFS(folder), name: folder}, nil
}

func runDrift(cmd *cobra.Command, project *project, p pages, args []string, format, review string) error {
	index, err := indexOf(project.specs)
	if err != nil {
		return project.locate(err)
	}
	read, err := p.read(cmd, args, index)
	if err != nil {
		return err
	}
	if len(read.Operations)+len(read.Events) == 0 {
		return p.nothing(cmd, read)
	}
	p.unfit(cmd, read)
	found := drift.Compare(&page.Page{Operations: read.Operations, Events: read.Events}, index)
	for i := range found {
		if found[i].SpecPos.Line > 0 {
			found[i].SpecPos = project.place(found[i].SpecPos)
		}
	}
	if err := drift.Write(cmd.OutOrStdout(), format, found); err != nil {
		return err
	}
	if review != "" {
		if err := writeReview(review, index, read); err != nil {
			return err
		}
	}
	if drift.Count(found) > 0 {
		return errFindings
	}
	return nil
}
