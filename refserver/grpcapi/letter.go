package grpcapi

import (
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/nacos-tck/nacos-tck/wire"
)

// letter is a payload as it goes over the wire. Letters that say the same to many clients share what they say.
type letter struct {
	parts mem.BufferSlice
	// size is the length of the body.
	size int
	// head is the first of the parts and room their place, so that a letter is one allocation beside its bytes.
	head mem.SliceBuffer
	room [3]mem.Buffer
}

// The numbers of the fields of a payload, its metadata and its body; see wire/nacos_tck.proto.
const (
	fieldMetadata = 2
	fieldBody     = 3
	fieldType     = 3
	fieldClientIP = 8
	fieldValue    = 2 // of google.protobuf.Any
)

// newLetter writes a payload whose body is its own words and then what it may share with others.
func newLetter(payloadType, clientIP string, shared []mem.Buffer, own ...string) *letter {
	ownSize := 0
	for _, words := range own {
		ownSize += len(words)
	}
	l := &letter{size: ownSize}
	for _, part := range shared {
		l.size += part.Len()
	}
	metadata := sizeOf(fieldType, len(payloadType))
	if clientIP != "" {
		metadata += sizeOf(fieldClientIP, len(clientIP))
	}
	value := sizeOf(fieldValue, l.size)
	head := make([]byte, 0, sizeOf(fieldMetadata, metadata)+sizeOf(fieldBody, value)-l.size+ownSize)
	head = appendHead(head, fieldMetadata, metadata)
	head = append(appendHead(head, fieldType, len(payloadType)), payloadType...)
	if clientIP != "" {
		head = append(appendHead(head, fieldClientIP, len(clientIP)), clientIP...)
	}
	head = appendHead(head, fieldBody, value)
	head = appendHead(head, fieldValue, l.size)
	for _, words := range own {
		head = append(head, words...)
	}
	l.head = head
	l.parts = append(append(l.room[:0], &l.head), shared...)
	return l
}

// write is a letter with a message.
func write(message any, clientIP string) (*letter, error) {
	body, err := wire.Marshal(message)
	shared := [...]mem.Buffer{mem.SliceBuffer(body)}
	return newLetter(wire.TypeOf(message), clientIP, shared[:]), err
}

// appendHead begins a field of so many bytes.
func appendHead(b []byte, number protowire.Number, size int) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, number, protowire.BytesType), uint64(size))
}

// sizeOf is the size of a field with so many bytes in it.
func sizeOf(number protowire.Number, size int) int {
	return protowire.SizeTag(number) + protowire.SizeBytes(size)
}
