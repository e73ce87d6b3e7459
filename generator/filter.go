package generator

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/generator/load"
	"github.com/wxgen/wxgen/generator/model"
)

// pattern matches names in which * stands for any text. A pattern without a
// star must be the whole name.
func pattern(p string) *regexp.Regexp {
	parts := strings.Split(p, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return regexp.MustCompile("^" + strings.Join(parts, ".*") + "$")
}

// specFiles picks the files that become the wanted packages. A package is
// wanted by its folder, such as marketing/favor or marketing/*, or by the name
// of its product, such as 代金券.
func specFiles(specs fs.FS, packages []string) ([]string, error) {
	files, err := load.Files(specs)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no spec (.yaml) is there to read")
	}
	if len(packages) == 0 {
		return files, nil
	}
	return pick(specs, files, packages)
}

func pick(specs fs.FS, files, packages []string) ([]string, error) {
	var picked []string
	for _, want := range packages {
		found := byFolder(files, want)
		if len(found) == 0 {
			var err error
			if found, err = byProduct(specs, files, want); err != nil {
				return nil, err
			}
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no spec becomes the package %s, and none is of a product of that name (wxgen ops lists what there is)", want)
		}
		picked = append(picked, found...)
	}
	slices.Sort(picked)
	return slices.Compact(picked), nil
}

func byFolder(files []string, want string) []string {
	match := pattern(strings.Trim(want, "/"))
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool { return !match.MatchString(model.Folder(f)) })
}

// byProduct finds the files whose title holds the name of a product.
func byProduct(specs fs.FS, files []string, want string) ([]string, error) {
	set, err := load.Load(specs, files...)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, doc := range set.Documents {
		if strings.Contains(doc.Title, want) && model.HasPackage(doc) {
			found = append(found, doc.File)
		}
	}
	return found, nil
}

// filter leaves out operations and notifications that are not wanted. They
// are told by package and name (marketing/favor.ListStockItems), by path, or
// by event type.
func (r *run) filter(doc *load.Document) {
	if len(r.Operations)+len(r.Exclude) == 0 {
		return
	}
	unwanted := func(op *load.Operation) bool {
		return len(r.Operations) > 0 && !matchesAny(r.Operations, doc, op) || matchesAny(r.Exclude, doc, op)
	}
	doc.Operations = slices.DeleteFunc(doc.Operations, unwanted)
	doc.Webhooks = slices.DeleteFunc(doc.Webhooks, unwanted)
}

func matchesAny(patterns []string, doc *load.Document, op *load.Operation) bool {
	names := []string{model.Folder(doc.File) + "." + model.GoName(op.ID), op.Path}
	if op.Event != nil {
		names = append(names, op.Event.Types...)
	}
	return slices.ContainsFunc(patterns, func(p string) bool {
		return slices.ContainsFunc(names, pattern(p).MatchString)
	})
}
