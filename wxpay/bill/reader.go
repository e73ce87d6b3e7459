package bill

import (
	"fmt"
	"io"
	"iter"
	"strings"
)

// Reader reads the rows of one bill, once. Make it with [ReadTrades] or [ReadFundFlows]. It is not safe for concurrent use.
type Reader[Row, Summary any] struct {
	lines   *lines
	format  *format[Row, Summary]
	columns []*column[Row] // of the header; nil for those that are not known
	header  []string
	fields  []string // of the present line, reused
	sums    Summary  // of the rows so far
	damaged int      // lines
	summary Summary  // as the bill has it
	done    bool     // the summary was read and fits
	started bool
}

// format is what one kind of bill looks like.
type format[Row, Summary any] struct {
	kind    string
	first   string // the column that every such bill begins with
	total   string // the first column of the summary
	rows    []column[Row]
	totals  []total[Summary]
	add     func(*Summary, *Row)
	finish  func(row *Row, line int, extra map[string]string)
	foreign string // what to use for the other kind of bill
}

// column is a column of the rows, by the names that it has had.
type column[Row any] struct {
	names []string
	set   func(*Row, string) error
}

// total is a column of the summary. needs is the column of the rows that it sums up; without it, it cannot be compared.
type total[Summary any] struct {
	names []string
	needs string
	field func(*Summary) *int64
	parse func(string) (int64, error)
}

// Rows returns the rows in the order of the bill. A line that cannot be read gives a [*LineError], behind which the loop may
// go on; any other error is the last. When all rows were read they are compared with the summary at the end, see
// [ErrSummary]; a bill without one is cut off, which is io.ErrUnexpectedEOF. A second call returns nothing.
func (r *Reader[Row, Summary]) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var none Row
		if r.started {
			return
		}
		r.started = true
		if err := r.readHeader(); err != nil {
			yield(none, err)
			return
		}
		for {
			row, err := r.next()
			if err == io.EOF {
				return
			}
			if !yield(row, err) {
				return
			}
			if _, ok := err.(*LineError); err != nil && !ok {
				return // also for a LineError that is wrapped: it was in the summary
			}
		}
	}
}

// Summary returns the summary of the bill, and whether all rows were read and fit it.
func (r *Reader[Row, Summary]) Summary() (summary Summary, ok bool) { return r.summary, r.done }

func (r *Reader[Row, Summary]) readHeader() error {
	line, err := r.lines.next()
	if err != nil {
		return r.cutOff(err, "it has no header")
	}
	r.header = strings.Split(line, ",")
	for i, name := range r.header {
		r.header[i] = plainName(name)
	}
	if r.header[0] != r.format.first {
		return r.notThis()
	}
	r.columns = make([]*column[Row], len(r.header))
	for i, name := range r.header {
		r.columns[i] = find(r.format.rows, name)
	}
	return nil
}

// notThis says what the first line looks like instead.
func (r *Reader[Row, Summary]) notThis() error {
	first := r.header[0]
	switch {
	case r.format.foreign != "" && (first == tradeFirst || first == flowFirst):
		return fmt.Errorf("bill: this is no %s: use %s", r.format.kind, r.format.foreign)
	case strings.HasPrefix(first, "\x1f\x8b"):
		return fmt.Errorf("bill: this is gzip data: unzip it first, as Client.Download does")
	}
	return fmt.Errorf("bill: this is no %s: the first line does not begin with %s", r.format.kind, r.format.first)
}

func find[Row any](columns []column[Row], name string) *column[Row] {
	for i := range columns {
		for _, known := range columns[i].names {
			if known == name {
				return &columns[i]
			}
		}
	}
	return nil
}

// plainName removes what headers have around their names at times: spaces, a back-tick, and the unit.
func plainName(name string) string {
	name = strings.TrimSpace(strings.TrimPrefix(name, "`"))
	name = strings.TrimSuffix(name, "（元）")
	return strings.TrimSuffix(name, "(元)")
}

// next returns the next row, or io.EOF when the summary was read and fits.
func (r *Reader[Row, Summary]) next() (row Row, err error) {
	line, err := r.lines.next()
	if err != nil {
		return row, r.cutOff(err, "the summary at its end is missing")
	}
	if strings.HasPrefix(line, r.format.total) {
		return row, r.readSummary(line)
	}
	if err := r.readRow(line, &row); err != nil {
		var none Row
		r.damaged++
		return none, err
	}
	r.format.add(&r.sums, &row)
	return row, nil
}

func (r *Reader[Row, Summary]) readRow(line string, row *Row) error {
	if err := r.split(line, len(r.columns)); err != nil {
		return err
	}
	var extra map[string]string
	for i, text := range r.fields {
		if r.columns[i] == nil {
			if extra == nil {
				extra = make(map[string]string)
			}
			extra[r.header[i]] = text
			continue
		}
		if err := r.columns[i].set(row, text); err != nil {
			return &LineError{Line: r.lines.number, Column: r.header[i], Problem: err.Error()}
		}
	}
	r.format.finish(row, r.lines.number, extra)
	return nil
}

// split cuts a line into fields. Each has a back-tick before it, and none has quotes, so a comma alone is text.
func (r *Reader[Row, Summary]) split(line string, want int) error {
	rest, ok := strings.CutPrefix(line, "`")
	if !ok {
		return &LineError{Line: r.lines.number, Problem: "does not begin with a back-tick"}
	}
	if got := strings.Count(rest, ",`") + 1; got != want {
		return &LineError{Line: r.lines.number, Problem: fmt.Sprintf("has %d fields, the header has %d", got, want)}
	}
	r.fields = r.fields[:0]
	for field := range strings.SplitSeq(rest, ",`") {
		r.fields = append(r.fields, field)
	}
	return nil
}

// cutOff returns an error of the source, or that the bill ended too early.
func (r *Reader[Row, Summary]) cutOff(err error, problem string) error {
	if err == io.EOF {
		return fmt.Errorf("bill: %s after %d lines: %w", problem, r.lines.number, io.ErrUnexpectedEOF)
	}
	return err
}
