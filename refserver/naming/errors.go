package naming

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

// Codes in the envelope of v2 and v3.
const (
	CodeParameterMissing   = 10000
	CodeParameterInvalid   = 20002
	CodeMediaType          = 20003
	CodeResourceNotFound   = 20004
	CodeWeight             = 21001
	CodeInstanceMetadata   = 21002
	CodeInstanceNotFound   = 21003
	CodeInstance           = 21004
	CodeSelector           = 21006
	CodeServiceExists      = 21007
	CodeServiceNotFound    = 21008
	CodeServiceNotDeleted  = 21009
	CodeNamespaceIllegal   = 22000
	CodeNamespaceUnknown   = 22001
	CodeNamespaceTaken     = 22002
	CodeIllegalState       = 23000
	CodeServerError        = 30000
	CodeDeprecated         = 40000
	CodeClientDisconnected = -401
)

// Error is a refusal by the domain.
type Error struct {
	Flavour Flavour
	// Status is the HTTP status and, over gRPC, the error code. It may be no HTTP status: see CodeClientDisconnected.
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

func checked(status, code int, format string, args ...any) *Error {
	return &Error{Flavour: Checked, Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

func runtimeError(status int, format string, args ...any) *Error {
	return &Error{Flavour: Runtime, Status: status, Code: CodeServerError, Message: fmt.Sprintf(format, args...)}
}

// InvalidArgument rejects a parameter.
func InvalidArgument(format string, args ...any) *Error {
	return &Error{Flavour: Argument, Status: http.StatusBadRequest, Code: CodeParameterInvalid, Message: fmt.Sprintf(format, args...)}
}

func (r *Registry) errKind(key ServiceKey, has, verb, wanted string) *Error {
	if !r.b.Registration.NamesKinds {
		return runtimeError(http.StatusBadRequest, "Current service %s is of the other kind.", key.Grouped())
	}
	return runtimeError(http.StatusBadRequest, "Current service %s is %s service, can't %s %s instance.",
		key.Grouped(), has, verb, wanted)
}

func errNoClient(id string) *Error {
	return runtimeError(CodeClientDisconnected, "Client [%s] connection already disconnect, can't register ephemeral instance.", id)
}

// unexpected is an error that nobody foresaw; an empty message is one of those that have none.
func unexpected(format string, args ...any) *Error {
	return &Error{
		Flavour: Unexpected, Status: http.StatusInternalServerError, Code: CodeServerError, Message: fmt.Sprintf(format, args...),
	}
}
