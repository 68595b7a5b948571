package grpcapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// refusal is an answer that says no.
type refusal struct {
	code int
	// message is left out of the answer when nil.
	message *wire.Text
	// thrown says that a handler threw the error, not that a check in front of it refused the request.
	thrown bool
	// runtime says that what was thrown is an error of run time.
	runtime bool
	// typed makes the body of the handler's own type; nil for ErrorResponse.
	typed func(wire.Response) any
}

func refused(code int, message string) *refusal {
	return &refusal{code: code, message: new(wire.Text(message))}
}

// thrown is the refusal that an error of the domain becomes. Arguments have no code over gRPC.
func thrown(err error) *refusal {
	var e *naming.Error
	if !errors.As(err, &e) || e.Flavour == naming.Argument {
		return &refusal{code: http.StatusInternalServerError, message: new(wire.Text(err.Error())), thrown: true}
	}
	return &refusal{code: e.Status, message: new(wire.Text(e.Error())), thrown: true, runtime: e.Flavour == naming.Runtime}
}

// nullPointer is what a Java server answers when a handler stumbles over something that is missing.
func nullPointer(what string) *refusal {
	return thrown(errors.New("Cannot invoke a method because " + what + " is null"))
}

func (r *refusal) body(b behaviour.Connections) any {
	code := wire.Int(r.code)
	if r.runtime && !b.RuntimeErrorsKeepCodes {
		code = wire.CodeFail
	}
	head := wire.Response{ResultCode: wire.CodeFail, ErrorCode: code, Message: r.message}
	if r.thrown && b.ThrownCodeIsResult {
		head.ResultCode = code
	}
	if r.typed != nil {
		return r.typed(head)
	}
	return wire.ErrorResponse{Response: head}
}
