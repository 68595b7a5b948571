// Package metrics keeps what a server measures of itself and writes it as Prometheus reads it, under the names that real
// servers of the line use. It knows no transport and no domain: what it counts it is told, what it shows it is given.
package metrics

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Meters count and time requests. They may be used from any goroutine.
type Meters struct {
	b                       behaviour.Metrics
	requests, calls, config *timers

	mu sync.Mutex
	// seen are the modules that had connections when somebody looked.
	seen map[string]bool
}

// maxModules bounds the modules that are shown, whatever clients call theirs.
const maxModules = 64

// New makes meters. now is the time by which maxima are forgotten.
func New(b behaviour.Metrics, now func() time.Time) *Meters {
	labels := []string{"exception", "method", "outcome", "status", "uri"}
	if b.LabelsErrors {
		labels = append([]string{"error"}, labels...)
	}
	return &Meters{
		b:        b,
		seen:     map[string]bool{},
		requests: newTimers(now, labels...),
		calls:    newTimers(now, "errorCode", "module", "requestClass", "success", "throwableClass"),
		config:   newTimers(now, "module", "name"),
	}
}

// Request is an HTTP request that was answered.
type Request struct {
	Method string
	Status int
	// Route is the path of the route that served it, empty for none; Unknown tells that nothing serves the path.
	Route   string
	Unknown bool
	// Exception is the Java exception that a real server throws then, empty for none.
	Exception string
	Took      time.Duration
}

// HTTP counts a request.
func (m *Meters) HTTP(r Request) {
	uri := r.Route
	switch {
	case r.Unknown:
		uri = m.b.UnknownPath
	case uri == "":
		uri = m.b.OtherPath
	}
	values := []string{orNone(r.Exception, "None"), r.Method, outcome(r.Status), strconv.Itoa(r.Status), uri}
	if m.b.LabelsErrors {
		values[0] = "none"
		values = append([]string{"none"}, values...)
	}
	m.requests.observe(r.Took, values...)
	if r.Route == configRoute && r.Status < http.StatusMultipleChoices {
		m.configured(r.Method == http.MethodPost, r.Method == http.MethodGet, r.Took)
	}
}

// configRoute is where v1 reads and writes configurations.
const configRoute = "/v1/cs/configs"

func orNone(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

// outcome is the class of a status.
func outcome(status int) string {
	switch status / 100 {
	case 1:
		return "INFORMATIONAL"
	case 2:
		return "SUCCESS"
	case 3:
		return "REDIRECTION"
	case 4:
		return "CLIENT_ERROR"
	case 5:
		return "SERVER_ERROR"
	}
	return "UNKNOWN"
}

// Call is a unary gRPC call that was answered.
type Call struct {
	// Type is the payload type, Module the part of the server that it belongs to.
	Type, Module string
	// Code is the error code, 0 for none.
	Code    int
	Success bool
	// Thrown is the Java exception that a handler of a real server throws then, empty for none.
	Thrown string
	Took   time.Duration
}

// GRPC counts a call.
func (m *Meters) GRPC(c Call) {
	m.calls.observe(c.Took, strconv.Itoa(c.Code), c.Module, c.Type, strconv.FormatBool(c.Success), orNone(c.Thrown, "None"))
	if c.Success {
		m.configured(c.Type == "ConfigPublishRequest", c.Type == "ConfigQueryRequest", c.Took)
	}
}

// The timers of a write and of a read of a configuration.
var (
	writeTimers = []string{"writeConfigRt", "dumpRt", "notifyRt"}
	readTimers  = []string{"readConfigRt"}
)

// configured times a write or a read of a configuration. What is written is there for readers at once, so that a dump
// takes what the write took.
func (m *Meters) configured(write, read bool, took time.Duration) {
	var names []string
	switch {
	case write:
		names = writeTimers
	case read:
		names = readTimers
	}
	for _, name := range names {
		m.config.observe(took, "config", name)
	}
}

// timesOf are the names of the timers of configurations that the line shows.
func (m *Meters) timesOf() []string { return strings.Fields(m.b.ConfigTimers) }

// Publishes counts configurations that were written.
func (m *Meters) Publishes() int { return int(m.config.count("config", "writeConfigRt")) }

// Reads counts configurations that were read.
func (m *Meters) Reads() int { return int(m.config.count("config", "readConfigRt")) }

// Calls counts all gRPC calls.
func (m *Meters) Calls() int { return int(m.calls.total()) }
