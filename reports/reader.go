package reports

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrTruncated says that a log has no end: its run crashed, or the file was cut. What is whole can be judged.
var ErrTruncated = errors.New("the log has no end")

// ReadLog reads a stored event log, see Read.
func ReadLog(path string) (*Log, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the event log: %w; expected the %s of an earlier run", err, LogFile)
	}
	defer file.Close()
	return Read(file, path)
}

// Read reads an event log. The name stands in error messages. A log without its end comes back as far as it is whole,
// with an error that wraps ErrTruncated; after any other error there is no log.
func Read(in io.Reader, name string) (*Log, error) {
	log := &Log{}
	lines := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return nil, fmt.Errorf("%s:%d: cannot read the event log: %w", name, number, err)
		}
		if last && len(line) == 0 {
			return finished(log, name, number)
		}
		record, err := decode(line)
		switch {
		case err != nil && last && number > 1 && !json.Valid(line):
			return log, fmt.Errorf("%s:%d: %w: it is cut in the middle of this line; judged is what comes before", name, number, ErrTruncated)
		case err != nil:
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if err := fits(record, number); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		log.Append(record)
	}
}

func finished(log *Log, name string, number int) (*Log, error) {
	switch {
	case number == 1:
		return nil, fmt.Errorf("%s:1: expected an event log, found an empty file; run again with --out", name)
	case log.End == nil:
		return log, fmt.Errorf("%s:%d: %w: expected an end record, found none; judged is what is there", name, number, ErrTruncated)
	}
	return log, nil
}

// fits refuses a log that is none, or that another version of the tool wrote.
func fits(record Record, line int) error {
	header, isHeader := record.(Header)
	switch {
	case isHeader != (line == 1):
		return fmt.Errorf("expected a log that begins with its only header, found a record %q here", record.kind())
	case isHeader && header.Schema != LogSchema:
		return fmt.Errorf("expected an event log of schema %d, found schema %d written by %s %s; use that version of the tool",
			LogSchema, header.Schema, header.Tool.Name, header.Tool.Version)
	}
	return nil
}

func decode(line []byte) (Record, error) {
	var head struct {
		Record string `json:"record"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return nil, fmt.Errorf("expected a JSON object with a record of an event log, found %s: %w", excerpt(line), err)
	}
	switch head.Record {
	case Header{}.kind():
		return as[Header](line)
	case Expectation{}.kind():
		return as[Expectation](line)
	case Plan{}.kind():
		return as[Plan](line)
	case Event{}.kind():
		return as[Event](line)
	case Lateness{}.kind():
		return as[Lateness](line)
	case TimelineEnd{}.kind():
		return as[TimelineEnd](line)
	case Stop{}.kind():
		return as[Stop](line)
	case Result{}.kind():
		return as[Result](line)
	case Canary{}.kind():
		return as[Canary](line)
	case End{}.kind():
		return as[End](line)
	}
	return nil, fmt.Errorf("expected a record of an event log, found kind %q in %s", head.Record, excerpt(line))
}

func as[R Record](line []byte) (Record, error) {
	var record R
	if err := json.Unmarshal(line, &record); err != nil {
		return nil, fmt.Errorf("expected a record %q, found %s: %w", record.kind(), excerpt(line), err)
	}
	return record, nil
}

// excerpt is the beginning of a line, for error messages.
func excerpt(line []byte) string {
	const most = 60
	if len(line) > most {
		return fmt.Sprintf("%q…", line[:most])
	}
	return fmt.Sprintf("%q", line)
}
