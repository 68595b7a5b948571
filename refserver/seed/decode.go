package seed

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// decoder fills structs from nodes and notes each mistake with its line. It is stricter than the library: nothing becomes
// something of another type, nothing is ignored, and what stands in a text is what arrives.
type decoder struct {
	places   places
	problems []error
}

// complain notes a mistake at a node.
func (d *decoder) complain(at ast.Node, path, format string, args ...any) {
	line := 1
	if t := at.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	if path != "" {
		path += ": "
	}
	d.problems = append(d.problems, fmt.Errorf("%s:%d: %s%s", d.places.file, line, path, fmt.Sprintf(format, args...)))
}

// decode fills v, which can be set, from a node.
func (d *decoder) decode(n ast.Node, path string, v reflect.Value) {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		d.complain(n, path, "expected a value, found an anchor or a reference to one: write the value out")
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, path, v.Elem())
	case reflect.Struct:
		d.object(n, path, v)
	case reflect.Slice:
		d.list(n, path, v)
	case reflect.Map:
		d.texts(n, path, v)
	default:
		d.scalar(n, path, v)
	}
}

func (d *decoder) list(n ast.Node, path string, v reflect.Value) {
	sequence, ok := n.(*ast.SequenceNode)
	if !ok {
		d.complain(n, path, "expected a list, found %s: begin each item with -", describe(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(sequence.Values), len(sequence.Values)))
	for i, item := range sequence.Values {
		at := path + "[" + strconv.Itoa(i) + "]"
		if t := item.GetToken(); t != nil && t.Position != nil {
			d.places.lines[at] = t.Position.Line
		}
		d.decode(item, at, v.Index(i))
	}
}

// object fills a struct: each key names a field, each field that can be left out has omitempty in its tag.
func (d *decoder) object(n ast.Node, path string, v reflect.Value) {
	pairs, ok := pairsOf(n)
	if !ok {
		d.complain(n, path, "expected keys with values, found %s", describe(n))
		return
	}
	fields := fieldsOf(v.Type())
	seen := d.keys(pairs, path)
	for name, pair := range seen {
		f, known := fields[name]
		if !known {
			d.complain(pair.Key, path, "expected one of the keys %s, found %q: correct it or take it out", strings.Join(namesOf(fields), ", "), name)
			continue
		}
		d.decode(pair.Value, join(path, name), v.FieldByIndex(f.index))
	}
	for _, name := range namesOf(fields) {
		if seen[name] == nil && !fields[name].optional {
			d.complain(n, path, "expected the key %q, found none: add it", name)
		}
	}
}

// texts fills a map of texts.
func (d *decoder) texts(n ast.Node, path string, v reflect.Value) {
	pairs, ok := pairsOf(n)
	if !ok {
		d.complain(n, path, "expected keys with values, found %s", describe(n))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for name, pair := range d.keys(pairs, path) {
		value := reflect.New(v.Type().Elem()).Elem()
		d.decode(pair.Value, join(path, name), value)
		v.SetMapIndex(reflect.ValueOf(name), value)
	}
}

// keys are the pairs by their keys, each of which is a text and there once.
func (d *decoder) keys(pairs []*ast.MappingValueNode, path string) map[string]*ast.MappingValueNode {
	seen := map[string]*ast.MappingValueNode{}
	for _, pair := range pairs {
		name, err := text(pair.Key)
		switch {
		case err != nil:
			d.complain(pair.Key, path, "expected a text as key, found %s: %v", describe(pair.Key), err)
		case seen[name] != nil:
			d.complain(pair.Key, path, "expected the key %q once, found it again after line %d: take one out", name, seen[name].Key.GetToken().Position.Line)
		default:
			seen[name] = pair
		}
	}
	return seen
}

func (d *decoder) scalar(n ast.Node, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		s, err := text(n)
		if err != nil {
			d.complain(n, path, "expected a text, found %s: %v", describe(n), err)
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.complain(n, path, "expected true or false, found %s", describe(n))
			return
		}
		v.SetBool(b.Value)
	case reflect.Int:
		i, ok := whole(n)
		if !ok {
			d.complain(n, path, "expected a whole number, found %s", describe(n))
			return
		}
		v.SetInt(i)
	default: // numbers with fractions
		f, ok := number(n)
		if !ok {
			d.complain(n, path, "expected a number, found %s", describe(n))
			return
		}
		v.SetFloat(f)
	}
}

var (
	errQuote  = errors.New("put it in quotes")
	errBinary = errors.New("expected base64 after !!binary: encode it")
)

// text is the text that a node stands for.
func text(n ast.Node) (string, error) {
	switch n := n.(type) {
	case *ast.MappingKeyNode:
		return text(n.Value)
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.TagNode:
		if n.Start == nil || n.Start.Value != "!!binary" {
			break
		}
		encoded, err := text(n.Value)
		if err != nil {
			return "", err
		}
		bytes, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(encoded), ""))
		if err != nil {
			return "", errBinary
		}
		return string(bytes), nil
	}
	return "", errQuote
}

func whole(n ast.Node) (int64, bool) {
	i, ok := n.(*ast.IntegerNode)
	if !ok {
		return 0, false
	}
	switch value := i.Value.(type) {
	case int64:
		return value, true
	case uint64:
		return int64(value), value <= math.MaxInt64
	}
	return 0, false
}

func number(n ast.Node) (float64, bool) {
	switch n := n.(type) {
	case *ast.FloatNode:
		return n.Value, true
	case *ast.NanNode:
		return math.NaN(), true
	case *ast.InfinityNode:
		return n.Value, true
	}
	i, ok := whole(n)
	return float64(i), ok
}

// describe is a node in words.
func describe(n ast.Node) string {
	const most = 40
	shown := func(kind, value string) string {
		if len(value) > most {
			value = strings.ToValidUTF8(value[:most], "") + "…"
		}
		return kind + " " + value
	}
	switch n := n.(type) {
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode:
		return shown("the text", strconv.Quote(n.Value))
	case *ast.LiteralNode:
		return shown("the text", strconv.Quote(n.Value.Value))
	case *ast.IntegerNode, *ast.FloatNode, *ast.NanNode, *ast.InfinityNode:
		return shown("the number", n.GetToken().Value)
	case *ast.BoolNode:
		return shown("the truth value", n.GetToken().Value)
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "keys with values"
	case *ast.TagNode:
		return shown("the tag", n.Start.Value)
	}
	return "something else"
}

func pairsOf(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// field is a field of a struct by its key.
type field struct {
	index    []int
	optional bool
}

// fieldsOf are the fields with a tag; those of embedded structs come in where the outer one has none of their key.
func fieldsOf(t reflect.Type) map[string]field {
	fields := map[string]field{}
	for f := range t.Fields() {
		switch tag, tagged := f.Tag.Lookup("yaml"); {
		case f.Anonymous:
			for name, inner := range fieldsOf(f.Type) {
				if _, taken := fields[name]; !taken {
					fields[name] = field{append(slices.Clone(f.Index), inner.index...), inner.optional}
				}
			}
		case tagged:
			name, optional := strings.CutSuffix(tag, ",omitempty")
			fields[name] = field{f.Index, optional}
		}
	}
	return fields
}

func namesOf(fields map[string]field) []string {
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
