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

// like says whether a text matches a pattern in which * stands for any text; a blank pattern matches all. As in the
// statements of the real server, % stands for any text too.
func like(pattern, text string) bool {
	if java.IsBlank(pattern) {
		return true
	}
	parts := strings.Split(strings.ReplaceAll(pattern, "*", "%"), "%")
	text, ok := strings.CutPrefix(text, parts[0])
	if !ok || len(parts) == 1 {
		return ok && text == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		if _, text, ok = strings.Cut(text, part); !ok {
			return false
		}
	}
	return strings.HasSuffix(text, parts[len(parts)-1])
}
