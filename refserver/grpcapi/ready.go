package grpcapi

import "github.com/nacos-tck/nacos-tck/wire"

// readyAnswers are the successful answers to instance requests, the most frequent of all, by the verb that they repeat.
func readyAnswers() map[string]*letter {
	ready := map[string]*letter{}
	for _, verb := range []string{"", wire.VerbRegister, wire.VerbDeregister} {
		answer := wire.InstanceResponse{Response: wire.OK()}
		if verb != "" {
			answer.Type = new(wire.Text(verb))
		}
		l, err := write(answer, "")
		if err != nil {
			panic(err) // there is nothing in it that could not be written
		}
		ready[verb] = l
	}
	return ready
}

// encode writes an answer.
func (s *Server) encode(answer any) (*letter, error) {
	if r, ok := answer.(wire.InstanceResponse); ok && bool(r.Success) {
		if l := s.ready[text(r.Type)]; l != nil {
			return l, nil
		}
	}
	return write(answer, "")
}
