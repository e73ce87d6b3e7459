package wxpay

import (
	"context"
	"errors"
	"reflect"
	"slices"
)

// loadedFile is a file as it is sent.
type loadedFile struct {
	part, name, mediaType string
	content               *content
}

// uploads returns the [uploader]. Its type stays out of File: see [Stream.delivery].
func (File) uploads() any { return fileUploader{} }

type fileUploader struct{}

// describe reads the files of an upload, and puts into a copy of the request what its description leaves empty: the
// name, the digest and its algorithm. The caller's request is not changed.
func (fileUploader) describe(ctx context.Context, c *call, request reflect.Value, plan *requestPlan) (reflect.Value, []*loadedFile, error) {
	copied := reflect.New(request.Type()).Elem()
	copied.Set(request)
	about := c.descriptionIn(plan, copied)
	var files []*loadedFile
	for i := range plan.files {
		part := &plan.files[i]
		file, given := fileOf(copied.FieldByIndex(part.index))
		if !given && !part.required {
			continue
		}
		loaded, err := c.loadFile(ctx, part.name, file, about)
		if err != nil {
			return copied, nil, err
		}
		files = append(files, loaded)
		about = &description{} // it describes the first file
	}
	return copied, files, nil
}

func fileOf(value reflect.Value) (file File, given bool) {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return file, false
		}
		value = value.Elem()
	}
	file = value.Interface().(File)
	return file, file.Content != nil || file.Name != ""
}

// loadFile reads one file, and completes its description.
func (c *call) loadFile(ctx context.Context, part string, file File, about *description) (*loadedFile, error) {
	refuse := func(path, rule string, problem error) error {
		return &CheckError{Operation: c.op.label(), Fields: []FieldError{{Path: path, Rule: rule, Problem: problem.Error()}}}
	}
	if file.Content == nil && file.Name == "" {
		return nil, refuse(part, "required", errors.New("is required"))
	}
	if err := about.nameFile(&file); err != nil {
		return nil, refuse(about.path(about.name), "file", err)
	}
	if err := checkFileName(file.Name); err != nil {
		return nil, refuse(part+".filename", "file", err)
	}
	sum, err := about.hash(c.client.hashes)
	if err != nil {
		return nil, refuse(about.path(about.digest), "digest", err)
	}
	content, err := file.load(ctx, sum)
	if problem, ok := errors.AsType[errFile](err); ok {
		return nil, refuse(part, "file", problem)
	}
	if err != nil {
		return nil, err
	}
	if err := about.setDigest(content.digest); err != nil {
		return nil, refuse(about.path(about.digest), "digest", err)
	}
	return &loadedFile{part: part, name: file.Name, mediaType: file.mediaType(), content: content}, nil
}

// description is the part that tells about the file: its fields by what they mean. Absent ones are zero.
type description struct {
	part                    string
	name, digest, algorithm namedField
}

type namedField struct {
	name  string
	value reflect.Value // a string that can be set
}

func (f namedField) text() string {
	if f.name == "" {
		return ""
	}
	return f.value.String()
}

func (d *description) path(field namedField) string { return d.part + "." + field.name }

// The names of these fields differ between products. One page misspells its algorithm, and the service with it.
var (
	nameFields      = []string{"filename", "file_name"}
	digestFields    = []string{"sha256", "file_digest", "digest"}
	algorithmFields = []string{"sha256_type", "file_digest_type", "digest_type", "digest_algorithm", "digest_alogrithm"}
)

// descriptionIn finds the description among the parts of a request that may be changed.
func (c *call) descriptionIn(plan *requestPlan, request reflect.Value) *description {
	for i := range plan.parts {
		part := &plan.parts[i]
		object := detach(request.FieldByIndex(part.index))
		if !object.IsValid() {
			continue
		}
		d := &description{
			part: part.name, name: fieldNamed(object, nameFields),
			digest: fieldNamed(object, digestFields), algorithm: fieldNamed(object, algorithmFields),
		}
		if d.name.name != "" || d.digest.name != "" {
			return d
		}
	}
	return &description{}
}

// detach returns the struct that a part holds, cut off from the caller's; invalid if it holds none.
func detach(value reflect.Value) reflect.Value {
	if value.Kind() == reflect.Pointer && !value.IsNil() {
		copied := reflect.New(value.Type().Elem())
		copied.Elem().Set(value.Elem())
		value.Set(copied)
		value = copied.Elem()
	}
	if value.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	if value.Type().Implements(holderType) {
		return detach(value.Field(0)) // the document of a JSON[T]
	}
	return value
}

// fieldNamed returns the first field that bears one of the names in JSON and holds text.
func fieldNamed(object reflect.Value, names []string) namedField {
	for _, field := range reflect.VisibleFields(object.Type()) {
		name := jsonName(field)
		if field.Type.Kind() != reflect.String || !field.IsExported() || !slices.Contains(names, name) {
			continue
		}
		if value, err := object.FieldByIndexErr(field.Index); err == nil && value.CanSet() {
			return namedField{name, value}
		}
	}
	return namedField{}
}

// nameFile lets the file and its description have one name, as WeChat Pay demands.
func (d *description) nameFile(file *File) error {
	switch described := d.name.text(); {
	case d.name.name == "":
	case described == "":
		d.name.value.SetString(file.Name)
	case file.Name == "":
		file.Name = described
	case described != file.Name:
		return errors.New("is not the Name of the file: leave one of them empty")
	}
	return nil
}
