package httpapi

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
}

func (b *badBody) Error() string { return b.reason }

// unusableBody is the error of a body that is not there or cannot be read.
func unusableBody(reason string) error {
	return &badBody{reason, http.StatusBadRequest, failure.CodeParameterMissing}
}

// unexpected is an error that nobody foresaw.
func unexpected(text string) error {
	return failure.NewUnexpected("%s", text)
}

// missing is the error of a parameter that was not given.
type missing struct {
	name string
	// kind is the Java type in the text.
	kind string
	// form says that it belongs to a form rather than to the method.
	form bool
	// empty says that it was given, but as nothing.
	empty bool
}

func (m *missing) Error() string {
	if m.form {
		return "Required parameter '" + m.name + "' type " + m.kind + " is not present"
	}
	text := "Required request parameter '" + m.name + "' for method parameter type " + m.kind
	if m.empty {
		return text + " is present but converted to null"
	}
	return text + " is not present"
}

// unreadable is the error of JSON that cannot be read inside a controller. Its code is no HTTP status, yet it becomes
// one.
type unreadable struct {
	status int
	// class is the Java class that it should have become, empty for none in particular; reason says why it could not.
	class, reason string
}

func (u *unreadable) Error() string {
	text := "errCode: " + strconv.Itoa(u.status) + ", errMsg: Nacos deserialize "
	if u.class != "" {
		text += "for class [" + u.class + "] "
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
	return unexpected("org.springframework.validation.BeanPropertyBindingResult: 1 errors\n" + u.field + "nested exception is " + u.problem + "]")
}

// named is the same error as newer frameworks word it, but for the method that they name.
func (u *unbound) named() error {
	return unexpected("Validation failed for argument [0]: [" + u.field + u.cause + "]] ")
}

// unconverted is the error of a parameter that the framework cannot convert.
type unconverted struct {
	name, java, cause string
	error
}

func (u *unconverted) Unwrap() error { return u.error }

// named is the same error as newer frameworks word it.
func (u *unconverted) named() error {
	return &failure.Error{
		Flavour: failure.Unexpected, Status: http.StatusInternalServerError, Code: failure.CodeServerError,
		Message: "Method parameter '" + u.name + "': Failed to convert value of type 'java.lang.String' to required type '" +
			u.java + "'; " + u.cause,
		Causes: []string{u.cause},
	}
}

// mismatch is the error of a value that the framework cannot convert.
func mismatch(name, java, problem string) error {
	_, cause, _ := strings.Cut(problem, ": ")
	return &unconverted{name, java, cause, &failure.Error{
		Flavour: failure.Unexpected, Status: http.StatusInternalServerError, Code: failure.CodeServerError,
		Message: "Failed to convert value of type 'java.lang.String' to required type '" + java +
			"'; nested exception is " + problem,
		Causes: []string{cause},
	}}
}

// causedBy is a value that cannot be converted, for one more reason below.
func causedBy(err error, cause string) error {
	if u := (*unconverted)(nil); errors.As(err, &u) {
		if e := (*failure.Error)(nil); errors.As(u.error, &e) {
			e.Causes = append(e.Causes, cause)
		}
	}
	return err
}
