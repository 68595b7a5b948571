package grpcapi

import (
	"context"
	"slices"

	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// handler serves one type of request on a registered connection.
type handler func(c *connection, p *grpcpb.Payload) (any, *refusal)

// serveCall answers one unary call. Whatever goes wrong in the application is told in the payload, never in the
// gRPC status.
func (s *Server) serveCall(_ any, ss grpc.ServerStream) error {
	m := new(message)
	if err := ss.RecvMsg(m); err != nil {
		return err
	}
	if m.err != nil {
		return m.err
	}
	body := s.observed(ss.Context(), &m.payload)
	if err := ss.Context().Err(); err != nil {
		return status.FromContextError(err).Err() // nobody waits for the answer any more
	}
	answer, err := s.encode(body)
	if err != nil {
		return err
	}
	return ss.SendMsg(answer)
}

func (s *Server) answer(ctx context.Context, p *grpcpb.Payload) (any, *refusal) {
	c := connectionOf(ctx)
	if s.gate != nil {
		call := Call{
			Connection: c.id, Type: p.GetMetadata().GetType(), Headers: p.GetMetadata().GetHeaders(), Body: p.GetBody().GetValue(),
			Done: ctx.Done(),
		}
		if r := s.gate(call); r != nil {
			return nil, refused(r.Code, r.Message)
		}
	}
	if s.starting() {
		return nil, refused(wire.CodeStarting, "Server is starting,please try later.")
	}
	return s.dispatch(c, p)
}

// dispatch makes the checks that come before the handler, in the line's order.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/grpc/GrpcRequestAcceptor.java:81-220; measured.
func (s *Server) dispatch(c *connection, p *grpcpb.Payload) (any, *refusal) {
	payloadType := p.GetMetadata().GetType()
	if s.b.ForbidsClusterTypes && !c.cluster && slices.Contains(s.requests.BetweenServers, payloadType) {
		return nil, refused(wire.CodeBadGateway, " invoke "+payloadType+" from sdk is forbidden")
	}
	if payloadType == "ServerCheckRequest" {
		answer := wire.ServerCheckResponse{Response: wire.OK()}
		if s.b.AbilityTables {
			answer.SupportAbilityNegotiation = new(wire.Bool(s.b.NegotiatesAbilities))
		}
		if s.b.NamesConnection {
			answer.ConnectionID = wire.Text(c.id)
		}
		return answer, nil
	}
	handle := s.handlers[payloadType]
	if handle == nil && s.b.TypeBeforeRegistration {
		return nil, s.unknownType()
	}
	if s.b.NeedsSetup && !c.isRegistered() {
		if handle != nil && !s.b.RegistrationBeforeBody {
			if _, r := handle(nil, p); r != nil {
				return nil, r
			}
		}
		return nil, refused(s.b.UnregisteredCode, "Connection is unregistered.")
	}
	if handle == nil {
		return nil, s.unknownType()
	}
	return handle(c, p)
}

func (s *Server) unknownType() *refusal {
	return refused(s.b.UnknownTypeCode, "RequestHandler Not Found")
}
