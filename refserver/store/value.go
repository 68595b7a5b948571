package store

import (
	"encoding/binary"
	"fmt"
	"hash/crc64"

	bolt "go.etcd.io/bbolt"
)

// value is what lies under a key: a sum over all the rest, its place in the order of first writes, and the data. Numbers
// are big-endian.
type value struct {
	sum, sequence uint64
	data          []byte
}

const header = 16

var table = crc64.MakeTable(crc64.ECMA)

// seal makes the value that open accepts under this bucket and key.
func seal(bucket string, key []byte, sequence uint64, data []byte) value {
	sum := crc64.Update(0, table, []byte(bucket))
	sum = crc64.Update(sum, table, key)
	sum = crc64.Update(sum, table, binary.BigEndian.AppendUint64(nil, sequence))
	return value{crc64.Update(sum, table, data), sequence, data}
}

func (v value) bytes() []byte {
	b := make([]byte, 0, header+len(v.data))
	b = binary.BigEndian.AppendUint64(b, v.sum)
	b = binary.BigEndian.AppendUint64(b, v.sequence)
	return append(b, v.data...)
}

// open reads a value and refuses one that was not sealed for this bucket and key.
func open(bucket string, key, b []byte) (value, error) {
	if len(b) < header {
		return value{}, fmt.Errorf("expected a value of at least %d bytes under %x in %q, found %d", header, key, bucket, len(b))
	}
	v := seal(bucket, key, binary.BigEndian.Uint64(b[8:]), b[header:])
	if found := binary.BigEndian.Uint64(b); found != v.sum {
		return value{}, fmt.Errorf("expected the checksum %016x of the value under %x in %q, found %016x", v.sum, key, bucket, found)
	}
	return v, nil
}

// ledger says which values there are, so that missing ones are missed.
type ledger struct {
	// count is the number of values, digest the sum of their checksums, next the next place in the order.
	count, digest, next uint64
}

func (l *ledger) add(v value)    { l.count, l.digest = l.count+1, l.digest+v.sum }
func (l *ledger) remove(v value) { l.count, l.digest = l.count-1, l.digest-v.sum }

func readLedger(tx *bolt.Tx) (*ledger, error) {
	about := tx.Bucket([]byte(bucketAbout))
	if about == nil {
		return nil, errNoLedger
	}
	v, err := open(bucketAbout, keyLedger, about.Get(keyLedger))
	if err != nil || len(v.data) != 24 {
		return nil, errNoLedger
	}
	return &ledger{binary.BigEndian.Uint64(v.data), binary.BigEndian.Uint64(v.data[8:]), binary.BigEndian.Uint64(v.data[16:])}, nil
}

func (l *ledger) save(tx *bolt.Tx) error {
	var data []byte
	for _, n := range [...]uint64{l.count, l.digest, l.next} {
		data = binary.BigEndian.AppendUint64(data, n)
	}
	return putAbout(tx, keyLedger, data)
}

func putAbout(tx *bolt.Tx, key, data []byte) error {
	return tx.Bucket([]byte(bucketAbout)).Put(key, seal(bucketAbout, key, 0, data).bytes())
}
