package store

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"github.com/fxamacker/cbor/v2"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
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
	bucketConfigs          = "configs"
	bucketGrays            = "config-grays"
	bucketHistory          = "config-history"
	bucketHistoryNumber    = "config-history-number"
	bucketCapacities       = "config-capacities"
	bucketUsers            = "users"
	bucketRoles            = "roles"
	bucketPermissions      = "permissions"
)

// kinds are the buckets in the order in which they are loaded: services come before what may make them with another kind,
// persistent instances before the metadata of any instances, configurations before the history that shares their contents.
var kinds = []struct {
	bucket string
	decode func([]byte) (durable.Change, error)
}{
	{bucketNamespaces, decode[naming.NamespacePut]},
	{bucketSwitches, decode[naming.SwitchesPut]},
	{bucketServices, decode[naming.ServicePut]},
	{bucketPersistent, decode[naming.PersistentPut]},
	{bucketInstanceMetadata, decode[naming.InstanceMetadataPut]},
	{bucketConfigs, decode[config.Put]},
	{bucketGrays, decode[config.GrayPut]},
	{bucketHistory, decode[config.HistoryAdded]},
	{bucketHistoryNumber, decode[config.HistoryNumbered]},
	{bucketCapacities, decode[config.CapacityPut]},
	{bucketUsers, decode[accounts.UserPut]},
	{bucketRoles, decode[accounts.RolePut]},
	{bucketPermissions, decode[accounts.PermissionPut]},
}

func writesOf(e durable.Entry) ([]write, error) {
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
func place(c durable.Change) (w write, puts bool) {
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
	case config.Put:
		return under(bucketConfigs, c.Config.Key), true
	case config.Removed:
		return under(bucketConfigs, c.Key), false
	case config.GrayPut:
		return under(bucketGrays, c.Gray.Key, c.Gray.Name), true
	case config.GrayRemoved:
		return under(bucketGrays, c.Key, c.Name), false
	case config.HistoryAdded:
		return named(bucketHistory, strconv.FormatInt(c.Row.NID, 10)), true
	case config.HistoryRemoved:
		return named(bucketHistory, strconv.FormatInt(c.NID, 10)), false
	case config.HistoryNumbered:
		return named(bucketHistoryNumber), true
	case config.CapacityPut:
		return named(bucketCapacities, c.Capacity.Tenant, c.Capacity.Group), true
	case accounts.UserPut:
		return named(bucketUsers, c.User.Name), true
	case accounts.UserRemoved:
		return named(bucketUsers, c.Name), false
	case accounts.RolePut:
		return named(bucketRoles, c.Role.User, c.Role.Name), true
	case accounts.RoleRemoved:
		return named(bucketRoles, c.Role.User, c.Role.Name), false
	case accounts.PermissionPut:
		return named(bucketPermissions, c.Permission.Role, c.Permission.Resource, c.Permission.Action), true
	case accounts.PermissionRemoved:
		return named(bucketPermissions, c.Permission.Role, c.Permission.Resource, c.Permission.Action), false
	}
	panic(fmt.Sprintf("store: no place for changes of kind %T", c))
}

// at is the place of a service, or of something of it.
func at(bucket string, key naming.ServiceKey, more ...string) write {
	return named(bucket, append([]string{key.Namespace, key.Group, key.Name}, more...)...)
}

// under is the place of a configuration, or of something of it.
func under(bucket string, key config.Key, more ...string) write {
	return named(bucket, append([]string{key.Namespace, key.Group, key.DataID}, more...)...)
}

// named is the place of what has these names. Names of any length and content give a key of their own.
func named(bucket string, names ...string) write {
	h := sha256.New()
	var length [8]byte
	for _, name := range names {
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

func decode[C any](data []byte) (durable.Change, error) {
	var c C
	if err := decoding.Unmarshal(data, &c); err != nil {
		return nil, fmt.Errorf("decode %T: %w", c, err)
	}
	return c, nil
}
