package refserver

import (
	"sync"
	"time"
)

// Protocols of a Request.
const (
	HTTP = "http"
	GRPC = "grpc"
)

// Request is one request that reached the server, HTTP or unary gRPC.
type Request struct {
	// Time is the server's time of arrival.
	Time time.Time
	// Protocol is HTTP or GRPC.
	Protocol string
	// Operation is method and path, "PUT /nacos/v1/ns/instance/beat", or the payload type, "InstanceRequest".
	Operation string
	// Client is the peer's address or, for gRPC, the connection id.
	Client string
	// Query is the raw query of the URL.
	Query string
	// Body is the body as far as the server has read it, cut after 4096 bytes.
	Body string
	// Status is the HTTP status of the answer; 0 while there is none, and for gRPC.
	Status int
}

const (
	maxBody = 4096
	// maxOperations bounds the names that are counted one by one, whatever clients ask for.
	maxOperations = 1024
)

// entry is a request as the journal keeps it. Its body becomes text only when somebody asks for it.
type entry struct {
	Request
	body []byte
}

// journal keeps the last requests and counts all.
type journal struct {
	mu     sync.Mutex
	ring   []*entry
	next   int
	total  int
	counts map[string]int
}

func newJournal(size int) *journal {
	return &journal{ring: make([]*entry, max(size, 1)), counts: map[string]int{}}
}

// add takes note of a request. The journal owns it from then on; see update.
func (j *journal) add(r *entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring[j.next] = r
	j.next = (j.next + 1) % len(j.ring)
	j.total++
	if _, known := j.counts[r.Operation]; known || len(j.counts) < maxOperations {
		j.counts[r.Operation]++
	}
}

// update changes a request that was added.
func (j *journal) update(change func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change()
}

// Requests are the last requests, oldest first; see WithRequestLog.
func (s *Server) Requests() []Request {
	j := s.embedded().journal
	j.mu.Lock()
	defer j.mu.Unlock()
	var all []Request
	for i := range j.ring {
		if e := j.ring[(j.next+i)%len(j.ring)]; e != nil {
			all = append(all, e.text())
		}
	}
	return all
}

// RequestCount says how many requests for an operation have reached the server since it was made; the empty operation
// counts all. See Request.Operation for the names.
func (s *Server) RequestCount(operation string) int {
	j := s.embedded().journal
	j.mu.Lock()
	defer j.mu.Unlock()
	if operation == "" {
		return j.total
	}
	return j.counts[operation]
}

// text is the request with its body, for those who match it.
func (e *entry) text() Request {
	r := e.Request
	r.Body = string(e.body)
	return r
}
