package java

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON is JSON of encoding/json as Jackson writes it into a text: escapes have capital letters, and the two separators
// that only JavaScript minds have none.
func JSON(text []byte) []byte {
	if !bytes.Contains(text, []byte(`\u`)) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '\\':
			out = append(out, text[i])
		case text[i+1] != 'u':
			out = append(out, text[i], text[i+1])
			i++
		default:
			switch code := string(text[i+2 : i+6]); code {
			case "2028", "2029":
				out = append(out, 0xe2, 0x80, 0xa8+code[3]-'8')
			default:
				out = append(append(out, `\u`...), bytes.ToUpper(text[i+2:i+6])...)
			}
			i += 5
		}
	}
	return out
}

// StreamedJSON is JSON as Jackson writes it into a stream of bytes: characters beyond the basic plane are two escapes.
func StreamedJSON(text []byte) []byte {
	text = JSON(text)
	if !slices.ContainsFunc(leads, func(lead byte) bool { return bytes.IndexByte(text, lead) >= 0 }) {
		return text
	}
	const hex = "0123456789ABCDEF"
	out := make([]byte, 0, len(text)+16)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if beyond(r) {
			high, low := utf16.EncodeRune(r)
			for _, half := range []rune{high, low} {
				out = append(out, '\\', 'u', hex[half>>12&15], hex[half>>8&15], hex[half>>4&15], hex[half&15])
			}
		} else {
			out = append(out, text[:size]...)
		}
		text = text[size:]
	}
	return out
}

// leads are the bytes that characters beyond the basic plane begin with. Looking for them is faster than decoding.
var leads = []byte{0xf0, 0xf1, 0xf2, 0xf3, 0xf4}

func beyond(r rune) bool { return r > 0xFFFF }
