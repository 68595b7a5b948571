package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// File is the name of the data file in its directory.
const File = "state.db"

// format is the version of what this package writes. Files of older ones are brought up to it, those of newer ones refused.
//
//   - 1 has naming, and may lack buckets of what came later.
//   - 2 has configurations and accounts too, and the number that history has reached.
const format = 2

const bucketAbout = "about"

// The keys of the bucket about. Format is a byte, model a text.
var (
	keyFormat = []byte("format")
	keyModel  = []byte("model")
	keyLedger = []byte("ledger")
)

// patience is how long Open waits for another process that is about to end.
const patience = time.Second

// pageSize is the same on all machines, so that files can be moved between them.
const pageSize = 4096

// Open opens the data file of a directory and examines it; both are made when they are missing. Model names the data
// model of those who write: a file of another one is refused. Errors name the file and what to do.
func Open(dir, model string) (*Store, error) {
	path := filepath.Join(dir, File)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("expected a directory to keep the state in: %w", err)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := create(dir, path, model); err != nil {
			return nil, fmt.Errorf("make the data file %s: %w", path, err)
		}
	case err != nil:
		return nil, fmt.Errorf("look at the data file: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("expected a data file, found a %s at %s: choose another directory or move it away", info.Mode().Type(), path)
	case info.Size() == 0:
		// The library would take it for a new one, but files get their name when they are complete.
		return nil, &DamageError{Path: path, Cause: errors.New("it is empty")}
	}
	return openFile(path, model)
}

// create makes an empty file complete before it gets its name, so that a file of that name is never half made.
func create(dir, path, model string) (err error) {
	draft, err := os.CreateTemp(dir, File+".*.draft")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	if err := draft.Close(); err != nil {
		return err
	}
	db, err := bolt.Open(draft.Name(), 0o600, &bolt.Options{Timeout: patience, PageSize: pageSize})
	if err != nil {
		return err
	}
	if err := errors.Join(db.Update(func(tx *bolt.Tx) error { return initialize(tx, model) }), db.Close()); err != nil {
		return err
	}
	// A link fails when the name is taken: two processes that start at once end up with one file.
	if err := os.Link(draft.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(dir)
}

func initialize(tx *bolt.Tx, model string) error {
	return cmp.Or(upgrade(tx), putAbout(tx, keyModel, []byte(model)), (&ledger{}).save(tx))
}

// upgrade brings a file of any older format, or one that is new, up to the present one.
func upgrade(tx *bolt.Tx) error {
	buckets := []string{bucketAbout}
	for _, kind := range kinds {
		buckets = append(buckets, kind.bucket)
	}
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return putAbout(tx, keyFormat, []byte{format})
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func openFile(path, model string) (*Store, error) {
	db, err := openBolt(path)
	if err != nil {
		return nil, err
	}
	found, err := examine(db, model)
	if err != nil {
		return nil, errors.Join(refusal(path, err), db.Close())
	}
	if found < format {
		if err := db.Update(upgrade); err != nil {
			return nil, errors.Join(fmt.Errorf("bring the data file %s from format %d up to %d: %w", path, found, format, err), db.Close())
		}
	}
	s := &Store{path: path, db: db, proposals: make(chan *proposal, most), ended: make(chan struct{})}
	go s.run()
	return s, nil
}

// openBolt opens the file. One so damaged that its library stumbles is closed again by hand.
func openBolt(path string) (db *bolt.DB, err error) {
	var file *os.File
	options := &bolt.Options{
		Timeout: patience, PageSize: pageSize, FreelistType: bolt.FreelistMapType,
		OpenFile: func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			file, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return file, err
		},
	}
	err = guard(func() (err error) {
		db, err = bolt.Open(path, 0o600, options)
		return err
	})
	switch {
	case err == nil:
		return db, nil
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("the data file %s is in use by another process: end that one, or choose another directory", path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open the data file: %w", err)
	}
	if file != nil {
		file.Close()
	}
	return nil, &DamageError{Path: path, Cause: cmp.Or(checkPages(path), err)}
}
