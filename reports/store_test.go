package reports_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

func stored(t *testing.T, log *reports.Log) []byte {
	t.Helper()
	var b bytes.Buffer
	w := reports.NewWriter(&b, "log")
	for _, r := range records(log) {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func TestLogIsReadAsItWasWritten(t *testing.T) {
	g := NewWithT(t)
	log := sample()
	log.Stop = &reports.Stop{Cause: reports.CauseInterrupted, At: time.Second, Trusted: time.Second, Reason: "Ctrl-C"}
	read, err := reports.Read(bytes.NewReader(stored(t, log)), "log")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read.Header.Start.Equal(log.Header.Start)).To(BeTrue())
	read.Header.Start = log.Header.Start
	g.Expect(read).To(Equal(log))
	g.Expect(stored(t, read)).To(Equal(stored(t, log)))
}

func TestLogMayBeCutAnywhere(t *testing.T) {
	small := sample()
	small.Plan.Checks, small.Results = small.Plan.Checks[:2], small.Results[:2]
	whole := stored(t, small)
	header := bytes.IndexByte(whole, '\n')
	for at := range whole {
		log, err := reports.Read(bytes.NewReader(whole[:at]), "x.ndjson")
		switch {
		case at < header:
			if err == nil || errors.Is(err, reports.ErrTruncated) {
				t.Fatalf("cut at %d, within the header: expected that this is no log, got %v", at, err)
			}
		case at == len(whole)-1:
			if err != nil {
				t.Fatalf("cut at %d, only the last line break is missing: %v", at, err)
			}
		default:
			if !errors.Is(err, reports.ErrTruncated) || log == nil {
				t.Fatalf("cut at %d: expected what is whole and ErrTruncated, got %v", at, err)
			}
			reports.Assemble(log)
		}
	}
}

func TestCutLogIsAPartialReport(t *testing.T) {
	g := NewWithT(t)
	whole := stored(t, sample())
	log, err := reports.Read(bytes.NewReader(whole[:len(whole)-20]), "x.ndjson")
	g.Expect(err).To(MatchError(MatchRegexp(`^x.ndjson:\d+: the log has no end: it is cut in the middle of this line; judged is what comes before$`)))
	run := reports.Assemble(log)
	g.Expect(run.Stop.Cause).To(Equal(reports.CauseLogCut))
	g.Expect(run.Summary.Seconds).To(Equal(36.0))
}

func TestBadLogs(t *testing.T) {
	header := `{"record":"header","schema":1}` + "\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "x.ndjson:1: expected an event log, found an empty file; run again with --out"},
		"no JSON":         {"hello\n", `x.ndjson:1: expected a JSON object with a record of an event log, found "hello\n"`},
		"other JSON":      {`{"a":1}` + "\n", `x.ndjson:1: expected a record of an event log, found kind "" in "{\"a\":1}\n"`},
		"no header":       {`{"record":"event"}` + "\n", `x.ndjson:1: expected a log that begins with its only header, found a record "event" here`},
		"two headers":     {header + header, `x.ndjson:2: expected a log that begins with its only header, found a record "header" here`},
		"another schema":  {`{"record":"header","schema":9,"tool":{"name":"nacos-tck","version":"7.0"}}` + "\n", "x.ndjson:1: expected an event log of schema 1, found schema 9 written by nacos-tck 7.0; use that version of the tool"},
		"a broken middle": {header + "{\"record\":\n" + header, "x.ndjson:2: expected a JSON object"},
		"a wrong field":   {header + `{"record":"event","seq":"one"}` + "\n", `x.ndjson:2: expected a record "event", found "{\"record\":\"event\"`},
		"unknown record":  {header + `{"record":"song"}`, `x.ndjson:2: expected a record of an event log, found kind "song"`},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			log, err := reports.Read(strings.NewReader(c.text), "x.ndjson")
			g.Expect(err).To(MatchError(HavePrefix(c.want)))
			g.Expect(log).To(BeNil())
			g.Expect(errors.Is(err, reports.ErrTruncated)).To(BeFalse())
		})
	}
}

func TestMissingLog(t *testing.T) {
	_, err := reports.ReadLog(filepath.Join(t.TempDir(), "none"))
	NewWithT(t).Expect(err).To(MatchError(os.ErrNotExist))
}

func TestLogFile(t *testing.T) {
	g := NewWithT(t)
	dir := filepath.Join(t.TempDir(), "new", "dir")
	w, err := reports.CreateLog(dir)
	g.Expect(err).NotTo(HaveOccurred())
	for _, r := range records(sample()) {
		g.Expect(w.Write(r)).To(Succeed())
	}
	g.Expect(w.Close()).To(Succeed())
	log, err := reports.ReadLog(filepath.Join(dir, reports.LogFile))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(log.Results).To(HaveLen(12))

	_, err = reports.CreateLog(dir)
	g.Expect(err).To(MatchError(ContainSubstring("expected a directory without an event log, found")))
	_, err = reports.CreateLog(filepath.Join(dir, reports.LogFile, "below-a-file"))
	g.Expect(err).To(MatchError(ContainSubstring("cannot make the report directory")))
}

// narrow takes a number of bytes and is full then.
type narrow struct{ room int }

func (n *narrow) Write(b []byte) (int, error) {
	if len(b) > n.room {
		return n.room, syscall.ENOSPC
	}
	n.room -= len(b)
	return len(b), nil
}

func TestWriterStaysBroken(t *testing.T) {
	g := NewWithT(t)
	w := reports.NewWriter(&narrow{100}, "/x/events.ndjson")
	err := w.Write(sample().Header)
	g.Expect(err).To(MatchError(syscall.ENOSPC))
	g.Expect(err).To(MatchError("cannot write the event log /x/events.ndjson: no space left on device; free space there or name another directory"))
	g.Expect(w.Write(reports.End{})).To(MatchError(err), "a log with a hole must not look complete")
}

func TestSaveWritesReportsWholeOrNotAtAll(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(reports.Save(dir, reports.Assemble(sample()))).To(Succeed())
	g.Expect(os.ReadFile(filepath.Join(dir, reports.JSONFile))).To(Equal([]byte(rendered(t, "report.json", sample()))))
	g.Expect(os.ReadFile(filepath.Join(dir, reports.JUnitFile))).To(Equal([]byte(rendered(t, "junit.xml", sample()))))

	unwritable := filepath.Join(dir, "sub")
	g.Expect(os.MkdirAll(filepath.Join(unwritable, reports.JSONFile, "in-the-way"), 0o755)).To(Succeed())
	err := reports.Save(unwritable, reports.Assemble(sample()))
	g.Expect(err).To(MatchError(ContainSubstring("cannot write the report " + filepath.Join(unwritable, reports.JSONFile))))
	left, err := os.ReadDir(unwritable)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(left).To(HaveLen(2), "no draft is left beside junit.xml and what was in the way")
	g.Expect(reports.Save(filepath.Join(dir, "none"), reports.Assemble(sample()))).NotTo(Succeed())
}
