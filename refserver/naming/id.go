package naming

import (
	"strconv"
	"sync/atomic"
)

// snowflakes numbers the generated instance ids of this registry.
type snowflakes struct{ last atomic.Int64 }

// InstanceID makes the id of an instance that brings none, in the way that its metadata asks for. The cluster is
// taken as it is, even where a default would replace it later.
func (r *Registry) InstanceID(in Instance, grouped string) (string, error) {
	simple := in.IP + "#" + strconv.Itoa(in.Port) + "#" + in.Cluster + "#" + grouped
	if r.b.Registration.SmallIDs || !r.b.Registration.ObeysGenerator {
		return simple, nil // numbers are given when the instance is stored
	}
	switch in.Metadata[KeyIDGenerator] {
	case "", "simple":
		return simple, nil
	case "snowflake":
		now := r.clock.Now().UnixMilli() << 22
		for {
			last := r.snowflakes.last.Load()
			next := max(last+1, now)
			if r.snowflakes.last.CompareAndSwap(last, next) {
				return strconv.FormatInt(next, 10) + "#" + in.Cluster + "#" + grouped, nil
			}
		}
	}
	return "", unexpected("The InstanceIdGenerator type is not found ")
}
