package bill

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Millifen is a thousandth of a fen, which is 0.00001 yuan: bills write fees with five digits behind the point. They are whole
// fen as a rule.
type Millifen int64

// Fen returns the amount in fen, cut down to a whole one, and whether it was whole.
func (m Millifen) Fen() (fen int64, whole bool) { return int64(m / 1000), m%1000 == 0 }

// String returns the amount in yuan, as bills write it.
func (m Millifen) String() string {
	sign, digits := "", strconv.FormatInt(int64(m), 10)
	if m < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) < 6 {
		digits = strings.Repeat("0", 6-len(digits)) + digits
	}
	return sign + digits[:len(digits)-5] + "." + digits[len(digits)-5:]
}

// parseFen reads an amount in yuan exactly. More than two digits behind the point must be zeros.
func parseFen(text string) (int64, error) { return parseDecimal(text, 2) }

// parseMillifen reads a fee in yuan exactly.
func parseMillifen(text string) (int64, error) { return parseDecimal(text, 5) }

// parseCount reads a number of rows, which old bills write as 20.0.
func parseCount(text string) (int64, error) { return parseDecimal(text, 0) }

// parseDecimal reads a decimal number as an integer of units of 10^-places. Floating point has no place here. Nothing at all
// is zero: bills leave fields empty that do not apply.
func parseDecimal(text string, places int) (int64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	digits, negative := strings.CutPrefix(text, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, errors.New("is no decimal number")
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > places {
		return 0, errors.New("has more digits behind the point than its unit")
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil || n > math.MaxInt64/2 {
		return 0, errors.New("is too large")
	}
	if negative {
		n = -n
	}
	return n, nil
}

// The setters of columns.

func text[Row any](field func(*Row) *string) func(*Row, string) error {
	return func(row *Row, text string) error {
		*field(row) = text
		return nil
	}
}

// id is text in which "0" stands for nothing.
func id[Row any](field func(*Row) *string) func(*Row, string) error {
	return func(row *Row, text string) error {
		if text != "0" {
			*field(row) = text
		}
		return nil
	}
}

func fen[Row any](field func(*Row) *int64) func(*Row, string) error {
	return func(row *Row, text string) (err error) {
		*field(row), err = parseFen(text)
		return err
	}
}

func millifen[Row any](field func(*Row) *Millifen) func(*Row, string) error {
	return func(row *Row, text string) error {
		n, err := parseMillifen(text)
		*field(row) = Millifen(n)
		return err
	}
}

func moment[Row any](field func(*Row) *time.Time) func(*Row, string) error {
	return func(row *Row, text string) error {
		text = strings.TrimSpace(text)
		if text == "" {
			return nil
		}
		parsed, err := time.ParseInLocation(time.DateTime, text, Beijing)
		if err != nil {
			return errors.New("is no time such as 2006-01-02 15:04:05")
		}
		*field(row) = parsed
		return nil
	}
}
