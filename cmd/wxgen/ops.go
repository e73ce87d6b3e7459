package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator"
)

func newOps() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "ops [WORD...]",
		Short: "List and search the operations and notifications",
		Long: `ops lists the operations and notifications of the specs. Words limit the list to
those in which each word stands: in the name, path, summary, roles or error codes.`,
		Example: `  wxgen ops
  wxgen ops coupon 通知
  wxgen ops NOT_ENOUGH --json`,
		RunE: func(cmd *cobra.Command, words []string) error {
			p, err := openSpecs(cmd)
			if err != nil {
				return err
			}
			set, err := generator.Load(p.specs, p.config.Packages...)
			if err != nil {
				return p.locate(err)
			}
			found := []generator.Entry{}
			for _, e := range generator.List(set) {
				if e.Match(words...) {
					found = append(found, e)
				}
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetEscapeHTML(false)
				enc.SetIndent("", "  ")
				return enc.Encode(found)
			}
			if len(found) == 0 && len(words) > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "nothing has all of these words: %s (wxgen ops without words lists what there is)\n", strings.Join(words, ", "))
			}
			return printEntries(cmd, found)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return cmd
}

func printEntries(cmd *cobra.Command, found []generator.Entry) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	for _, e := range found {
		where := e.Method + " " + e.Path
		if e.Kind == "notification" {
			where = strings.Join(e.Events, ", ")
		}
		fmt.Fprintf(w, "%s.%s\t%s\t%s\n", e.Package, e.Name, where, e.Summary)
	}
	return w.Flush()
}
