package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/output"
	"github.com/wxgen/wxgen/transcribe"
	"github.com/wxgen/wxgen/transcribe/drift"
	"github.com/wxgen/wxgen/transcribe/input"
	"github.com/wxgen/wxgen/transcribe/report"
	"github.com/wxgen/wxgen/transcribe/web"
)

// pages are the documents that a command reads, and the flags that say how.
type pages struct {
	format  string
	match   []string
	offline bool
}

func (p *pages) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.format, "format", "", "the format of all pages, instead of recognising it: "+strings.Join(append(transcribe.Formats(), input.Catalogue), ", "))
	cmd.Flags().StringSliceVar(&p.match, "match", nil, "only these operations and events: 'METHOD /path*', '/path*', 'EVENT.*'; * is any text, as a method any method")
	cmd.Flags().BoolVar(&p.offline, "offline", false, "take pages of the web from the cache only")
}

// nothing says why documents gave nothing: they are refused, or no pattern fits
// what they describe.
func (p *pages) nothing(cmd *cobra.Command, read *input.Read) error {
	for _, r := range read.Refused {
		fmt.Fprintln(cmd.ErrOrStderr(), r)
	}
	if n := len(read.Skipped); n > 0 {
		const few = 3
		return fmt.Errorf("--match %s fits none of the %d operations and notifications in %s, such as %s (a pattern is 'METHOD /path', '/path' or an event type, in which * is any text)",
			strings.Join(quoted(p.match), ", "), n, count(read.Documents, "document"), strings.Join(read.Skipped[:min(few, n)], ", "))
	}
	return fmt.Errorf("no operation and no notification was found in %s", count(read.Documents, "document"))
}

func quoted(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, "'"+s+"'")
	}
	return out
}

// unfit tells of patterns that fit nothing, where others did.
func (p *pages) unfit(cmd *cobra.Command, read *input.Read) {
	for _, s := range read.Unfit {
		fmt.Fprintf(cmd.ErrOrStderr(), "--match '%s' fits no operation and no notification that was read\n", s)
	}
}

// read reads the documents that the arguments name, for specs.
func (p *pages) read(cmd *cobra.Command, args []string, specs *drift.Index) (*input.Read, error) {
	fetch, err := p.fetcher(cmd)
	if err != nil {
		return nil, err
	}
	// The facts of all pages stay until they are joined, a tenth of a megabyte
	// each. Collecting often keeps what else reading takes small beside them.
	defer debug.SetGCPercent(debug.SetGCPercent(40))
	progress, done := progressOn(cmd.ErrOrStderr())
	defer done()
	return input.Collect(input.Open(args, input.From{Stdin: cmd.InOrStdin(), Fetch: fetch}),
		input.Options{Format: p.format, Match: p.match, Specs: specs, Progress: progress})
}

func (p *pages) fetcher(cmd *cobra.Command) (func(string) ([]byte, error), error) {
	cache, err := web.UserCache()
	if err != nil {
		return nil, err
	}
	f := &web.Fetcher{Cache: cache, Pause: time.Second, Agent: "wxgen/" + version(), Offline: p.offline}
	return func(address string) ([]byte, error) {
		got, err := f.Get(cmd.Context(), address)
		if err != nil {
			return nil, err
		}
		return got.Data, nil
	}, nil
}

// writeReview writes what pages say beside what specs say: an HTML page, or
// JSON for a name that ends so.
func writeReview(name string, index *drift.Index, read *input.Read) error {
	r := report.Report{Refused: read.Refused}
	for _, p := range read.Pages {
		r.Add(p, index)
	}
	format := "html"
	if filepath.Ext(name) == ".json" {
		format = "json"
	}
	var b bytes.Buffer
	if err := r.Write(&b, format); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	if err := output.Apply(filepath.Dir(name), output.Files{filepath.Base(name): b.Bytes()},
		[]output.Change{{Name: filepath.Base(name), Kind: output.Differs}}); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// indexOf loads specs, and finds their operations by what pages call them.
func indexOf(specs fs.FS) (*drift.Index, error) {
	files, err := load.Files(specs)
	if err != nil {
		return nil, err
	}
	set, err := load.Load(specs, files...)
	if err != nil {
		return nil, err
	}
	return drift.NewIndex(set), nil
}
