package grpcapi

import (
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// errApplication is how a Java server ends a call or stream over whose message it stumbles.
var errApplication = status.Error(codes.Unknown, "Application error processing RPC")

// errOversized is how a call with too big a message ends where the status does not say so. A Java server resets the
// stream instead, which clients see as the same code.
var errOversized = status.Error(codes.Canceled, "the message is too big")

// message is what was received: a payload, or why there is none.
type message struct {
	payload grpcpb.Payload
	err     error
}

// codec reads messages. It refuses none itself, because grpc-go would then choose the status.
type codec struct {
	encoding.CodecV2
	limit   int
	cancels bool // calls with too big a message
}

func newCodec(limit int, cancels bool) codec {
	return codec{encoding.GetCodecV2(proto.Name), limit, cancels}
}

// Marshal takes a *letter as it is.
func (c codec) Marshal(v any) (mem.BufferSlice, error) {
	if l, ok := v.(*letter); ok {
		return l.parts, nil
	}
	return c.CodecV2.Marshal(v)
}

// Unmarshal fills a *message.
func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	m := v.(*message)
	if size := data.Len(); size > c.limit {
		if c.cancels {
			m.err = errOversized
			return nil
		}
		m.err = status.Errorf(codes.ResourceExhausted, "gRPC message exceeds maximum size %d: %d", c.limit, size)
		return nil
	}
	if c.CodecV2.Unmarshal(data, &m.payload) != nil {
		m.err = errApplication
	}
	return nil
}
