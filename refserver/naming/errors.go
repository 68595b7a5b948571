package naming

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// Error is a refusal by the domain.
type Error = failure.Error

// The flavours of errors.
const (
	Checked    = failure.Checked
	Runtime    = failure.Runtime
	Argument   = failure.Argument
	Unexpected = failure.Unexpected
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

func checked(status, code int, format string, args ...any) *Error {
	return failure.NewChecked(status, code, format, args...)
}

func runtimeError(status int, format string, args ...any) *Error {
	return failure.NewRuntime(status, format, args...)
}

// InvalidArgument rejects a parameter.
func InvalidArgument(format string, args ...any) *Error { return failure.NewArgument(format, args...) }

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

func unexpected(format string, args ...any) *Error { return failure.NewUnexpected(format, args...) }
