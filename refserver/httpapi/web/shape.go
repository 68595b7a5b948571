package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Shape is the Java type that a body becomes.
type Shape struct {
	Class string
	// List says that it is an array of items, else an object.
	List bool
	// Items is what the items of a list are; nil for texts.
	Items *Shape
	// Fields are "int" or "text" by name. Without, the values of all names are texts.
	Fields map[string]string
}

// TextMap is an object of texts.
var TextMap = Shape{Class: "java.util.LinkedHashMap<java.lang.String,java.lang.String>"}

// unread is why JSON does not become a type, as the library of Java servers words it.
type unread struct {
	exception, reason string
	// at is the offset that the library tells, chain the way to the value.
	at    int
	chain []string
}

const (
	badToken  = "com.fasterxml.jackson.databind.exc.MismatchedInputException"
	badFormat = "com.fasterxml.jackson.databind.exc.InvalidFormatException"
	badText   = "com.fasterxml.jackson.core.JsonParseException"
)

// read says why a text does not become the type, nil when it does.
func (s Shape) read(text []byte) *unread {
	if !json.Valid(text) {
		return noJSON(text)
	}
	return s.fits(text, len(text)-len(bytes.TrimLeft(text, " \t\r\n")))
}

var firstWord = regexp.MustCompile(`^\s*([\pL\pN_$]+)`)

// noJSON is the problem of a text that is no JSON. Of those that begin well the library tells more.
func noJSON(text []byte) *unread {
	if found := firstWord.FindSubmatchIndex(text); found != nil {
		return &unread{exception: badText, at: found[3], reason: "Unrecognized token '" + string(text[found[2]:found[3]]) +
			"': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"}
	}
	var value any
	return &unread{exception: badText, reason: json.Unmarshal(text, &value).Error()}
}

// fits says why the value at an offset does not become the type.
func (s Shape) fits(text []byte, at int) *unread {
	value := bytes.TrimSpace(text[at:])
	opening := byte('{')
	if s.List {
		opening = '['
	}
	if value[0] != opening {
		return &unread{exception: badToken, reason: s.refuses(value), at: at}
	}
	d := json.NewDecoder(bytes.NewReader(text[at:]))
	_, _ = d.Token() // the opening
	for i := 0; d.More(); i++ {
		step := "java.util.ArrayList[" + strconv.Itoa(i) + "]"
		kind := "text"
		if !s.List {
			name, _ := d.Token()
			step = strings.SplitN(s.Class, "<", 2)[0] + fmt.Sprintf("[%q]", name)
			if s.Fields != nil {
				kind = s.Fields[name.(string)]
			}
		}
		start := at + int(d.InputOffset())
		start += bytes.IndexFunc(text[start:], func(r rune) bool { return !strings.ContainsRune(" \t\r\n:,", r) })
		var item json.RawMessage
		_ = d.Decode(&item) // the whole is valid
		problem := fitsScalar(item, kind, start)
		if s.Items != nil && string(item) != "null" {
			problem = s.Items.fits(text[:start+len(item)], start)
		}
		if problem != nil {
			problem.chain = append([]string{step}, problem.chain...)
			return problem
		}
	}
	return nil
}

// refuses says why a value that begins otherwise does not become the type.
func (s Shape) refuses(value []byte) string {
	raw, generic := strings.CutSuffix(s.Class, ">")
	if generic {
		raw, _, _ = strings.Cut(raw, "<")
	}
	construct := "Cannot construct instance of `" + raw + "` (although at least one Creator exists): no "
	switch number := value[0] == '-' || value[0] >= '0' && value[0] <= '9'; {
	case value[0] == '"':
		var text string
		_ = json.Unmarshal(value, &text) // it is valid
		return construct + "String-argument constructor/factory method to deserialize from String value ('" + text + "')"
	case number && !generic:
		return construct + "int/Int-argument constructor/factory method to deserialize from Number value (" + string(value) + ")"
	}
	return "Cannot deserialize value of type `" + s.Class + "` from " + tokenOf(value)
}

// tokenOf is the kind of a value and the library's name for its first token.
func tokenOf(value []byte) string {
	kind, token := "Integer", "VALUE_NUMBER_INT"
	switch {
	case value[0] == '{':
		kind, token = "Object", "START_OBJECT"
	case value[0] == '[':
		kind, token = "Array", "START_ARRAY"
	case value[0] == 't':
		kind, token = "Boolean", "VALUE_TRUE"
	case value[0] == 'f':
		kind, token = "Boolean", "VALUE_FALSE"
	case bytes.ContainsAny(value, ".eE"):
		kind, token = "Floating-point", "VALUE_NUMBER_FLOAT"
	}
	return kind + " value (token `JsonToken." + token + "`)"
}

// fitsScalar says why a value becomes no text or number. Texts take any scalar, numbers take texts that are some.
func fitsScalar(value []byte, kind string, at int) *unread {
	compound := value[0] == '{' || value[0] == '['
	switch {
	case kind == "text" && compound:
		return &unread{exception: badToken, reason: "Cannot deserialize value of type `java.lang.String` from " + tokenOf(value), at: at}
	case kind == "int" && (compound || value[0] == 't' || value[0] == 'f'):
		return &unread{exception: badToken, reason: "Cannot deserialize value of type `int` from " + tokenOf(value), at: at}
	case kind == "int" && value[0] == '"':
		var text string
		_ = json.Unmarshal(value, &text) // it is valid
		if _, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32); err != nil && !Blank(text) {
			return &unread{exception: badFormat, reason: fmt.Sprintf("Cannot deserialize value of type `int` from String %q: not a valid `int` value", text), at: at}
		}
	}
	return nil
}

// NotJSON says of a text that is no JSON why.
func NotJSON(text string) string {
	u := noJSON([]byte(text))
	return u.reason + "\n at [Source: (String)\"" + text + "\"; " + place(text, u.at) + "]"
}

// place is that of an offset.
func place(text string, at int) string {
	before := text[:at]
	return fmt.Sprintf("line: %d, column: %d", strings.Count(before, "\n")+1, at-strings.LastIndex(before, "\n"))
}

// tell is the problem in the words of the framework around the library, and those of the library itself where the framework
// tells them too. The source is what the library calls the body, empty where it is not told.
func (u *unread) tell(text []byte, source string) (message string, causes []string) {
	message = "JSON parse error: " + u.reason
	if source == "" {
		return message, nil
	}
	full := u.reason + "\n at [Source: (" + source + "); " + place(string(text), u.at) + "]"
	if len(u.chain) > 0 {
		full += " (through reference chain: " + strings.Join(u.chain, "->") + ")"
	}
	return message + "; nested exception is " + u.exception + ": " + full, []string{full}
}
