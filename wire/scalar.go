package wire

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// The scalar types below write what a Java server writes and read what it tolerates: numbers and booleans where text
// is expected, text where numbers and booleans are expected, null as zero.

// Text is a string.
type Text string

// UnmarshalJSON accepts text, numbers and booleans.
func (t *Text) UnmarshalJSON(b []byte) error { return Unmarshal(b, (*string)(t)) }

// Int is a 32-bit or 64-bit whole number.
type Int int64

// UnmarshalJSON accepts numbers, whose fraction is dropped, and text that holds a whole one; empty text is 0.
func (i *Int) UnmarshalJSON(b []byte) error { return Unmarshal(b, (*int64)(i)) }

// Double is a floating-point number.
type Double float64

// UnmarshalJSON accepts numbers and text that holds one, NaN included; empty text is 0.
func (d *Double) UnmarshalJSON(b []byte) error { return Unmarshal(b, (*float64)(d)) }

// MarshalJSON writes at least one decimal, and the three values that JSON has no number for as text.
func (d Double) MarshalJSON() ([]byte, error) {
	f := float64(d)
	switch {
	case math.IsNaN(f):
		return []byte(`"NaN"`), nil
	case math.IsInf(f, 1):
		return []byte(`"Infinity"`), nil
	case math.IsInf(f, -1):
		return []byte(`"-Infinity"`), nil
	case f == 0:
		return []byte("0.0"), nil
	case math.Abs(f) < 1e-3 || math.Abs(f) >= 1e7:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		n, err := strconv.Atoi(exponent)
		return []byte(mantissa + "E" + strconv.Itoa(n)), err
	}
	text := strconv.AppendFloat(make([]byte, 0, 24), f, 'f', -1, 64)
	if !bytes.Contains(text, []byte(".")) {
		text = append(text, ".0"...)
	}
	return text, nil
}

// Bool is a truth value.
type Bool bool

// UnmarshalJSON accepts true and false, also as text, and numbers, of which 0 is false.
func (v *Bool) UnmarshalJSON(b []byte) error { return Unmarshal(b, (*bool)(v)) }
