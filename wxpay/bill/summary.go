package bill

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readSummary reads the two lines of the summary and what follows, which must be nothing, and compares. It returns io.EOF if
// all is well.
func (r *Reader[Row, Summary]) readSummary(header string) error {
	names := strings.Split(header, ",")
	for i, name := range names {
		names[i] = plainName(name)
	}
	if r.total(names[0]) == nil {
		return final(&LineError{Line: r.lines.number, Column: names[0], Problem: "is no column of a summary"})
	}
	line, err := r.lines.next()
	if err != nil {
		return r.cutOff(err, "the numbers of the summary are missing")
	}
	if err := r.split(line, len(names)); err != nil {
		return final(err)
	}
	if err := r.parseSummary(names); err != nil {
		return final(err)
	}
	if _, err := r.lines.next(); err == nil {
		return final(&LineError{Line: r.lines.number, Problem: "stands behind the summary"})
	} else if err != io.EOF {
		return err // of the source: a hash that does not fit, above all
	}
	if err := r.compare(names); err != nil {
		return err
	}
	r.done = true
	return io.EOF
}

// final makes the error of a line one that the reader does not go on behind.
func final(err error) error { return fmt.Errorf("%w: %w", err, ErrSummary) }

func (r *Reader[Row, Summary]) parseSummary(names []string) error {
	for i, name := range names {
		total := r.total(name)
		if total == nil {
			continue
		}
		value, err := total.parse(r.fields[i])
		if err != nil {
			return &LineError{Line: r.lines.number, Column: name, Problem: err.Error()}
		}
		*total.field(&r.summary) = value
	}
	return nil
}

func (r *Reader[Row, Summary]) total(name string) *total[Summary] {
	for i := range r.format.totals {
		if slices.Contains(r.format.totals[i].names, name) {
			return &r.format.totals[i]
		}
	}
	return nil
}

// compare compares what the summary says with the sums of the rows, as far as the rows have the column.
func (r *Reader[Row, Summary]) compare(names []string) error {
	if r.damaged > 0 {
		return fmt.Errorf("bill: %w: %d lines could not be read", ErrSummary, r.damaged)
	}
	var problems []error
	for _, name := range names {
		total := r.total(name)
		if total == nil || total.needs != "" && !r.has(total.needs) {
			continue
		}
		if want, got := *total.field(&r.summary), *total.field(&r.sums); want != got {
			problems = append(problems, fmt.Errorf("%s is %d, the rows give %d", name, want, got))
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("bill: %w: %w", ErrSummary, errors.Join(problems...))
	}
	return nil
}

// has reports whether the rows have a column, under any of its names.
func (r *Reader[Row, Summary]) has(name string) bool {
	for _, column := range r.columns {
		if column != nil && column.names[0] == name {
			return true
		}
	}
	return false
}
