package accounts

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// page is a page of what passes. Pages behind the last are empty.
func page[T any](all []T, passes func(T) bool, number, size int) (Page[T], error) {
	if number <= 0 || size <= 0 {
		return Page[T]{}, failure.NewArgument("pageNo and pageSize must be greater than zero")
	}
	passed := []T{}
	for _, v := range all {
		if passes(v) {
			passed = append(passed, v)
		}
	}
	p := Page[T]{Total: len(passed), Number: number, Available: (len(passed) + size - 1) / size, Items: []T{}}
	if number <= p.Available {
		p.Items = passed[(number-1)*size : min(len(passed), number*size)]
	}
	return p, nil
}

// like says whether a text matches a pattern as in the statements of real servers: % stands for any text and _ for any
// character. Where statements escape, a backslash takes that meaning from the character behind it.
func like(pattern, text string, escapes bool) bool {
	p, t := []rune(pattern), []rune(text)
	i, j := 0, 0
	star, from := -1, 0 // the last %, and where the text went on behind it
	for j < len(t) {
		literal := escapes && i+1 < len(p) && p[i] == '\\'
		switch {
		case literal && p[i+1] == t[j]:
			i, j = i+2, j+1
		case !literal && i < len(p) && p[i] == '%':
			star, from = i, j
			i++
		case !literal && i < len(p) && (p[i] == '_' || p[i] == t[j]):
			i, j = i+1, j+1
		case star >= 0:
			from++
			i, j = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(string(p[i:]), "%") == ""
}

// looksLike says whether a text matches a pattern of a list, in which * stands for any text; a blank pattern matches all.
// Source: generateLikeArgument of nacos 2.5.1 AP/persistence/EmbeddedUserPersistServiceImpl.java; measured 2.5.1.
func looksLike(pattern, text string) bool {
	return java.IsBlank(pattern) || like(strings.NewReplacer("_", `\_`, "*", "%").Replace(pattern), text, true)
}

// same compares two texts as the database of real servers does: blanks at the end do not count.
func same(a, b string) bool { return strings.TrimRight(a, " ") == strings.TrimRight(b, " ") }
