package java

import (
	"strings"
	"unicode/utf8"
)

// UTF8 is a text with U+FFFD for each sequence of bytes that is malformed, of which a surrogate is one.
// Source: java.nio.charset of OpenJDK 17, sun.nio.cs.UTF_8.Decoder; measured 2.5.1.
func UTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError && size == 1 {
			size = malformed(text)
		}
		b.WriteRune(r)
		text = text[size:]
	}
	return b.String()
}

// malformed is the length of the malformed sequence that a text begins with.
func malformed(s string) int {
	continues := func(i int) bool { return i < len(s) && s[i]&0xc0 == 0x80 }
	switch first := s[0]; {
	case first >= 0xe0 && first <= 0xef:
		switch {
		case !continues(1) || first == 0xe0 && s[1] < 0xa0:
			return 1
		case continues(2): // a surrogate
			return 3
		}
		return 2
	case first >= 0xf0 && first <= 0xf4:
		switch {
		case !continues(1) || first == 0xf0 && s[1] < 0x90 || first == 0xf4 && s[1] > 0x8f:
			return 1
		case !continues(2):
			return 2
		}
		return 3
	}
	return 1
}
