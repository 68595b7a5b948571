package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoder is a place in a JSON text. The methods in this file know tokens; those in decode.go know Go values.
type decoder struct {
	body  []byte
	at    int
	depth int
	// nulls are the names of null members that were dropped since the instance being read began.
	nulls []string
	// places are for the next texts; see keep.
	places []Text
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
