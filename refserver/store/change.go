package store

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/fxamacker/cbor/v2"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// write is what a change does to the file: it puts data under a key, or deletes the key when data is nil.
type write struct {
	bucket string
	key    [sha256.Size]byte
	data   []byte
}

// The buckets, and the kind of change that makes each of their values again.
const (
	bucketNamespaces       = "namespaces"
	bucketSwitches         = "switches"
	bucketServices         = "services"
	bucketInstanceMetadata = "instance-metadata"
	bucketPersistent       = "persistent-instances"
)

// kinds are the buckets in the order in which they are loaded: services come before what may make them with another kind,
// persistent instances before the metadata of any instances.
var kinds = []struct {
	bucket string
	decode func([]byte) (naming.Change, error)
}{
	{bucketNamespaces, decode[naming.NamespacePut]},
	{bucketSwitches, decode[naming.SwitchesPut]},
	{bucketServices, decode[naming.ServicePut]},
	{bucketPersistent, decode[naming.PersistentPut]},
	{bucketInstanceMetadata, decode[naming.InstanceMetadataPut]},
}

func writesOf(e naming.Entry) ([]write, error) {
	writes := make([]write, 0, len(e.Changes))
	for _, c := range e.Changes {
		w, puts := place(c)
		if puts {
			data, err := encoding.Marshal(c)
			if err != nil {
				return nil, fmt.Errorf("encode %T: %w", c, err)
			}
			w.data = data
		}
		writes = append(writes, w)
	}
	return writes, nil
}

// place is where a change has its effect, and whether it leaves anything there.
func place(c naming.Change) (w write, puts bool) {
	switch c := c.(type) {
	case naming.PersistentPut:
		return at(bucketPersistent, c.Service, c.IP, strconv.Itoa(c.Port)), true
	case naming.PersistentRemoved:
		return at(bucketPersistent, c.Service, c.IP, strconv.Itoa(c.Port)), false
	case naming.ServicePut:
		return at(bucketServices, c.Service), true
	case naming.ServiceRemoved:
		return at(bucketServices, c.Service), false
	case naming.InstanceMetadataPut:
		return at(bucketInstanceMetadata, c.Service, c.ID), true
	case naming.InstanceMetadataRemoved:
		return at(bucketInstanceMetadata, c.Service, c.ID), false
	case naming.NamespacePut:
		return at(bucketNamespaces, naming.ServiceKey{Namespace: c.Namespace.ID}), true
	case naming.NamespaceRemoved:
		return at(bucketNamespaces, naming.ServiceKey{Namespace: c.ID}), false
	case naming.SwitchesPut:
		return at(bucketSwitches, naming.ServiceKey{}), true
	}
	panic(fmt.Sprintf("store: no place for changes of kind %T", c))
}

// at is the place of a service, or of something of it. Names of any length and content give a key of their own.
func at(bucket string, key naming.ServiceKey, more ...string) write {
	h := sha256.New()
	var length [8]byte
	for _, name := range append([]string{key.Namespace, key.Group, key.Name}, more...) {
		binary.BigEndian.PutUint64(length[:], uint64(len(name)))
		h.Write(length[:])
		h.Write([]byte(name))
	}
	w := write{bucket: bucket}
	h.Sum(w.key[:0])
	return w
}

// encoding is CBOR, which has what JSON lacks: weights that are no number, and names that are no text.
var encoding, decoding = modes()

func modes() (cbor.EncMode, cbor.DecMode) {
	enc, errEnc := cbor.EncOptions{Sort: cbor.SortBytewiseLexical}.EncMode()
	dec, errDec := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid, MaxMapPairs: 1 << 24, MaxArrayElements: 1 << 24}.DecMode()
	if errEnc != nil || errDec != nil {
		panic(fmt.Sprint("store: options of the encoding: ", errEnc, errDec))
	}
	return enc, dec
}

func decode[C naming.Change](data []byte) (naming.Change, error) {
	var c C
	if err := decoding.Unmarshal(data, &c); err != nil {
		return nil, fmt.Errorf("decode %T: %w", c, err)
	}
	return c, nil
}
