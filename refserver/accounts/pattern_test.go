package accounts

import "testing"

// TestPatternsAreReadAsJavaDoes: measured on JDK 17 behind nacos 1.4.8, 2.0.4 and 2.5.1. An empty problem is none.
func TestPatternsAreReadAsJavaDoes(t *testing.T) {
	for pattern, problem := range map[string]string{
		"ns:.*:.*":     "",
		"(":            "Unclosed group near index 1\n(",
		".*:(":         "Unclosed group near index 4\n.*:(",
		"a{":           "Illegal repetition near index 2\na{",
		"{":            "Illegal repetition near index 1\n{",
		"a{1":          "Unclosed counted closure near index 3\na{1",
		"+":            "Dangling meta character '+' near index 0\n+\n^",
		"?":            "Dangling meta character '?' near index 0\n?\n^",
		"[":            "Unclosed character class near index 0\n[\n^",
		"[a":           "Unclosed character class near index 1\n[a\n ^",
		"[]":           "Unclosed character class near index 1\n[]\n ^",
		`\`:            "Unexpected internal error near index 1\n\\",
		"x)":           "Unmatched closing ')' near index 0\nx)\n^",
		"[z-a]":        "Illegal character range near index 3\n[z-a]\n   ^",
		"(?!x).*":      "",
		"(?<=x)":       "",
		"a++":          "",
		"a{1001}":      "",
		"a{2}":         "",
		`\{`:           "",
		"[{]":          "",
		"(?<n>ns):.*":  "",
		`\Qns(\E`:      "",
		"a|":           "",
		"\u00fc(":      "Unclosed group near index 2\n\u00fc(",
		"(a*)(b*)(c*)": "",
	} {
		_, err := compile(pattern)
		found := ""
		if err != nil {
			found = err.Error()
		}
		if found != problem {
			t.Errorf("%s: expected %q, found %q", pattern, problem, found)
		}
	}
}
