package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
)

// What follows reads the pages of a bbolt file on its own. The library trusts them: it maps the file, follows whatever
// numbers it finds there, and its own check does so on a goroutine where a fault ends the process. Numbers are in the
// order of bytes of the machine. Source: go.etcd.io/bbolt 1.5.0 internal/common/page.go, meta.go, bucket.go.

var order = binary.NativeEndian

const (
	pageHeader  = 16 // id, flags (at 8), count (at 10), overflow (at 12)
	elementSize = 16
	bucketSize  = 16 // root, sequence

	flagBranch   = 1
	flagLeaf     = 2
	flagFreelist = 16

	leafIsBucket = 1
)

// meta is what the first two pages say, each for every other transaction: where the tree, the free pages and the end are.
type meta struct {
	root, freelist, pages, transaction uint64
}

const (
	metaMagic    = pageHeader
	metaRoot     = metaMagic + 16
	metaFreelist = metaRoot + bucketSize
	metaPages    = metaFreelist + 8
	metaTx       = metaPages + 8
	metaSum      = metaTx + 8
	metaEnd      = metaSum + 8
	magic        = 0xED0CDAED
)

func readMeta(page []byte) (meta, error) {
	if found := order.Uint32(page[metaMagic:]); found != magic {
		return meta{}, fmt.Errorf("expected the mark %08x of a data file, found %08x", uint32(magic), found)
	}
	sum := fnv.New64a()
	sum.Write(page[metaMagic:metaSum])
	if found := order.Uint64(page[metaSum:]); found != sum.Sum64() {
		return meta{}, fmt.Errorf("expected the checksum %016x, found %016x", sum.Sum64(), found)
	}
	return meta{order.Uint64(page[metaRoot:]), order.Uint64(page[metaFreelist:]), order.Uint64(page[metaPages:]), order.Uint64(page[metaTx:])}, nil
}

// lastMeta is that of the last transaction. The one before has the other page.
func lastMeta(data []byte) (meta, error) {
	var both [2]meta
	for n := range both {
		m, err := readMeta(data[n*pageSize:])
		if err == nil && m.transaction%2 != uint64(n) {
			err = fmt.Errorf("found transaction %d, which has the other page", m.transaction)
		}
		if err != nil {
			return meta{}, fmt.Errorf("page %d: %w", n, err)
		}
		both[n] = m
	}
	switch both[0].transaction {
	case both[1].transaction + 1:
		return both[0], nil
	case both[1].transaction - 1:
		return both[1], nil
	}
	return meta{}, fmt.Errorf("expected two transactions in a row, found %d and %d", both[0].transaction, both[1].transaction)
}

// pages is a file with what is known of the use of its pages.
type pages struct {
	data []byte
	used []bool
}

// checkPages walks through all pages of a file and refuses one in which they are not as the library leaves them.
//
// Both meta pages must be good. The library is content with one, and would then go on with the state before the last
// write; written in one piece as they are, a kill damages neither.
func checkPages(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if len(data) < pageSize+metaEnd {
		return fmt.Errorf("it ends within its first pages, after %d bytes", len(data))
	}
	now, err := lastMeta(data)
	if err != nil {
		return err
	}
	if expected := now.pages * pageSize; uint64(len(data)) < expected {
		return fmt.Errorf("expected at least %d bytes, found %d: the rest was cut off", expected, len(data))
	}
	p := &pages{data: data, used: make([]bool, now.pages)}
	p.used[0], p.used[1] = true, true
	return p.check(now)
}

func (p *pages) check(m meta) error {
	if err := errors.Join(p.checkFree(m.freelist), p.checkTree(m.root, nil, nil)); err != nil {
		return err
	}
	for id, used := range p.used {
		if !used {
			return fmt.Errorf("page %d is neither used nor free", id)
		}
	}
	return nil
}

// use takes a page and those that it flows over into for used, and returns their content.
func (p *pages) use(id uint64) ([]byte, error) {
	if id >= uint64(len(p.used)) {
		return nil, fmt.Errorf("page %d lies beyond the %d pages of the file", id, len(p.used))
	}
	page := p.data[id*pageSize:]
	if found := order.Uint64(page); found != id {
		return nil, fmt.Errorf("expected page %d, found one that calls itself %d", id, found)
	}
	end := id + 1 + uint64(order.Uint32(page[12:]))
	if end > uint64(len(p.used)) {
		return nil, fmt.Errorf("page %d ends beyond the %d pages of the file", id, len(p.used))
	}
	for n := id; n < end; n++ {
		if err := p.take(n); err != nil {
			return nil, err
		}
	}
	return page[:(end-id)*pageSize], nil
}

func (p *pages) take(id uint64) error {
	if id >= uint64(len(p.used)) || p.used[id] {
		return fmt.Errorf("page %d is used twice or lies beyond the %d pages of the file", id, len(p.used))
	}
	p.used[id] = true
	return nil
}

func (p *pages) checkFree(id uint64) error {
	page, err := p.use(id)
	if err != nil {
		return err
	}
	flags, count := order.Uint16(page[8:]), uint64(order.Uint16(page[10:]))
	list := page[pageHeader:]
	if count == 0xFFFF { // too many for the header
		count, list = order.Uint64(list), list[8:]
	}
	if flags != flagFreelist || count > uint64(len(list)/8) {
		return fmt.Errorf("page %d: expected a list of free pages, found flags %#x and %d entries", id, flags, count)
	}
	for i := range count {
		if err := p.take(order.Uint64(list[8*i:])); err != nil {
			return err
		}
	}
	return nil
}

// checkTree walks through the tree of a bucket from a page on, whose keys are from least to below most where those are
// given.
func (p *pages) checkTree(id uint64, least, most []byte) error {
	page, err := p.use(id)
	if err != nil {
		return err
	}
	elements, err := readElements(page)
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	for i, e := range elements {
		if bytes.Compare(e.key, least) < 0 || most != nil && bytes.Compare(e.key, most) >= 0 || i > 0 && bytes.Compare(e.key, elements[i-1].key) <= 0 {
			return fmt.Errorf("page %d: the keys are not in order", id)
		}
		next := most
		if i+1 < len(elements) {
			next = elements[i+1].key
		}
		switch {
		case e.child != 0:
			err = p.checkTree(e.child, e.key, next)
		case e.isBucket:
			err = p.checkBucket(e.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkBucket looks at a bucket that is the value of an element: a small one lies there itself.
func (p *pages) checkBucket(value []byte) error {
	if len(value) < bucketSize {
		return fmt.Errorf("expected a bucket of at least %d bytes, found %d", bucketSize, len(value))
	}
	if root := order.Uint64(value); root != 0 {
		return p.checkTree(root, nil, nil)
	}
	inline := value[bucketSize:]
	if len(inline) < pageHeader {
		return fmt.Errorf("expected a page within a bucket, found %d bytes", len(inline))
	}
	elements, err := readElements(inline)
	for i, e := range elements {
		if e.child != 0 || e.isBucket || i > 0 && bytes.Compare(e.key, elements[i-1].key) <= 0 {
			return errors.New("expected a leaf within a bucket, its keys in order")
		}
	}
	return err
}

// element is an entry of a page: of a branch with the page of its child, of a leaf with its value.
type element struct {
	key, value []byte
	child      uint64
	isBucket   bool
}

func readElements(page []byte) ([]element, error) {
	flags, count := order.Uint16(page[8:]), int(order.Uint16(page[10:]))
	if flags != flagBranch && flags != flagLeaf || pageHeader+count*elementSize > len(page) {
		return nil, fmt.Errorf("expected a branch or a leaf, found flags %#x and %d entries", flags, count)
	}
	if flags == flagBranch && count == 0 {
		return nil, errors.New("a branch without children")
	}
	elements := make([]element, count)
	for i := range elements {
		from := page[pageHeader+i*elementSize:]
		e := &elements[i]
		var pos, keySize, valueSize uint64
		if flags == flagBranch {
			pos, keySize, e.child = uint64(order.Uint32(from)), uint64(order.Uint32(from[4:])), order.Uint64(from[8:])
		} else {
			e.isBucket = order.Uint32(from)&leafIsBucket != 0
			pos, keySize, valueSize = uint64(order.Uint32(from[4:])), uint64(order.Uint32(from[8:])), uint64(order.Uint32(from[12:]))
		}
		if pos+keySize+valueSize > uint64(len(from)) || flags == flagBranch && e.child < 2 {
			return nil, fmt.Errorf("entry %d leads out of its page", i)
		}
		e.key, e.value = from[pos:pos+keySize], from[pos+keySize:pos+keySize+valueSize]
	}
	return elements, nil
}
