package wxpay

import (
	"fmt"
	"io"
	"path"
	"strings"
)

// File is a file to upload. Name and Content are needed:
//
//	wxpay.File{Name: "license.jpg", Content: file}
//
// The digest that an upload tells WeChat Pay is computed from Content, and so is what else its description leaves empty: see
// [Client.Do].
type File struct {
	// Name is the name of the file with its suffix, by which WeChat Pay judges the type. It is no path.
	Name string `json:"filename"`

	// Content is read to its end. What can be read at any place and knows its length (*os.File, *bytes.Reader,
	// *strings.Reader) is read from where it stands, twice, without being moved or held in memory; it must not change
	// meanwhile. Anything else is read once and held in memory. It is not closed.
	Content io.Reader `json:"-"`

	// Size is how long Content must be, in bytes: a reader that ends before or after is an error, and nothing is sent.
	// Zero: not known. No file may be longer than 32 MiB; WeChat Pay takes far less.
	Size int64 `json:"-"`

	// ContentType is the media type. Default: by the suffix of Name, else application/octet-stream.
	ContentType string `json:"-"`
}

// Format writes the name and the size, whatever the verb, and nothing of the content.
func (f File) Format(state fmt.State, _ rune) { writeFields(state, "wxpay.File", f.public()) }

func (f File) public() []field {
	return []field{{"Name", f.Name}, {"Size", fmt.Sprint(f.Size)}, {"ContentType", f.mediaType()}}
}

// mediaType returns the type by a table of its own: that of package mime depends on files of the machine.
func (f File) mediaType() string {
	if f.ContentType != "" {
		return f.ContentType
	}
	if kind := mediaTypes[strings.ToLower(path.Ext(f.Name))]; kind != "" {
		return kind
	}
	return "application/octet-stream"
}

// mediaTypes has the suffixes that the documentation of the uploads names.
var mediaTypes = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".bmp": "image/bmp", ".gif": "image/gif",
	".avi": "video/x-msvideo", ".wmv": "video/x-ms-wmv", ".mpeg": "video/mpeg", ".mpg": "video/mpeg", ".mp4": "video/mp4",
	".mov": "video/quicktime", ".mkv": "video/x-matroska", ".flv": "video/x-flv", ".f4v": "video/x-f4v",
	".m4v": "video/x-m4v", ".rmvb": "application/vnd.rn-realmedia-vbr",
	".pdf": "application/pdf", ".xml": "application/xml", ".ofd": "application/ofd", ".csv": "text/csv", ".txt": "text/plain",
	".zip": "application/zip",
}
