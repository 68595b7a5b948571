package wire

import "time"

// HTTPExchange is one HTTP request and what came back for it.
type HTTPExchange struct {
	Method      string            `json:"method"`
	URL         string            `json:"url"`
	Header      map[string]string `json:"header,omitempty"`
	RequestBody string            `json:"requestBody,omitempty"`
	// Status is 0 when no answer came; Err then says why.
	Status         int               `json:"status,omitempty"`
	ResponseHeader map[string]string `json:"responseHeader,omitempty"`
	Body           string            `json:"body"`
	Err            string            `json:"err,omitempty"`
	Sent           time.Time         `json:"-"`
	Received       time.Time         `json:"-"`
}

// GRPCExchange is one unary call and what came back for it.
type GRPCExchange struct {
	Type        string            `json:"type"`
	Headers     map[string]string `json:"headers,omitempty"`
	RequestBody string            `json:"requestBody"`
	// ResponseType is empty when the call ended with a gRPC status; Code and Err then say which.
	ResponseType string    `json:"responseType,omitempty"`
	Body         string    `json:"body"`
	Code         string    `json:"code,omitempty"`
	Err          string    `json:"err,omitempty"`
	Sent         time.Time `json:"-"`
	Received     time.Time `json:"-"`
}

// StreamMessage is one message on the bi-directional stream, or its end.
type StreamMessage struct {
	// Type is the payload type, empty when the stream ended.
	Type string `json:"type,omitempty"`
	Body string `json:"body,omitempty"`
	// End is set on the last message: "completed", or the gRPC status and its text.
	End string    `json:"end,omitempty"`
	At  time.Time `json:"-"`
}
