package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// badBody is the error of a body that a controller cannot use.
type badBody struct {
	reason string
	// status is that of the error page, code that of the envelope.
	status, code int
	// causes are what lies beneath.
	causes []string
}

func (b *badBody) Error() string { return b.reason }

// UnusableBody is the error of a body that is not there or cannot be read.
func UnusableBody(reason string, causes ...string) error {
	return &badBody{reason, http.StatusBadRequest, failure.CodeParameterMissing, causes}
}

// Unexpected is an error that nobody foresaw.
func Unexpected(text string) error {
	return failure.NewUnexpected("%s", text)
}

// Missing is the error of a parameter that was not given.
type Missing struct {
	Name string
	// Kind is the Java type in the text.
	Kind string
	// Form says that it belongs to a form rather than to the method.
	Form bool
	// Empty says that it was given, but as nothing.
	Empty bool
}

func (m *Missing) Error() string {
	if m.Form {
		return "Required parameter '" + m.Name + "' type " + m.Kind + " is not present"
	}
	text := "Required request parameter '" + m.Name + "' for method parameter type " + m.Kind
	if m.Empty {
		return text + " is present but converted to null"
	}
	return text + " is not present"
}

// Unreadable is the error of JSON that cannot be read inside a controller. Its code is no HTTP status, yet it becomes
// one.
type Unreadable struct {
	Status int
	// Class is the Java class that it should have become, empty for none in particular; reason says why it could not.
	Class, Reason string
}

func (u *Unreadable) Error() string {
	text := "errCode: " + strconv.Itoa(u.Status) + ", errMsg: Nacos deserialize "
	if u.Class != "" {
		text += "for class [" + u.Class + "] "
	}
	return text + "failed.  "
}

// unbound is the error of a form that cannot be filled.
type unbound struct {
	object string
	// field is the text up to the reason, which is problem or, without the exception, cause.
	field, problem, cause string
}

func (u *unbound) Error() string { return u.Unwrap().Error() }

func (u *unbound) Unwrap() error {
	return Unexpected("org.springframework.validation.BeanPropertyBindingResult: 1 errors\n" + u.field + "nested exception is " + u.problem + "]")
}

// named is the same error as newer frameworks word it, but for the method that they name.
func (u *unbound) named() error {
	return Unexpected("Validation failed for argument [0]: [" + u.field + u.cause + "]] ")
}

// Unconverted is the error of a parameter that the framework cannot convert.
type Unconverted struct {
	name, java, cause string
	error
}

func (u *Unconverted) Unwrap() error { return u.error }

// named is the same error as newer frameworks word it.
func (u *Unconverted) named() error {
	return &Unconverted{u.name, u.java, u.cause, &failure.Error{
		Flavour: failure.Unexpected, Status: http.StatusInternalServerError, Code: failure.CodeServerError,
		Message: "Method parameter '" + u.name + "': Failed to convert value of type 'java.lang.String' to required type '" +
			u.java + "'; " + u.cause,
		Causes: []string{u.cause},
	}}
}

// Mismatch is the error of a value that the framework cannot convert.
func Mismatch(name, java, problem string) error {
	_, cause, _ := strings.Cut(problem, ": ")
	return &Unconverted{name, java, cause, &failure.Error{
		Flavour: failure.Unexpected, Status: http.StatusInternalServerError, Code: failure.CodeServerError,
		Message: "Failed to convert value of type 'java.lang.String' to required type '" + java +
			"'; nested exception is " + problem,
		Causes: []string{cause},
	}}
}

// CausedBy is a value that cannot be converted, for one more reason below.
func CausedBy(err error, cause string) error {
	if u := (*Unconverted)(nil); errors.As(err, &u) {
		if e := (*failure.Error)(nil); errors.As(u.error, &e) {
			e.Causes = append(e.Causes, cause)
		}
	}
	return err
}
