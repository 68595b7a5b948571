package store

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

func load(tx *bolt.Tx) ([]durable.Change, error) {
	buckets, err := readAll(tx)
	if err != nil {
		return nil, err
	}
	var all []durable.Change
	for i, kind := range kinds {
		changes, err := decodeAll(buckets[i], kind.decode)
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	return all, nil
}

// share is how many values one goroutine decodes at least.
const share = 1_000

// decodeAll makes changes of values, on all processors when they are many.
func decodeAll(values []value, decode func([]byte) (durable.Change, error)) ([]durable.Change, error) {
	all := make([]durable.Change, len(values))
	each := max(share, len(values)/runtime.GOMAXPROCS(0)+1)
	problems := make([]error, len(values)/each+1)
	var group sync.WaitGroup
	for n := range problems {
		group.Go(func() {
			problems[n] = guard(func() (err error) {
				for i := n * each; i < min((n+1)*each, len(values)) && err == nil; i++ {
					all[i], err = decode(values[i].data)
				}
				return err
			})
		})
	}
	group.Wait()
	return all, cmp.Or(problems...)
}

// readAll are the values of all kinds, compared with the ledger. They are valid until the transaction ends.
func readAll(tx *bolt.Tx) ([][]value, error) {
	expected, err := readLedger(tx)
	if err != nil {
		return nil, err
	}
	found := ledger{next: expected.next}
	all := make([][]value, len(kinds))
	for i, kind := range kinds {
		if all[i], err = read(tx, kind.bucket); err != nil {
			return nil, err
		}
		for _, v := range all[i] {
			found.add(v)
		}
	}
	if found != *expected {
		return nil, fmt.Errorf("expected %d values with the digest %016x, found %d with %016x",
			expected.count, expected.digest, found.count, found.digest)
	}
	return all, nil
}

// read are the values of a bucket in the order of their first writes. Files of older formats have fewer buckets; that one
// with values is missing shows in the ledger.
func read(tx *bolt.Tx, bucket string) (values []value, err error) {
	b := tx.Bucket([]byte(bucket))
	if b == nil {
		return nil, nil
	}
	err = b.ForEach(func(k, v []byte) error {
		value, err := open(bucket, k, v)
		values = append(values, value)
		return err
	})
	slices.SortFunc(values, func(a, b value) int { return cmp.Compare(a.sequence, b.sequence) })
	return values, err
}
