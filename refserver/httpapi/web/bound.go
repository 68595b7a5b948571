package web

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Number is a whole number in text, as the domain's plain conversion takes it.
func Number(text string) (int, error) {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, failure.NewArgument("For input string: %q", text)
	}
	return int(n), nil
}

// LenientNumber is a whole number in text, or 0.
func LenientNumber(text string) int {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0
	}
	return int(n)
}

// javaDouble is a number as Java writes it, without the suffix.
var javaDouble = regexp.MustCompile(`^([+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]*\.?[\da-fA-F]*[pP][+-]?\d+))[fFdD]?$`)

// Decimal is a number in text; NaN and Infinity are numbers.
func Decimal(text string) (float64, error) {
	trimmed := strings.TrimSpace(text)
	if match := javaDouble.FindStringSubmatch(trimmed); match != nil {
		n, err := strconv.ParseFloat(match[1], 64)
		if err == nil || errors.Is(err, strconv.ErrRange) {
			return n, nil
		}
	}
	if trimmed == "" {
		return 0, failure.NewArgument("empty String")
	}
	return 0, failure.NewArgument("For input string: %q", trimmed)
}

// Bound is a value that the framework converts to the Java type before the controller sees it.
type Bound[T any] struct {
	java    string
	Convert func(string) (T, string)
}

// BoundInt is a whole number of 32 bits for the Java type that errors name.
func BoundInt(java string) Bound[int] {
	return Bound[int]{java, func(text string) (int, string) {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
		if err != nil {
			return 0, fmt.Sprintf("java.lang.NumberFormatException: For input string: %q", text)
		}
		return int(n), ""
	}}
}

// BoundDouble is a number.
func BoundDouble(java string) Bound[float64] {
	return Bound[float64]{java, func(text string) (float64, string) {
		n, err := Decimal(text)
		if err != nil {
			return 0, "java.lang.NumberFormatException: " + err.Error()
		}
		return n, ""
	}}
}

// BoundBool is a truth value in one of the words of the framework.
func BoundBool(java string) Bound[bool] {
	return Bound[bool]{java, func(text string) (bool, string) {
		switch strings.ToLower(strings.TrimSpace(text)) {
		case "true", "on", "yes", "1":
			return true, ""
		case "false", "off", "no", "0":
			return false, ""
		}
		return false, fmt.Sprintf("java.lang.IllegalArgumentException: Invalid boolean value [%s]", text)
	}}
}

// Read is the converted value of a parameter, or the fallback when it is empty.
func (b Bound[T]) Read(p Params, name string, fallback T) (T, error) {
	if p[name] == "" {
		return fallback, nil
	}
	value, problem := b.Convert(p[name])
	if problem != "" {
		return value, Mismatch(name, b.java, problem)
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
		return value, Mismatch(name, b.java, problem)
	}
	return value, nil
}

// Form is as read, but refuses as the binding of a form does.
func (b Bound[T]) Form(p Params, object, name string, fallback T) (T, error) {
	if p[name] == "" {
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
			"codes [typeMismatch." + field + ",typeMismatch." + name + ",typeMismatch." + b.java + ",typeMismatch]; " +
			"arguments [org.springframework.context.support.DefaultMessageSourceResolvable: codes [" + field + "," + name + "]; " +
			"arguments []; default message [" + name + "]]; default message [Failed to convert property value of type " +
			"'java.lang.String' to required type '" + b.java + "' for property '" + name + "'; ",
	}
}

// ParseLong is a whole number of 64 bits, or what Java says of a text that is none.
func ParseLong(text string) (n int64, problem string) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0, fmt.Sprintf("java.lang.NumberFormatException: For input string: %q", text)
	}
	return n, ""
}

// FormatLong is a number as text.
func FormatLong(n int64) string { return strconv.FormatInt(n, 10) }

// BoundLong is a whole number of 64 bits.
func BoundLong(java string) Bound[int64] {
	return Bound[int64]{java, func(text string) (int64, string) {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil {
			return 0, "java.lang.NumberFormatException: For input string: " + strconv.Quote(strings.TrimSpace(text))
		}
		return n, ""
	}}
}
