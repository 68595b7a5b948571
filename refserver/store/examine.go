package store

import (
	"errors"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// DamageError says that a data file is not as it was written. Nothing was changed in it.
type DamageError struct {
	Path  string
	Cause error
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("the data file %s is damaged: %v; nothing was changed in it: restore it from a copy, "+
		"or move it away to start with an empty state", e.Path, e.Cause)
}

func (e *DamageError) Unwrap() error { return e.Cause }

// foreignError refuses a file that is whole, but not for this server.
type foreignError struct{ text string }

func (e *foreignError) Error() string { return e.text }

func refusal(path string, err error) error {
	if _, ok := errors.AsType[*foreignError](err); ok {
		return fmt.Errorf("the data file %s %w", path, err)
	}
	return &DamageError{Path: path, Cause: err}
}

// guard turns panics into errors, those of reading beyond the end of a mapped file included: the library of the file
// trusts what it finds there.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return f()
}

// examine finds damage before anything is written, first what would lead the library astray, then what it does not
// look at, and gives the format of the file.
func examine(db *bolt.DB, model string) (found byte, err error) {
	if err := checkPages(db.Path()); err != nil {
		return 0, err
	}
	err = guard(func() error {
		return db.View(func(tx *bolt.Tx) (err error) {
			if found, err = checkAbout(tx, model); err != nil {
				return err
			}
			_, err = readAll(tx)
			return err
		})
	})
	return found, err
}

// checkAbout gives the format of a file that this version can read.
func checkAbout(tx *bolt.Tx, model string) (found byte, err error) {
	about := tx.Bucket([]byte(bucketAbout))
	if about == nil {
		return 0, fmt.Errorf("the bucket %q is missing", bucketAbout)
	}
	version, err := open(bucketAbout, keyFormat, about.Get(keyFormat))
	if err != nil {
		return 0, err
	}
	if len(version.data) != 1 || version.data[0] > format {
		return 0, &foreignError{fmt.Sprintf("has format %v, and this version reads formats up to %d: use the newer version that wrote it, "+
			"or choose another directory", version.data, format)}
	}
	wrote, err := open(bucketAbout, keyModel, about.Get(keyModel))
	if err != nil {
		return 0, err
	}
	if string(wrote.data) != model {
		return 0, &foreignError{fmt.Sprintf("was written by lines of the model %q, and this line has the model %q: start a line of %[1]q, "+
			"or choose another directory", wrote.data, model)}
	}
	return version.data[0], nil
}
