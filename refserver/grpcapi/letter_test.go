package grpcapi

import (
	"bytes"
	"strings"
	"testing"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	"github.com/nacos-tck/nacos-tck/wire"
)

func TestLettersAreWrittenAsPayloads(t *testing.T) {
	long := strings.Repeat("0123456789", 2_000)
	for _, test := range []struct {
		clientIP, own string
		shared        []string
	}{
		{"127.0.0.1", `{"requestId":"1"}`, nil},
		{"0:0:0:0:0:0:0:1", `{"a":`, []string{long, "}"}},
		{"", "{}", nil},
		{"10.0.0.1", long, []string{""}},
	} {
		var shared []mem.Buffer
		for _, part := range test.shared {
			shared = append(shared, mem.SliceBuffer(part))
		}
		l := newLetter("NotifySubscriberRequest", test.clientIP, shared, test.own)
		body := test.own + strings.Join(test.shared, "")
		expected, err := proto.Marshal(wire.Raw("NotifySubscriberRequest", []byte(body), test.clientIP, nil))
		if err != nil {
			t.Fatal(err)
		}
		if found := l.parts.Materialize(); !bytes.Equal(found, expected) || l.size != len(body) {
			t.Errorf("%.40q: expected %d bytes of body in %.200q, found %d in %.200q", body, len(body), expected, l.size, found)
		}
	}
}
