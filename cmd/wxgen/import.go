package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/output"
	"github.com/wxgen/wxgen/specs"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/spec"
)

// importing is what the flags of wxgen import say.
type importing struct {
	pages
	into    string
	pkg     string
	page    string // file for the page to review
	dryRun  bool
	asJSON  bool
	verbose bool
}

func newImport() *cobra.Command {
	var im importing
	cmd := &cobra.Command{
		Use:   "import PAGE...",
		Short: "Write what documentation pages say into specs",
		Long: `import reads documentation pages of WeChat Pay (files, folders, addresses, or - for
standard input) and writes their operations and notifications into specs. What no spec has
yet becomes a draft: wxgen lint lists what a person has to add. Where a spec has the
operation, new facts come in, and names, descriptions, pins and notes that people
wrote stay.

The format of a page is recognised. A catalogue of facts (JSONL) adds to pages what
they lack, and is a source of its own where there is no page. Several pages of one
operation are joined. Beside pages, index.json (docId, title, url, updateTime) tells
what their text does not.

What was inferred, what sources do not agree on and what is left open is listed. It
exits with 1 where something is left open.`,
		Example: `  wxgen import page.html
  wxgen import pages/ --package refunds --match 'POST /v3/refund/*'
  wxgen import facts/*.jsonl pages/ --into specs --dry-run
  wxgen import https://pay.weixin.qq.com/doc/v3/merchant/4012791856 --report review.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return im.run(cmd, args) },
	}
	cmd.Flags().StringVar(&im.into, "into", "", "the folder of specs (default: that of the configuration)")
	cmd.Flags().StringVar(&im.pkg, "package", "", "the package for what no spec has, such as marketing/favor (default: guessed from paths)")
	im.flags(cmd)
	cmd.Flags().StringVar(&im.page, "report", "", "also write a page to review: what the pages say beside what the specs say (an HTML file, or .json)")
	cmd.Flags().BoolVar(&im.dryRun, "dry-run", false, "show what would change, and write nothing")
	cmd.Flags().BoolVar(&im.asJSON, "json", false, "print one JSON object")
	cmd.Flags().BoolVarP(&im.verbose, "verbose", "v", false, "list all remarks and open questions")
	return cmd
}

func (im *importing) run(cmd *cobra.Command, args []string) error {
	dir, err := im.folder(cmd)
	if err != nil {
		return err
	}
	index, err := indexOf(os.DirFS(dir))
	if err != nil {
		index = drift.NewIndex(new(load.Set)) // what is in the way of the import is told by it
	}
	read, err := im.read(cmd, args, index)
	if err != nil {
		return err
	}
	if len(read.Operations)+len(read.Events) == 0 {
		return im.nothing(cmd, read)
	}
	im.unfit(cmd, read)
	book, err := im.book(dir)
	if err != nil {
		return err
	}
	result, err := spec.Import(read.Operations, read.Events, spec.Options{Specs: os.DirFS(dir), Package: im.pkg, Book: book})
	if err != nil {
		return err
	}
	if !im.dryRun {
		if err := im.common(dir, result.Files); err != nil {
			return err
		}
		if err := writeSpecs(dir, result.Files); err != nil {
			return err
		}
	}
	if im.page != "" {
		if index, err = indexOf(os.DirFS(dir)); err != nil { // as they are now
			return err
		}
		if err := writeReview(im.page, index, read); err != nil {
			return err
		}
	}
	return im.report(cmd.OutOrStdout(), dir, read, result)
}

// progressOn tells on a terminal how far the reading has come.
func progressOn(w io.Writer) (progress func(int), done func()) {
	f, ok := w.(*os.File)
	if !ok {
		return nil, func() {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, func() {}
	}
	return func(n int) {
		if n%50 == 0 {
			fmt.Fprintf(f, "\r%d documents", n)
		}
	}, func() { fmt.Fprint(f, "\r\x1b[K") }
}

// folder is where the specs are.
func (im *importing) folder(cmd *cobra.Command) (string, error) {
	if im.into != "" {
		if err := os.MkdirAll(im.into, 0o777); err != nil {
			return "", fmt.Errorf("making the folder of specs: %w", err)
		}
		return im.into, nil
	}
	p, err := openProject(cmd)
	if err != nil {
		return "", fmt.Errorf("%w (name a folder of specs with --into)", err)
	}
	if dir := p.config.SpecsDir(); dir != "" {
		return dir, nil
	}
	return "", errors.New("the configuration names no folder of specs; name one with --into")
}

// book reads the English of the folder, or that of wxgen where it has none.
func (im *importing) book(dir string) (*spec.Book, error) {
	own, err := spec.ReadBook(os.DirFS(dir))
	if err != nil || len(own.Meanings)+len(own.Fields) > 0 {
		return own, err
	}
	brought, err := spec.ReadBook(specs.FS)
	if err != nil {
		return nil, err
	}
	brought.Fields = nil // lint would not find the words there
	return brought, nil
}

// common adds what all specs refer to, where the folder does not have it yet.
func (im *importing) common(dir string, files map[string][]byte) error {
	const name = "common.yaml"
	if _, err := os.Stat(filepath.Join(dir, name)); err == nil || len(files) == 0 {
		return nil
	}
	data, err := fs.ReadFile(specs.FS, name)
	if err != nil {
		return fmt.Errorf("reading the common part of specs: %w", err)
	}
	files[name] = data
	return nil
}

// writeSpecs writes all files or, where one cannot be, none of those behind.
func writeSpecs(dir string, files map[string][]byte) error {
	var changes []output.Change
	for _, name := range slices.Sorted(maps.Keys(files)) {
		changes = append(changes, output.Change{Name: name, Kind: output.Differs})
	}
	if err := output.Apply(dir, files, changes); err != nil {
		return fmt.Errorf("writing specs: %w", err)
	}
	return nil
}

func (im *importing) report(w io.Writer, dir string, read *input.Read, result *spec.Result) error {
	open := 0
	for _, e := range result.Entries {
		open += len(e.Todo)
	}
	if im.asJSON {
		if err := im.writeJSON(w, read, result); err != nil {
			return err
		}
	} else {
		im.writeText(w, dir, read, result)
	}
	if open > 0 {
		return errFindings
	}
	return nil
}

func (im *importing) writeJSON(w io.Writer, read *input.Read, result *spec.Result) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Documents int          `json:"documents"`
		Refused   []string     `json:"refused"`
		Files     []string     `json:"files"`
		Entries   []spec.Entry `json:"entries"`
		Findings  []string     `json:"findings"`
	}{read.Documents, read.Refused, slices.Sorted(maps.Keys(result.Files)), result.Entries, read.Remarks()})
}

func (im *importing) writeText(w io.Writer, dir string, read *input.Read, result *spec.Result) {
	const few = 3
	fmt.Fprintf(w, "read %s: %s\n", count(read.Documents, "document"), read.Summary())
	for _, e := range result.Entries {
		fmt.Fprintf(w, "%s: %s\n", filepath.Join(dir, filepath.FromSlash(e.File)), headline(e))
		for _, c := range e.Changes {
			fmt.Fprintf(w, "  %s\n", c)
		}
		im.list(w, "  todo: ", e.Todo, few)
	}
	if im.verbose {
		im.list(w, "repaired: ", read.Repaired(), few)
	}
	im.list(w, "", read.Remarks(), few)
	im.list(w, "refused: ", read.Refused, few)
	if im.dryRun {
		for _, name := range slices.Sorted(maps.Keys(result.Files)) {
			fmt.Fprint(w, spec.Diff(filepath.ToSlash(filepath.Join(dir, name)), result.Before[name], result.Files[name]))
		}
	}
	switch {
	case len(result.Files) == 0 && slices.ContainsFunc(result.Entries, func(e spec.Entry) bool { return e.File == "" }):
		fmt.Fprintln(w, "nothing to write, but for what is said above not to be written")
	case len(result.Files) == 0:
		fmt.Fprintln(w, "nothing to write: the specs say all that the pages say")
	case im.dryRun:
		fmt.Fprintf(w, "would write %s\n", count(len(result.Files), "file"))
	default:
		fmt.Fprintf(w, "wrote %s; wxgen lint lists what a person has to add\n", count(len(result.Files), "file"))
	}
}

func (im *importing) list(w io.Writer, head string, lines []string, few int) {
	for i, line := range lines {
		if i == few && !im.verbose {
			fmt.Fprintf(w, "%sand %d more (list them with --verbose)\n", head, len(lines)-i)
			return
		}
		fmt.Fprintf(w, "%s%s\n", head, line)
	}
}

func headline(e spec.Entry) string {
	switch {
	case e.File == "":
		return e.What + " is not written"
	case e.New:
		return fmt.Sprintf("new: %s as %s", e.What, e.Name)
	case len(e.Changes) == 0:
		return e.What + " agrees"
	}
	kinds := map[spec.Kind]int{}
	for _, c := range e.Changes {
		kinds[c.Kind]++
	}
	var parts []string
	for _, k := range []spec.Kind{spec.Added, spec.Changed, spec.Kept, spec.Missing} {
		if kinds[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", kinds[k], k))
		}
	}
	return e.What + ": " + strings.Join(parts, ", ")
}
