package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
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

type decoder struct {
	body  []byte
	at    int
	depth int
}

func (d *decoder) fail(expected string) error {
	if d.at >= len(d.body) {
		return fmt.Errorf("at byte %d: expected %s, found the end", d.at, expected)
	}
	return fmt.Errorf("at byte %d: expected %s, found %q", d.at, expected, d.body[d.at:min(len(d.body), d.at+20)])
}

// peek skips blanks and shows the next byte, 0 at the end.
func (d *decoder) peek() byte {
	for ; d.at < len(d.body); d.at++ {
		switch c := d.body[d.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

func (d *decoder) value(v reflect.Value) error {
	switch p := v.Addr().Interface().(type) { // the shapes that requests are full of, without reflection
	case **Text:
		return d.optionalText(p)
	case *map[string]Text:
		return d.texts(p)
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

func (d *decoder) optionalText(p **Text) error {
	token, quoted, err := d.token()
	if err != nil {
		return err
	}
	*p = nil
	if quoted || token[0] != 'n' {
		*p = new(Text(token))
	}
	return nil
}

// texts reads an object of scalars. Null members are dropped, as a Java server drops them when it writes them again.
func (d *decoder) texts(p *map[string]Text) error {
	if *p = nil; d.null() {
		return nil
	}
	m := map[string]Text{}
	*p = m
	return d.members(func(key []byte) error {
		name := string(key)
		token, quoted, err := d.token()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		case quoted || token[0] != 'n':
			m[name] = Text(token)
		}
		return nil
	})
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
	fields := fieldsOf(v.Type())
	return d.members(func(key []byte) error {
		index, known := fields[string(key)]
		if !known {
			return d.skip()
		}
		if err := d.value(v.FieldByIndex(index)); err != nil {
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
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || !quoted && s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return errors.New("a number")
	}
	v.SetFloat(f)
	return nil
}

// token reads one scalar: the content of a string, which is quoted, or the characters of a number, true, false or null.
func (d *decoder) token() (token []byte, quoted bool, err error) {
	switch c := d.peek(); {
	case c == '"':
		token, err = d.text()
		return token, true, err
	case c == '-' || c >= '0' && c <= '9':
		token, err = d.number()
		return token, false, err
	default:
		for _, word := range [...]string{"true", "false", "null"} {
			if rest := d.body[d.at:]; len(rest) >= len(word) && string(rest[:len(word)]) == word {
				d.at += len(word)
				return rest[:len(word)], false, nil
			}
		}
		return nil, false, d.fail("a value")
	}
}

func (d *decoder) number() ([]byte, error) {
	from := d.at
	if d.body[d.at] == '-' {
		d.at++
	}
	whole := d.at
	if d.digits() == 0 || d.body[whole] == '0' && d.at > whole+1 {
		return nil, d.fail("a number")
	}
	if d.at < len(d.body) && d.body[d.at] == '.' {
		d.at++
		if d.digits() == 0 {
			return nil, d.fail("a digit")
		}
	}
	if d.at < len(d.body) && (d.body[d.at] == 'e' || d.body[d.at] == 'E') {
		d.at++
		if d.at < len(d.body) && (d.body[d.at] == '+' || d.body[d.at] == '-') {
			d.at++
		}
		if d.digits() == 0 {
			return nil, d.fail("a digit")
		}
	}
	return d.body[from:d.at], nil
}

func (d *decoder) digits() int {
	from := d.at
	for d.at < len(d.body) && d.body[d.at] >= '0' && d.body[d.at] <= '9' {
		d.at++
	}
	return d.at - from
}

// text reads a string and returns its content, which is valid until the body changes.
func (d *decoder) text() ([]byte, error) {
	d.at++
	from := d.at
	for d.at < len(d.body) {
		switch c := d.body[d.at]; {
		case c == '"':
			content := d.body[from:d.at]
			if !utf8.Valid(content) {
				return nil, d.fail("text in UTF-8")
			}
			d.at++
			return content, nil
		case c == '\\':
			return d.escaped(from)
		case c < ' ':
			return nil, d.fail("an escaped control character")
		}
		d.at++
	}
	return nil, d.fail("the end of a string")
}

// escaped goes on with a string whose first escape is at d.at.
func (d *decoder) escaped(from int) ([]byte, error) {
	content := append([]byte(nil), d.body[from:d.at]...)
	for d.at < len(d.body) {
		c := d.body[d.at]
		switch {
		case c == '"':
			if !utf8.Valid(content) {
				return nil, d.fail("text in UTF-8")
			}
			d.at++
			return content, nil
		case c == '\\':
			r, err := d.escape()
			if err != nil {
				return nil, err
			}
			content = utf8.AppendRune(content, r)
		case c < ' ':
			return nil, d.fail("an escaped control character")
		default:
			content = append(content, c)
			d.at++
		}
	}
	return nil, d.fail("the end of a string")
}

func (d *decoder) escape() (rune, error) {
	const plain, meant = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if d.at+1 >= len(d.body) {
		return 0, d.fail("an escape")
	}
	if c := d.body[d.at+1]; c != 'u' {
		i := strings.IndexByte(plain, c)
		if i < 0 {
			return 0, d.fail("an escape")
		}
		d.at += 2
		return rune(meant[i]), nil
	}
	r, ok := d.unicode()
	if !ok {
		return 0, d.fail("four hexadecimal digits")
	}
	if utf16.IsSurrogate(r) {
		before := d.at
		if low, ok := d.unicode(); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, nil
			}
		}
		d.at = before
	}
	return r, nil
}

// unicode reads \uXXXX.
func (d *decoder) unicode() (rune, bool) {
	if d.at+6 > len(d.body) || d.body[d.at] != '\\' || d.body[d.at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(d.body[d.at+2:d.at+6]), 16, 32)
	if err != nil {
		return 0, false
	}
	d.at += 6
	return rune(n), true
}

// skip passes over one value of any kind.
func (d *decoder) skip() error {
	switch d.peek() {
	case '{':
		return d.members(func([]byte) error { return d.skip() })
	case '[':
		return d.sequence('[', ']', "a list", d.skip)
	default:
		_, _, err := d.token()
		return err
	}
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
		if name != "" && f.IsExported() {
			fields[name] = f.Index
		}
	}
	fieldCache.Store(t, fields)
	return fields
}
