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
func (d Double) MarshalJSON() ([]byte, error) { return d.appendTo(nil), nil }

func (d Double) appendTo(b []byte) []byte {
	f := float64(d)
	switch {
	case math.IsNaN(f):
		return append(b, `"NaN"`...)
	case math.IsInf(f, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(f, -1):
		return append(b, `"-Infinity"`...)
	case f == 0:
		return append(b, "0.0"...)
	case math.Abs(f) < 1e-3 || math.Abs(f) >= 1e7:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
		b = append(b, mantissa...)
		if !strings.Contains(mantissa, ".") {
			b = append(b, ".0"...)
		}
		n, _ := strconv.Atoi(exponent) // which Java writes without plus and leading zero
		return strconv.AppendInt(append(b, 'E'), int64(n), 10)
	}
	from := len(b)
	b = strconv.AppendFloat(b, f, 'f', -1, 64)
	if !bytes.Contains(b[from:], []byte(".")) {
		b = append(b, ".0"...)
	}
	return b
}

// Bool is a truth value.
type Bool bool

// UnmarshalJSON accepts true and false, also as text, and numbers, of which 0 is false.
func (v *Bool) UnmarshalJSON(b []byte) error { return Unmarshal(b, (*bool)(v)) }
