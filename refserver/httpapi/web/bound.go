package web

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Number is a whole number in text, as the domain's plain conversion takes it.
func Number(text string) (int, error) {
	n, ok := java.Integer(text, 32)
	if !ok {
		return 0, failure.NewArgument("%s", java.NotANumber(text))
	}
	return int(n), nil
}

// LenientNumber is a whole number in text, or 0.
func LenientNumber(text string) int {
	n, ok := java.Integer(text, 32)
	if !ok {
		return 0
	}
	return int(n)
}

// javaDouble is a number as Java writes it, without the suffix.
var javaDouble = regexp.MustCompile(`^([+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]*\.?[\da-fA-F]*[pP][+-]?\d+))[fFdD]?$`)

// Decimal is a number in text; NaN and Infinity are numbers.
func Decimal(text string) (float64, error) {
	trimmed := java.Trim(text)
	if match := javaDouble.FindStringSubmatch(trimmed); match != nil {
		n, err := strconv.ParseFloat(match[1], 64)
		if err == nil || errors.Is(err, strconv.ErrRange) {
			return n, nil
		}
	}
	if trimmed == "" {
		return 0, failure.NewArgument("empty String")
	}
	return 0, failure.NewArgument("%s", java.NotANumber(trimmed))
}

// Bound is a value that the framework converts to the Java type before the controller sees it.
type Bound[T any] struct {
	class   string
	Convert func(string) (T, string)
}

// BoundInt is a whole number of 32 bits for the Java type that errors name.
func BoundInt(class string) Bound[int] {
	return Bound[int]{class, func(text string) (int, string) {
		n, problem := whole(text, 32)
		return int(n), problem
	}}
}

// BoundLong is a whole number of 64 bits.
func BoundLong(class string) Bound[int64] { return Bound[int64]{class, ParseLong} }

// ParseLong is a whole number of 64 bits, or what Java says of a text that is none.
func ParseLong(text string) (n int64, problem string) { return whole(text, 64) }

func whole(text string, bits int) (n int64, problem string) {
	n, ok := java.Parameter(text, bits)
	if !ok {
		return 0, "java.lang.NumberFormatException: " + java.NotANumber(java.WithoutSpace(text))
	}
	return n, ""
}

// BoundDouble is a number.
func BoundDouble(class string) Bound[float64] {
	return Bound[float64]{class, func(text string) (float64, string) {
		n, err := Decimal(java.WithoutSpace(text))
		if err != nil {
			return 0, "java.lang.NumberFormatException: " + err.Error()
		}
		return n, ""
	}}
}

// BoundBool is a truth value in one of the words of the framework.
func BoundBool(class string) Bound[bool] {
	return Bound[bool]{class, func(text string) (bool, string) {
		switch strings.ToLower(java.Trim(text)) {
		case "true", "on", "yes", "1":
			return true, ""
		case "false", "off", "no", "0":
			return false, ""
		}
		return false, fmt.Sprintf("java.lang.IllegalArgumentException: Invalid boolean value [%s]", text)
	}}
}

// nothing says whether a text stands for no value at all: types that have one take it from blanks.
func (b Bound[T]) nothing(text string) bool {
	return text == "" || strings.HasPrefix(b.class, "java.lang.") && Blank(text)
}

// Read is the converted value of a parameter, or the fallback when there is none.
func (b Bound[T]) Read(p Params, name string, fallback T) (T, error) {
	if b.nothing(p[name]) {
		return fallback, nil
	}
	value, problem := b.Convert(p[name])
	if problem != "" {
		return value, Mismatch(name, b.class, problem)
	}
	return value, nil
}

// Given is as read, but an empty value must be convertible too.
func (b Bound[T]) Given(p Params, name string, fallback T) (T, error) {
	text, ok := p[name]
	if !ok {
		return fallback, nil
	}
	value, problem := b.Convert(text)
	if problem != "" {
		return value, Mismatch(name, b.class, problem)
	}
	return value, nil
}

// Form is as read, but refuses as the binding of a form does.
func (b Bound[T]) Form(p Params, object, name string, fallback T) (T, error) {
	if b.nothing(p[name]) {
		return fallback, nil
	}
	return b.Primitive(p, object, name, fallback)
}

// Primitive is as form, but an empty value must be convertible too.
func (b Bound[T]) Primitive(p Params, object, name string, fallback T) (T, error) {
	value, err := b.Given(p, name, fallback)
	if err == nil {
		return value, nil
	}
	_, problem := b.Convert(p[name])
	field := object + "." + name
	_, cause, _ := strings.Cut(problem, ": ")
	return value, &unbound{
		object: object, problem: problem, cause: cause,
		field: "Field error in object '" + object + "' on field '" + name + "': rejected value [" + p[name] + "]; " +
			"codes [typeMismatch." + field + ",typeMismatch." + name + ",typeMismatch." + b.class + ",typeMismatch]; " +
			"arguments [org.springframework.context.support.DefaultMessageSourceResolvable: codes [" + field + "," + name + "]; " +
			"arguments []; default message [" + name + "]]; default message [Failed to convert property value of type " +
			"'java.lang.String' to required type '" + b.class + "' for property '" + name + "'; ",
	}
}

// FormatLong is a number as text.
func FormatLong(n int64) string { return strconv.FormatInt(n, 10) }
