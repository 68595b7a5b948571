package grpcapi

import (
	"google.golang.org/protobuf/proto"

	"github.com/nacos-tck/nacos-tck/wire"
)

// readyAnswers are the successful answers to instance requests, the most frequent of all, by the verb that they repeat.
func readyAnswers() map[string]*encoded {
	ready := map[string]*encoded{}
	for _, verb := range []string{"", wire.VerbRegister, wire.VerbDeregister} {
		answer := wire.InstanceResponse{Response: wire.OK()}
		if verb != "" {
			answer.Type = new(wire.Text(verb))
		}
		payload, err := wire.Encode(answer, "", nil)
		if err != nil {
			panic(err) // there is nothing in it that could not be written
		}
		message, err := proto.Marshal(payload)
		if err != nil {
			panic(err)
		}
		ready[verb] = (*encoded)(&message)
	}
	return ready
}

// encode makes an answer a message.
func (s *Server) encode(answer any) (any, error) {
	if r, ok := answer.(wire.InstanceResponse); ok && bool(r.Success) {
		if message := s.ready[text(r.Type)]; message != nil {
			return message, nil
		}
	}
	return wire.Encode(answer, "", nil)
}
