package seed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// document is a seed as files write it: contents may stand in files beside it.
type document struct {
	Seed
	Configs []configEntry `yaml:"configs,omitempty"`
}

type configEntry struct {
	Config
	Content *string `yaml:"content,omitempty"`
	File    *string `yaml:"file,omitempty"`
}

// Read reads a seed from a file, and the contents that it refers to from files in the same directory or below. The error
// has a line for each mistake, with file and line, what was expected, what was found and what to do.
func Read(file string) (Seed, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Seed{}, fmt.Errorf("expected a seed that can be read: %w: correct the name", err)
	}
	dir, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return Seed{}, fmt.Errorf("expected a directory of the seed that can be read: %w", err)
	}
	defer dir.Close()
	return Parse(file, text, dir.FS())
}

// Parse reads a seed from YAML; file is its name in errors and places. Contents that stand in files are read from beside, which
// may be nil.
func Parse(file string, text []byte, beside fs.FS) (Seed, error) {
	d := &decoder{places: places{file: file, lines: map[string]int{}}}
	root, err := d.root(text)
	if err != nil {
		return Seed{}, err
	}
	var doc document
	d.decode(root, "", reflect.ValueOf(&doc).Elem())
	for i, entry := range doc.Configs {
		path := fmt.Sprintf("configs[%d]", i)
		content, err := entry.content(beside)
		if err != nil {
			d.problems = append(d.problems, fmt.Errorf("%s: %w", d.places.of(path), err))
		}
		entry.Config.Content = content
		doc.Seed.Configs = append(doc.Seed.Configs, entry.Config)
	}
	doc.Seed.places = d.places
	if len(d.problems) > 0 {
		return Seed{}, errors.Join(d.sorted()...)
	}
	return doc.Seed, doc.Seed.Check()
}

// sorted are the mistakes in the order of their lines.
func (d *decoder) sorted() []error {
	line := func(err error) (n int) {
		rest := strings.TrimPrefix(err.Error(), d.places.file+":")
		_, _ = fmt.Sscanf(rest, "%d", &n)
		return n
	}
	slices.SortStableFunc(d.problems, func(a, b error) int {
		return cmp.Or(cmp.Compare(line(a), line(b)), cmp.Compare(a.Error(), b.Error()))
	})
	return d.problems
}

// root is the one document of a file.
func (d *decoder) root(text []byte) (ast.Node, error) {
	const what = "expected lists such as namespaces, services, configs and users"
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		valid := bytes.ToValidUTF8(text, []byte{0})
		line := 1 + bytes.Count(text[:firstDifference(text, valid)], []byte("\n"))
		return nil, fmt.Errorf("%s:%d: expected UTF-8, found other bytes: save it as UTF-8, and write contents that are no text after !!binary as base64", d.places.file, line)
	}
	file, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if y, ok := errors.AsType[yaml.Error](err); ok && y.GetToken() != nil {
		return nil, fmt.Errorf("%s:%d: expected YAML, found a mistake: %s", d.places.file, y.GetToken().Position.Line, y.GetMessage())
	} else if err != nil {
		return nil, fmt.Errorf("%s: expected YAML, found a mistake: %s", d.places.file, strings.Join(strings.Fields(err.Error()), " "))
	}
	switch {
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return nil, fmt.Errorf("%s:1: %s, the file is empty: add some, or write {} for a seed with nothing in it", d.places.file, what)
	case len(file.Docs) > 1:
		return nil, fmt.Errorf("%s:%d: expected one document, found a second one: make it a seed of its own", d.places.file, file.Docs[1].Start.Position.Line)
	}
	return file.Docs[0].Body, nil
}

func firstDifference(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// content is that of a configuration, wherever it stands.
func (c configEntry) content(beside fs.FS) (string, error) {
	switch {
	case c.Content != nil && c.File != nil:
		return "", errors.New("expected content or file, found both: take one out")
	case c.Content != nil:
		return *c.Content, nil
	case c.File == nil:
		return "", errors.New("expected the key \"content\" or \"file\", found neither: add one")
	case beside == nil:
		return "", errors.New("expected content, found a file, and no files beside the seed: write the content into the seed")
	case !fs.ValidPath(*c.File):
		return "", fmt.Errorf("expected a file in the directory of the seed or below, such as configs/app.yaml, found %q", *c.File)
	}
	text, err := fs.ReadFile(beside, *c.File)
	if err != nil {
		return "", fmt.Errorf("expected a file beside the seed that can be read: %w", err)
	}
	return string(text), nil
}
