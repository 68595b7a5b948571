package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// Names of the files that a run leaves in its directory.
const (
	LogFile   = "events.ndjson"
	JSONFile  = "report.json"
	JUnitFile = "junit.xml"
)

// Writer appends records to an event log, one JSON object a line. It is safe for concurrent use. After an error it
// writes nothing more.
type Writer struct {
	mu   sync.Mutex
	name string
	out  io.Writer
	file *os.File // nil when the log is no file
	size int64    // of the whole lines in the file
	err  error
	line bytes.Buffer
}

// NewWriter writes a log to out. The name stands in error messages.
func NewWriter(out io.Writer, name string) *Writer { return &Writer{out: out, name: name} }

// CreateLog creates the event log of a run in a directory, which it makes when there is none. A log that is already
// there is never overwritten.
func CreateLog(dir string) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot make the report directory %s: %w; name another one", dir, err)
	}
	path := filepath.Join(dir, LogFile)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("expected a directory without an event log, found %s: name another directory or remove that file: %w", path, err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot create the event log %s: %w; name another directory", path, err)
	}
	return &Writer{out: file, name: path, file: file}, nil
}

// Write appends one record. When a file takes only a part of it, that part is removed again.
func (w *Writer) Write(record Record) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	if err := w.encode(record); err != nil {
		w.err = fmt.Errorf("record %s does not fit into the event log %s: %w", record.kind(), w.name, err)
		return w.err
	}
	if _, err := w.out.Write(w.line.Bytes()); err != nil {
		w.err = fmt.Errorf("cannot write the event log %s: %w; free space there or name another directory", w.name, err)
		if w.file != nil {
			w.err = errors.Join(w.err, w.file.Truncate(w.size))
		}
		return w.err
	}
	w.size += int64(w.line.Len())
	return nil
}

// encode makes the line of a record: its fields after a discriminator.
func (w *Writer) encode(record Record) error {
	w.line.Reset()
	e := json.NewEncoder(&w.line)
	e.SetEscapeHTML(false)
	if err := e.Encode(record); err != nil {
		return err
	}
	fields := bytes.Clone(w.line.Bytes()[1:])
	w.line.Reset()
	fmt.Fprintf(&w.line, `{"record":%q,`, record.kind())
	w.line.Write(fields)
	return nil
}

// Close makes sure that a log in a file has reached the disk.
func (w *Writer) Close() error {
	if w.file == nil {
		return nil
	}
	if err := errors.Join(w.file.Sync(), w.file.Close()); err != nil {
		return fmt.Errorf("cannot finish the event log %s: %w", w.name, err)
	}
	return nil
}

// Save writes report.json and junit.xml into a directory, each whole or not at all.
func Save(dir string, run *Run) error {
	return errors.Join(
		replace(filepath.Join(dir, JSONFile), func(w io.Writer) error { return WriteJSON(w, run) }),
		replace(filepath.Join(dir, JUnitFile), func(w io.Writer) error { return WriteJUnit(w, run) }),
	)
}

// replace writes a file beside its place and then moves it there.
func replace(path string, render func(io.Writer) error) (err error) {
	draft, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("cannot write the report %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write the report %s: %w; free space there or name another directory", path, err)
			os.Remove(draft.Name())
		}
	}()
	if err := errors.Join(render(draft), draft.Chmod(0o644), draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), path)
}
