// Package wire is what goes over the network: payloads, their codec, and clients that show and record every byte.
// It knows nothing about servers, checks or results.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"google.golang.org/protobuf/types/known/anypb"

	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// TypeOf is the payload type name of v: the simple name of its Go type.
func TypeOf(v any) string {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// Encode makes the payload of v. Requests name the sender in clientIP and may carry headers; responses pass neither.
func Encode(v any, clientIP string, headers map[string]string) (*grpcpb.Payload, error) {
	body, err := Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", TypeOf(v), err)
	}
	return Raw(TypeOf(v), body, clientIP, headers), nil
}

// Marshal is JSON without the escapes for browsers, which a Java server does not write.
func Marshal(v any) ([]byte, error) {
	switch v := v.(type) {
	case QueryServiceResponse:
		return appendViewed(&v.Response, v.ServiceInfo), nil
	case SubscribeServiceResponse:
		return appendViewed(&v.Response, v.ServiceInfo), nil
	case ServiceInfo:
		return appendServiceInfo(nil, &v), nil
	}
	return marshal(v)
}

// marshal is Marshal by means of encoding/json alone.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Raw makes a payload of any type and body, correct or not.
func Raw(payloadType string, body []byte, clientIP string, headers map[string]string) *grpcpb.Payload {
	whole := &struct { // one allocation for all three
		payload  grpcpb.Payload
		metadata grpcpb.Metadata
		body     anypb.Any
	}{
		metadata: grpcpb.Metadata{Type: payloadType, Headers: headers, ClientIp: clientIP},
		body:     anypb.Any{Value: body},
	}
	whole.payload.Metadata, whole.payload.Body = &whole.metadata, &whole.body
	return &whole.payload
}

// ErrNull says that a body was the JSON value null.
var ErrNull = errors.New("body is null")

// Decode reads the first JSON value of a payload's body into v, a pointer to a struct; see Unmarshal.
func Decode(p *grpcpb.Payload, v any) error {
	body := bytes.TrimPrefix(p.GetBody().GetValue(), []byte("\uFEFF"))
	d := decoder{body: body}
	if d.null() {
		return ErrNull
	}
	if err := Unmarshal(body, v); err != nil {
		return fmt.Errorf("decode %s: %w", p.GetMetadata().GetType(), err)
	}
	return nil
}
