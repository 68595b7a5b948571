package java

import (
	"strconv"
	"strings"
	"unicode"
)

// Integer is a whole number of so many bits, in decimal digits of any script, after a sign or none.
// Source: java.lang.Integer.parseInt, java.lang.Long.parseLong.
func Integer(text string, bits int) (n int64, ok bool) {
	n, err := strconv.ParseInt(strings.Map(asciiDigit, text), 10, bits)
	return n, err == nil
}

// Parameter is a whole number of so many bits as the framework reads it from a parameter: white space anywhere does not
// count, and 0x or # in front of it, after the sign, makes it hexadecimal.
// Source: org.springframework.util.NumberUtils.parseNumber; measured 2.5.1.
func Parameter(text string, bits int) (n int64, ok bool) {
	text = WithoutSpace(text)
	sign, digits := "", text
	if strings.HasPrefix(text, "-") {
		sign, digits = "-", text[1:]
	}
	for _, prefix := range []string{"0x", "0X", "#"} {
		if hex, found := strings.CutPrefix(digits, prefix); found {
			n, err := strconv.ParseInt(sign+hex, 16, bits)
			return n, err == nil && !strings.HasPrefix(hex, "-") && !strings.HasPrefix(hex, "+")
		}
	}
	return Integer(text, bits)
}

// WithoutSpace is a text without all its white space.
func WithoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if isWhitespace(r) {
			return -1
		}
		return r
	}, text)
}

// NotANumber is what Java says of a text that is no number.
func NotANumber(text string) string { return `For input string: "` + text + `"` }

// asciiDigit is a decimal digit of any script as one of ours. What is no digit stays, but for what Go takes and Java does not.
func asciiDigit(r rune) rune {
	switch {
	case r == '_':
		return 'x'
	case r < 0x80:
		return r
	}
	for _, digits := range unicode.Nd.R16 {
		if r >= rune(digits.Lo) && r <= rune(digits.Hi) {
			return '0' + (r-rune(digits.Lo))%10
		}
	}
	return r
}
