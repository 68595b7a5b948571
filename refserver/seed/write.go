package seed

import (
	"encoding/base64"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Write writes a seed as YAML that Parse reads as the same seed. The library's own encoder changes texts: it loses
// carriage returns, tabs and blanks at the ends of some.
func (s Seed) Write(out io.Writer) error {
	w := &writer{}
	if s.IsZero() {
		w.WriteString("{}\n")
	}
	w.fields(reflect.ValueOf(s), "", "")
	_, err := io.WriteString(out, w.String())
	return err
}

type writer struct{ strings.Builder }

// fields writes a struct: what begins its first line, and what all others are indented by.
func (w *writer) fields(v reflect.Value, first, indent string) {
	for f, value := range v.Fields() {
		tag, tagged := f.Tag.Lookup("yaml")
		name, optional := strings.CutSuffix(tag, ",omitempty")
		if !tagged || optional && omitted(value) {
			continue
		}
		w.WriteString(first + name + ":")
		first = indent
		w.value(value, indent)
	}
}

// omitted says whether an optional value is left out; an empty map that is there is not.
func omitted(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Len() == 0 || v.IsZero()
}

// value writes a value behind its key or dash, up to the end of the line.
func (w *writer) value(v reflect.Value, indent string) {
	switch v.Kind() {
	case reflect.Pointer:
		w.value(v.Elem(), indent)
	case reflect.Struct:
		w.WriteString("\n")
		w.fields(v, indent+"  ", indent+"  ")
	case reflect.Slice:
		w.WriteString("\n")
		for _, item := range v.Seq2() {
			if item.Kind() == reflect.Struct {
				w.fields(item, indent+"  - ", indent+"    ")
				continue
			}
			w.WriteString(indent + "  -")
			w.value(item, indent+"  ")
		}
	case reflect.Map:
		w.texts(v, indent)
	case reflect.String:
		w.text(v.String(), indent)
	case reflect.Float32, reflect.Float64:
		w.WriteString(" " + decimal(v.Float(), v.Type().Bits()) + "\n")
	default: // whole numbers and truth values
		fmt.Fprintf(w, " %v\n", v)
	}
}

func (w *writer) texts(v reflect.Value, indent string) {
	if v.Len() == 0 {
		w.WriteString(" {}\n")
		return
	}
	w.WriteString("\n")
	names := v.MapKeys()
	slices.SortFunc(names, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, name := range names {
		w.WriteString(indent + "  " + scalar(name.String()) + ":")
		w.value(v.MapIndex(name), indent+"  ")
	}
}

// text writes a text: in its own lines where that can be read back as it is, on one line otherwise.
func (w *writer) text(s, indent string) {
	if !isBlock(s) {
		w.WriteString(" " + scalar(s) + "\n")
		return
	}
	lines, ended := strings.CutSuffix(s, "\n")
	if ended {
		w.WriteString(" |\n")
	} else {
		w.WriteString(" |-\n")
	}
	for line := range strings.SplitSeq(lines, "\n") {
		if line != "" {
			line = indent + "  " + line
		}
		w.WriteString(line + "\n")
	}
}

// isBlock says whether a text has several lines that a block shows as they are, with no blanks that nobody sees.
func isBlock(s string) bool {
	if !strings.Contains(s, "\n") || strings.ContainsRune(" \t\n", rune(s[0])) || strings.HasSuffix(s, "\n\n") || !utf8.ValidString(s) {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasSuffix(line, " ") || strings.HasSuffix(line, "\t") {
			return false
		}
		if strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && !unicode.IsPrint(r) }) {
			return false
		}
	}
	return true
}

// scalar is a text on one line: plain when nobody can take it for something else, in quotes, or as base64 when it is
// no UTF-8.
func scalar(s string) string {
	switch {
	case !utf8.ValidString(s):
		return "!!binary " + base64.StdEncoding.EncodeToString([]byte(s))
	case isPlain(s):
		return s
	}
	return strconv.Quote(s)
}

// isPlain says whether a text begins with a letter and does not end with a blank, has nothing but letters, digits, blanks
// and harmless signs, and is no word that YAML, in any version, takes for a value.
func isPlain(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || (r < '0' || r > '9') && !strings.ContainsRune(" -_./@", r)) {
			return false
		}
	}
	if strings.HasSuffix(s, " ") {
		return false
	}
	words := []string{"", "null", "true", "false", "yes", "no", "on", "off", "y", "n"}
	return !slices.Contains(words, strings.ToLower(s))
}

// The numbers between which all are written without exponent: those have few digits.
const least, most = 1e-6, 1e15

// decimal is a number as YAML writes it.
func decimal(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return ".nan"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(strconv.FormatFloat(f, 'g', -1, 64)[:1], "+") + ".inf"
	}
	if size := math.Abs(f); size != 0 && (size < least || size > most) {
		digits, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, bits), "e")
		if !strings.Contains(digits, ".") {
			digits += ".0"
		}
		return digits + "e" + exponent
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}
