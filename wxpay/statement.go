package wxpay

import (
	"context"
	"crypto/sha1" // #nosec G505 -- WeChat Pay chose it
	"encoding/hex"
	"errors"
	"strings"
)

// Overseas statements are signed over the hash of their content, which a header gives, in place of the content. So the
// signature is verified when the answer begins, and the content is checked against the hash at its end.

const statementHeader = "Wechatpay-Statement-Sha1"

// isStatement reports whether answers for a path may be signed that way. It is these two only: for any other a signature
// must cover the content, whatever headers stand there.
func isStatement(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	return path == "/v3/global/statements" || path == "/hk/v3/statements"
}

// streams reports whether the content of a success is handed over as it comes. A statement without the header is signed as
// any other answer is.
func (c *call) streams(a *answer) bool {
	if c.stream == nil || !a.success() {
		return false
	}
	return c.op.Unsigned || c.statement && len(a.header[statementHeader]) > 0
}

// verify proves the answer.
func (c *call) verify(ctx context.Context) *VerifyError {
	a := c.answer
	if a.rest == nil {
		return c.client.verify(ctx, a.header, a.body)
	}
	sum, err := statementSum(a)
	if err != nil {
		return refuse(ErrUnsigned, "header "+statementHeader+" "+err.Error(), nil)
	}
	return c.client.verify(ctx, a.header, []byte(`{"sha1":"`+sum+`"}`))
}

// statementSum returns the hash as the header writes it.
func statementSum(a *answer) (string, error) {
	text, problem := single(a.header, statementHeader)
	if problem != "" {
		return "", errors.New(problem)
	}
	if sum, err := hex.DecodeString(text); err != nil || len(sum) != sha1.Size {
		return "", errors.New("is no SHA-1 in hexadecimal")
	}
	return text, nil
}

// statementBody unzips a statement and checks it. No source says whether the hash covers what is sent or what that unzips to
// (?). Either proves the content, so either will do. One that was verified as a whole needs no hash.
func (c *call) statementBody(s *delivery) *fileBody {
	b := &fileBody{call: c, source: s.body, limit: c.limit(maxStream)}
	if c.answer.rest == nil {
		return b
	}
	text, _ := statementSum(c.answer) // verified before
	b.want, _ = hex.DecodeString(text)
	raw := &hashedBody{ReadCloser: s.body, sum: sha1.New()}
	b.source, b.raw, b.sum = raw, raw.sum, sha1.New()
	return b
}
