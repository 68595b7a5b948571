package grpcapi_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"

	"github.com/nacos-tck/nacos-tck/wire"
)

// rawBytes is a codec that leaves messages as they are.
type rawBytes struct{}

func (rawBytes) Name() string { return "proto" }

func (rawBytes) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*v.(*[]byte))}, nil
}

func (rawBytes) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

func TestUndecodableMessages(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDisableServiceConfig(),
			grpc.WithDefaultCallOptions(grpc.ForceCodecV2(rawBytes{})),
			grpc.WithContextDialer(func(ctx context.Context, a string) (net.Conn, error) { return w.net.Dial(ctx, a) }))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		broken, empty, answer := []byte{0xff}, []byte{}, []byte{}

		err = c.Invoke(t.Context(), "/Request/request", &broken, &answer)
		if s := status.Convert(err); s.Code() != codes.Unknown || s.Message() != "Application error processing RPC" {
			t.Errorf("broken call: %v", err)
		}
		if err = c.Invoke(t.Context(), "/Request/request", &empty, &answer); err != nil || !strings.Contains(string(answer), `"errorCode":302`) {
			t.Errorf("empty call: %v, %q", err, answer)
		}
		err = c.Invoke(t.Context(), "/RequestStream/requestStream", &empty, &answer)
		if s := status.Convert(err); s.Code() != codes.Unimplemented || s.Message() != "Method not found: RequestStream/requestStream" {
			t.Errorf("unknown method: %v", err)
		}

		desc := &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}
		stream, err := c.NewStream(t.Context(), desc, "/BiRequestStream/requestBiStream")
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range [][]byte{empty, broken} {
			if err := stream.SendMsg(&message); err != nil {
				t.Fatal(err)
			}
		}
		if code := status.Code(stream.RecvMsg(&answer)); code != codes.Unknown {
			t.Errorf("broken message on the stream: %v", code)
		}
	})
}

func TestBigMessageEndsOnlyItsCall(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		big := append([]byte(`{"requestId":"`), make([]byte, 10<<20)...)
		x := c.Call(t.Context(), "HealthCheckRequest", big, nil)
		if x.Code != "ResourceExhausted" || !strings.HasPrefix(x.Err, "gRPC message exceeds maximum size 10485760: 104858") {
			t.Errorf("big message: %s %s", x.Code, x.Err)
		}
		if _, a := c.call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
			t.Errorf("expected the registration to outlive a big message, found %+v", a)
		}
	})
}

func TestMeaninglessAnswersAreIgnored(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		for _, body := range []string{`{"requestId":"99"}`, `{}`, `{"requestId":{}}`, `[]`, ``} {
			c.send("NotifySubscriberResponse", body)
		}
		c.send("NoSuchResponse", `{"requestId":"1"}`)
		time.Sleep(time.Second)
		c.register()
		if found := c.types(); len(found) != 0 {
			t.Errorf("expected the stream to go on, found %v", found)
		}
	})
}
