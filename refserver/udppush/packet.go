package udppush

import (
	"bytes"
	"compress/gzip"
	"fmt"

	"github.com/nacos-tck/nacos-tck/wire"
)

// pack makes the payload of a datagram: the data as text within JSON, compressed from that many bytes on. Receivers
// tell compressed ones by how they begin.
func pack(data []byte, sequence int64, compressFrom int) []byte {
	payload, err := wire.Marshal(struct {
		Type string `json:"type"`
		Data string `json:"data"`
		// Sequence is a number for the acknowledgement, not a time.
		Sequence int64 `json:"lastRefTime"`
	}{"dom", string(data), sequence})
	if err != nil {
		panic(fmt.Sprintf("udppush: a struct of texts and numbers has no JSON: %v", err))
	}
	if len(payload) < compressFrom {
		return payload
	}
	var compressed bytes.Buffer
	w := gzip.NewWriter(&compressed)
	_, _ = w.Write(payload) // a buffer takes all
	_ = w.Close()
	return compressed.Bytes()
}

// acknowledged is the sequence number in an acknowledgement.
func acknowledged(payload []byte) (int64, error) {
	var ack struct {
		Type     wire.Text `json:"type"`
		Sequence wire.Int  `json:"lastRefTime"`
		Data     wire.Text `json:"data"`
	}
	text := bytes.TrimFunc(payload, func(r rune) bool { return r <= ' ' })
	if err := wire.Unmarshal(text, &ack); err != nil {
		return 0, err
	}
	return int64(ack.Sequence), nil
}
