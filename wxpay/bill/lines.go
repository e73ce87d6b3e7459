package bill

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

const maxLine = 1 << 20 // bytes; real lines have a few hundred

// lines reads lines that are not empty, without their ends.
type lines struct {
	in     *bufio.Reader
	number int // of the line that was read last, from 1
	long   []byte
}

func newLines(r io.Reader) *lines { return &lines{in: bufio.NewReaderSize(r, 64<<10)} }

func (l *lines) next() (string, error) {
	for {
		line, err := l.read()
		if err != nil {
			return "", err
		}
		l.number++
		if l.number == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")) // the byte order mark that Excel likes
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(bytes.TrimSpace(line)) > 0 {
			return string(line), nil
		}
	}
}

// read returns a line with its end. The last one may have none; behind it comes io.EOF.
func (l *lines) read() ([]byte, error) {
	l.long = l.long[:0]
	for {
		part, err := l.in.ReadSlice('\n')
		switch {
		case len(l.long)+len(part) > maxLine:
			return nil, fmt.Errorf("bill: line %d is longer than %d bytes", l.number+1, maxLine)
		case err == nil && len(l.long) == 0:
			return part, nil
		case errors.Is(err, bufio.ErrBufferFull), err == nil, err == io.EOF:
			l.long = append(l.long, part...)
		default:
			return nil, fmt.Errorf("bill: after line %d: %w", l.number, err)
		}
		switch {
		case err == nil, err == io.EOF && len(l.long) > 0:
			return l.long, nil
		case err == io.EOF:
			return nil, io.EOF
		}
	}
}
