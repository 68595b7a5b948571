// Package java holds the rules of Java for texts, where what a server does hangs on them.
package java

import (
	"strings"
	"unicode"
)

// IsBlank says whether a text has nothing but white space. No-break spaces are none, the separators U+001C to U+001F are.
func IsBlank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isWhitespace(r) }) < 0
}

func isWhitespace(r rune) bool {
	switch r {
	case '\u00a0', '\u2007', '\u202f':
		return false
	}
	return r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f || unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp)
}

// Trim is a text without the characters up to the blank at its ends.
func Trim(s string) string { return strings.TrimFunc(s, func(r rune) bool { return r <= ' ' }) }

// Length is the number of characters of a text: those beyond the basic plane are two.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// IsLetterOrDigit says whether a character of the basic plane is a letter or a decimal digit of any script.
func IsLetterOrDigit(r rune) bool { return r <= 0xFFFF && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// Split are the parts of a text between separators, without empty ones at the end; an empty text is one part.
func Split(s, separator string) []string {
	parts := strings.Split(s, separator)
	for len(parts) > 0 && s != "" && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return parts
}
