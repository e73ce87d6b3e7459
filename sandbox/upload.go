package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
)

// File is a file of an upload.
type File struct {
	Part        string // the name of its part, usually file
	Name        string
	ContentType string
	Content     []byte
}

// metaPart is the part of an upload that describes the file. Its text is signed in place of the body.
const metaPart = "meta"

// readUpload takes a multipart body apart.
func (r *Request) readUpload() error {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil
	}
	r.multi, r.plain = true, nil
	parts := multipart.NewReader(bytes.NewReader(r.Body), params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return uploadError("", "the multipart body cannot be read: "+err.Error())
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return uploadError(part.FormName(), "cannot be read: "+err.Error())
		}
		if part.FormName() == metaPart {
			r.plain = content
		} else if name := part.FileName(); name != "" {
			r.Files = append(r.Files, File{Part: part.FormName(), Name: name, ContentType: part.Header.Get("Content-Type"), Content: content})
		}
	}
	if r.plain == nil {
		return uploadError(metaPart, "is missing: its text is what is signed")
	}
	return nil
}

func uploadError(part, issue string) *Error {
	return paramError(detail{field: part, issue: issue, location: "body"})
}

// signed is what the signature covers of the body.
func (r *Request) signed() []byte {
	if r.multi {
		return r.plain
	}
	return r.Body
}

// checkUpload holds the files against what meta says about them.
func (r *Request) checkUpload() error {
	if !r.multi {
		return nil
	}
	var meta struct {
		Name   *string `json:"filename"`
		SHA256 *string `json:"sha256"`
	}
	if err := json.Unmarshal(r.plain, &meta); err != nil {
		return uploadError(metaPart, "is no JSON object of the documented form: "+err.Error())
	}
	if len(r.Files) == 0 {
		return uploadError("file", "is missing: the upload holds no part with a filename")
	}
	for _, f := range r.Files {
		digest := sha256.Sum256(f.Content)
		switch {
		case meta.Name != nil && *meta.Name != f.Name:
			return uploadError("/filename", "is not the filename of the part "+f.Part)
		case meta.SHA256 != nil && !strings.EqualFold(*meta.SHA256, hex.EncodeToString(digest[:])):
			return uploadError("/sha256", "is not the SHA-256 of the part "+f.Part)
		}
	}
	return nil
}
