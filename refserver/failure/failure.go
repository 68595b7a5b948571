// Package failure holds the refusals of the domains, as every transport renders them. It knows no domain and no transport.
package failure

import (
	"fmt"
	"net/http"
)

// Flavour says how an error was raised, which decides how each transport renders it.
type Flavour int

const (
	// Checked errors carry a status and, over v2, the code of their kind.
	Checked Flavour = iota
	// Runtime errors are rendered with their number in front of the message.
	Runtime
	// Argument errors reject a parameter.
	Argument
	// Unexpected errors are those nobody foresaw.
	Unexpected
)

// Codes in the envelope of v2 and v3 that mean the same in every domain.
const (
	CodeParameterMissing = 10000
	CodeParameterInvalid = 20002
	CodeResourceNotFound = 20004
	CodeResourceConflict = 20005
	CodeServerError      = 30000
)

// Error is a refusal by a domain.
type Error struct {
	Flavour Flavour
	// Status is the HTTP status and, over gRPC, the error code. Some servers use numbers that are no HTTP status.
	Status int
	// Code is the code in the v2 envelope.
	Code    int
	Message string
	// Causes are the messages of what lies beneath an unexpected error.
	Causes []string
}

// Error is the message, for runtime errors with the number in front and the trailing blank that clients see.
func (e *Error) Error() string {
	if e.Flavour == Runtime {
		return fmt.Sprintf("errCode: %d, errMsg: %s ", e.Status, e.Message)
	}
	return e.Message
}

// NewChecked makes a checked error.
func NewChecked(status, code int, format string, args ...any) *Error {
	return &Error{Flavour: Checked, Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

// NewRuntime makes a runtime error.
func NewRuntime(status int, format string, args ...any) *Error {
	return &Error{Flavour: Runtime, Status: status, Code: CodeServerError, Message: fmt.Sprintf(format, args...)}
}

// NewArgument rejects a parameter.
func NewArgument(format string, args ...any) *Error {
	return &Error{
		Flavour: Argument, Status: http.StatusBadRequest, Code: CodeParameterInvalid, Message: fmt.Sprintf(format, args...),
	}
}

// NewUnexpected makes an error that nobody foresaw; an empty message is one of those that have none.
func NewUnexpected(format string, args ...any) *Error {
	return &Error{
		Flavour: Unexpected, Status: http.StatusInternalServerError, Code: CodeServerError, Message: fmt.Sprintf(format, args...),
	}
}
