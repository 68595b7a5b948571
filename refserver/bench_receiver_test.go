package refserver_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"slices"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/nacos-tck/nacos-tck/wire"
	"github.com/nacos-tck/nacos-tck/wire/grpcpb"
)

// receiver is a client of the gRPC port that costs little, so that thousands of them leave the processors to the server
// that is measured: one goroutine and no library above the frames of HTTP/2. It reads each message in full and
// acknowledges each request, as clients do.
type receiver struct {
	conn   net.Conn
	out    *bufio.Writer
	framer *http2.Framer
	// next is the id of the stream of the next call; 1 is that of the stream of pushes.
	next uint32
	// partial is the message that has not arrived in full, by stream.
	partial map[uint32][]byte
}

const (
	pushStream = 1
	// ample is a window that no benchmark fills, so that no window needs to be given back.
	ample = 1 << 30
)

// newReceiver connects and sets the connection up as that of a naming client.
func newReceiver(b *testing.B, address string) *receiver {
	b.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	r := &receiver{conn: conn, out: bufio.NewWriterSize(conn, 1<<10), next: pushStream + 2, partial: map[uint32][]byte{}}
	r.framer = http2.NewFramer(r.out, bufio.NewReader(conn))
	r.framer.SetReuseFrames()
	setup := wire.ConnectionSetupRequest{ClientIdentity: wire.ClientIdentity{
		Request: wire.NewRequest(wire.ModuleInternal), Labels: map[string]wire.Text{"module": "naming"},
	}}
	r.out.WriteString(http2.ClientPreface)
	check(b,
		r.framer.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: ample}),
		r.framer.WriteWindowUpdate(0, ample),
		r.open(pushStream, "/BiRequestStream/requestBiStream"),
		r.framer.WriteData(pushStream, false, message(b, setup)),
		r.out.Flush(),
	)
	health := message(b, wire.HealthCheckRequest{Request: wire.NewRequest(wire.ModuleInternal)})
	for bytes.Contains(r.call(b, health), []byte(`"errorCode":301`)) {
		time.Sleep(time.Millisecond)
	}
	return r
}

func check(b *testing.B, errs ...error) {
	b.Helper()
	for _, err := range errs {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// message is a request as gRPC frames it.
func message(b *testing.B, request any) []byte {
	b.Helper()
	payload, err := wire.Encode(request, "127.0.0.1", nil)
	check(b, err)
	encoded, err := proto.Marshal(payload)
	check(b, err)
	return append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(encoded))), encoded...)
}

// open begins a stream of a method.
func (r *receiver) open(stream uint32, method string) error {
	var block bytes.Buffer
	headers := hpack.NewEncoder(&block)
	for _, field := range [][2]string{
		{":method", "POST"}, {":scheme", "http"}, {":path", method}, {":authority", "benchmark"},
		{"content-type", "application/grpc"}, {"te", "trailers"},
	} {
		if err := headers.WriteField(hpack.HeaderField{Name: field[0], Value: field[1], Sensitive: true}); err != nil {
			return err
		}
	}
	return r.framer.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: block.Bytes(), EndHeaders: true})
}

// call sends a unary request and waits for the body of the answer.
func (r *receiver) call(b *testing.B, request []byte) []byte {
	b.Helper()
	id := r.next
	r.next += 2
	check(b, r.open(id, "/Request/request"), r.framer.WriteData(id, true, request), r.out.Flush())
	for {
		stream, answer, err := r.read()
		check(b, err)
		if stream == id {
			return bytes.Clone(answer)
		}
	}
}

// read is the next message of any stream. It is valid until the next call.
func (r *receiver) read() (stream uint32, payload []byte, err error) {
	for {
		frame, err := r.framer.ReadFrame()
		if err != nil {
			return 0, nil, err
		}
		switch f := frame.(type) {
		case *http2.DataFrame:
			if whole := r.collect(f.StreamID, f.Data()); whole != nil {
				return f.StreamID, whole, nil
			}
		case *http2.SettingsFrame:
			if !f.IsAck() {
				err = r.framer.WriteSettingsAck()
			}
		case *http2.PingFrame:
			if !f.IsAck() {
				err = r.framer.WritePing(true, f.Data)
			}
		case *http2.RSTStreamFrame, *http2.GoAwayFrame:
			err = fmt.Errorf("the server ended a stream: %v", f)
		}
		if err == nil && r.out.Buffered() > 0 {
			err = r.out.Flush()
		}
		if err != nil {
			return 0, nil, err
		}
	}
}

// collect adds what arrived of a message, and gives it when it is there in full. The server sends one after another.
func (r *receiver) collect(stream uint32, data []byte) []byte {
	if before, ok := r.partial[stream]; ok {
		data = append(before, data...)
		delete(r.partial, stream)
	}
	if len(data) < 5 || len(data)-5 < int(binary.BigEndian.Uint32(data[1:])) {
		if len(data) > 0 {
			r.partial[stream] = slices.Clone(data)
		}
		return nil
	}
	return data[5:]
}

var requestID = []byte(`"requestId":"`)

// acknowledge answers a request of a kind, "NotifySubscriber", that came on the stream of pushes with success.
func (r *receiver) acknowledge(kind, request []byte) error {
	_, rest, ok := bytes.Cut(request, requestID)
	id, _, _ := bytes.Cut(rest, []byte{'"'})
	if !ok {
		return nil
	}
	body := append(append([]byte(`{"resultCode":200,"errorCode":0,"requestId":"`), id...), `"}`...)
	metadata := protowire.AppendString(protowire.AppendTag(nil, metadataType, protowire.BytesType), string(kind)+"Response")
	value := protowire.AppendBytes(protowire.AppendTag(nil, anyValue, protowire.BytesType), body)
	data := make([]byte, 5, 5+len(metadata)+len(value)+8)
	data = protowire.AppendBytes(protowire.AppendTag(data, payloadMetadata, protowire.BytesType), metadata)
	data = protowire.AppendBytes(protowire.AppendTag(data, payloadBody, protowire.BytesType), value)
	binary.BigEndian.PutUint32(data[1:], uint32(len(data)-5))
	if err := r.framer.WriteData(pushStream, false, data); err != nil {
		return err
	}
	return r.out.Flush()
}

// kindOf is the type of a request without the word Request. The server writes the fields in the order of their numbers.
func kindOf(payload []byte) []byte {
	_, _, tag := protowire.ConsumeTag(payload)
	metadata, _ := protowire.ConsumeBytes(payload[max(tag, 0):])
	number, _, tag := protowire.ConsumeTag(metadata)
	if number != metadataType {
		return nil
	}
	payloadType, _ := protowire.ConsumeBytes(metadata[tag:])
	return bytes.TrimSuffix(payloadType, []byte("Request"))
}

// The numbers of the fields of a payload.
var (
	payloadMetadata = field(&grpcpb.Payload{}, "metadata")
	payloadBody     = field(&grpcpb.Payload{}, "body")
	metadataType    = field(&grpcpb.Metadata{}, "type")
)

const anyValue = 2 // of google.protobuf.Any

func field(m proto.Message, name string) protowire.Number {
	for i, fields := 0, m.ProtoReflect().Descriptor().Fields(); i < fields.Len(); i++ {
		if string(fields.Get(i).Name()) == name {
			return fields.Get(i).Number()
		}
	}
	panic("no field " + name)
}
