package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Unmarshal reads the first JSON value of body into v, which must be a pointer, as tolerantly and as strictly as the
// JSON reader of a Java server: names match case-sensitively, unknown ones are ignored, scalars convert into each
// other (see Text, Int, Double and Bool), and whatever follows the value is ignored.
func Unmarshal(body []byte, v any) error {
	d := decoder{body: body}
	return d.value(reflect.ValueOf(v).Elem())
}

// maxDepth bounds the nesting of values, so that hostile input cannot exhaust the stack.
const maxDepth = 10000

func (d *decoder) value(v reflect.Value) error {
	switch p := v.Addr().Interface().(type) { // the shapes that requests are full of, without reflection
	case **Text:
		return d.optionalText(p)
	case *map[string]Text:
		return texts(d, p)
	}
	t := v.Type()
	if !native(t) {
		return d.foreign(v)
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if d.null() {
			v.SetZero()
			return nil
		}
	default:
	}
	switch t.Kind() {
	case reflect.Pointer:
		if k := t.Elem().Kind(); (k == reflect.Int64 || k == reflect.Float64 || k == reflect.Bool) && d.blank() {
			v.SetZero()
			return nil
		}
		v.Set(reflect.New(t.Elem()))
		return d.value(v.Elem())
	case reflect.Struct:
		return d.structure(v)
	case reflect.Map:
		return d.mapping(v)
	case reflect.Slice:
		return d.list(v)
	default:
		return d.scalar(v)
	}
}

// blank skips text without content, which stands for a missing number or truth value.
func (d *decoder) blank() bool {
	from := d.at
	if d.peek() != '"' {
		return false
	}
	if token, _, err := d.token(); err == nil && strings.TrimSpace(string(token)) == "" {
		return true
	}
	d.at = from
	return false
}

func (d *decoder) optionalText(p **Text) error {
	token, quoted, err := d.token()
	if err != nil {
		return err
	}
	*p = nil
	if quoted || token[0] != 'n' {
		*p = d.keep(token)
	}
	return nil
}

// keep gives a text a place. Requests are full of them, so that their places are made eight at a time.
func (d *decoder) keep(token []byte) *Text {
	if len(d.places) == 0 {
		d.places = make([]Text, 8)
	}
	place := &d.places[0]
	d.places = d.places[1:]
	*place = Text(token)
	return place
}

// Texts reads the first JSON value of a body, an object of scalars: those that are not null, and the names of those that
// are. Members are nil for null. Of members with the same name the last counts.
func Texts(body []byte) (members map[string]string, nulls []string, err error) {
	d := decoder{body: body}
	err = texts(&d, &members)
	return members, d.nulls, err
}

// texts reads an object of scalars. Null members are dropped, as a Java server drops them when it writes them again, and
// remembered.
func texts[T ~string](d *decoder, p *map[string]T) error {
	if *p = nil; d.null() {
		return nil
	}
	m := map[string]T{}
	*p = m
	err := d.members(func(key []byte) error {
		token, quoted, err := d.token()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", key, err)
		case quoted || token[0] != 'n':
			m[string(key)] = T(token)
		default:
			delete(m, string(key))
			d.nulls = append(d.nulls, string(key))
		}
		return nil
	})
	d.nulls = slices.DeleteFunc(d.nulls, func(name string) bool {
		_, later := m[name]
		return later
	})
	slices.Sort(d.nulls)
	d.nulls = slices.Compact(d.nulls)
	return err
}

// foreign hands types of other packages and shapes to encoding/json.
func (d *decoder) foreign(v reflect.Value) error {
	d.peek()
	from := d.at
	if err := d.skip(); err != nil {
		return err
	}
	return json.Unmarshal(d.body[from:d.at], v.Addr().Interface())
}

func (d *decoder) null() bool {
	if d.peek() == 'n' && strings.HasPrefix(string(d.body[d.at:min(len(d.body), d.at+4)]), "null") {
		d.at += 4
		return true
	}
	return false
}

// members walks over an object; each must consume the value of its key.
func (d *decoder) members(each func(key []byte) error) error {
	return d.sequence('{', '}', "an object", func() error {
		if d.peek() != '"' {
			return d.fail("a name")
		}
		key, err := d.text()
		if err != nil {
			return err
		}
		if d.peek() != ':' {
			return d.fail("a colon")
		}
		d.at++
		return each(key)
	})
}

func (d *decoder) sequence(open, end byte, what string, each func() error) error {
	if d.peek() != open {
		return d.fail(what)
	}
	if d.depth++; d.depth > maxDepth {
		return fmt.Errorf("at byte %d: nested deeper than %d", d.at, maxDepth)
	}
	d.at++
	if d.peek() == end {
		d.at++
		d.depth--
		return nil
	}
	for {
		if err := each(); err != nil {
			return err
		}
		switch d.peek() {
		case ',':
			d.at++
		case end:
			d.at++
			d.depth--
			return nil
		default:
			return d.fail("a comma or the end of " + what)
		}
	}
}

func (d *decoder) structure(v reflect.Value) error {
	if s, ok := reflect.TypeAssert[interface{ setDefaults() }](v.Addr()); ok {
		s.setDefaults()
	}
	if in, ok := reflect.TypeAssert[*Instance](v.Addr()); ok {
		d.nulls = nil
		defer func() { in.Nulls = d.nulls }()
	}
	fields := fieldsOf(v.Type())
	return d.members(func(key []byte) error {
		index, known := fields[string(key)]
		if !known {
			return d.skip()
		}
		from, depth := d.at, d.depth
		err := d.value(v.FieldByIndex(index))
		if err != nil && v.Type().FieldByIndex(index).Tag.Get("wire") == "derived" {
			d.at, d.depth = from, depth
			return d.skip()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		return nil
	})
}

// mapping reads an object of scalars; see texts.
func (d *decoder) mapping(v reflect.Value) error {
	t := v.Type()
	m := reflect.MakeMap(t)
	v.Set(m)
	return d.members(func(key []byte) error {
		if d.null() {
			return nil
		}
		element := reflect.New(t.Elem()).Elem()
		if err := d.value(element); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		m.SetMapIndex(reflect.ValueOf(string(key)).Convert(t.Key()), element)
		return nil
	})
}

func (d *decoder) list(v reflect.Value) error {
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	return d.sequence('[', ']', "a list", func() error {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		return d.value(v.Index(v.Len() - 1))
	})
}

// scalar reads text, a number, a truth value or null into any of the scalar kinds.
func (d *decoder) scalar(v reflect.Value) error {
	d.peek()
	from := d.at
	token, quoted, err := d.token()
	if err != nil {
		return err
	}
	if !quoted && token[0] == 'n' {
		v.SetZero()
		return nil
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(token))
	case reflect.Bool:
		err = setBool(v, token, quoted)
	case reflect.Int64:
		err = setInt(v, token, quoted)
	default:
		err = setFloat(v, token, quoted)
	}
	if err != nil {
		d.at = from
		return d.fail(err.Error())
	}
	return nil
}

func setBool(v reflect.Value, token []byte, quoted bool) error {
	s := string(token)
	if quoted {
		s = strings.TrimSpace(s)
	}
	switch s {
	case "true", "True", "TRUE":
		v.SetBool(true)
		return nil
	case "false", "False", "FALSE":
		v.SetBool(false)
		return nil
	}
	if quoted && (s == "" || s == "null") {
		v.SetBool(false)
		return nil
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && !quoted {
		v.SetBool(n != 0)
		return nil
	}
	return errors.New("true or false")
}

func setInt(v reflect.Value, token []byte, quoted bool) error {
	s := string(token)
	if quoted {
		if s = strings.TrimSpace(s); s == "" || s == "null" {
			v.SetInt(0)
			return nil
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		v.SetInt(n)
		return nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || quoted || math.Abs(f) > math.MaxInt64 {
		return errors.New("a whole number")
	}
	v.SetInt(int64(f))
	return nil
}

func setFloat(v reflect.Value, token []byte, quoted bool) error {
	s := string(token)
	if quoted {
		switch s = strings.TrimSpace(s); s {
		case "", "null":
			v.SetFloat(0)
			return nil
		case "INF":
			s = "Infinity"
		case "-INF":
			s = "-Infinity"
		}
		if digits := strings.TrimRight(s, "dDfF"); len(digits) == len(s)-1 && strings.Trim(digits[max(len(digits)-1, 0):], "0123456789.") == "" {
			s = digits // Java lets numbers name their type
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || !quoted && s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return errors.New("a number")
	}
	v.SetFloat(f)
	return nil
}

// native reports whether t is one of the shapes that payloads are made of.
func native(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.String, reflect.Bool, reflect.Int64, reflect.Float64:
	case reflect.Pointer, reflect.Slice:
		return native(t.Elem())
	case reflect.Map:
		return t.Key().Kind() == reflect.String && native(t.Elem())
	default:
		return false
	}
	return t.PkgPath() == "" || t.PkgPath() == own
}

var own = reflect.TypeFor[Text]().PkgPath()

var fieldCache sync.Map // reflect.Type → map[string][]int

// fieldsOf gives the place of each property of a struct, those of embedded structs included.
func fieldsOf(t reflect.Type) map[string][]int {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.(map[string][]int)
	}
	fields := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" && f.IsExported() {
			fields[name] = f.Index
		}
	}
	fieldCache.Store(t, fields)
	return fields
}
