package reports_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

var update = flag.Bool("update", false, "write the golden files and the schema anew")

// renderings are all forms of a report.
var renderings = map[string]func(io.Writer, *reports.Run) error{
	"console.txt": func(w io.Writer, run *reports.Run) error {
		return reports.WriteConsole(w, run, reports.ConsoleOptions{})
	},
	"console-color.txt": func(w io.Writer, run *reports.Run) error {
		return reports.WriteConsole(w, run, reports.ConsoleOptions{Color: true})
	},
	"report.json": reports.WriteJSON,
	"junit.xml":   reports.WriteJUnit,
}

func rendered(t *testing.T, form string, log *reports.Log) string {
	t.Helper()
	var b bytes.Buffer
	if err := renderings[form](&b, reports.Assemble(log)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	NewWithT(t).Expect(got).To(Equal(string(want)), "%s is not current: run go test ./reports -update and look at the difference", path)
}

func TestRenderings(t *testing.T) {
	for form := range renderings {
		t.Run(form, func(t *testing.T) {
			golden(t, filepath.Join("testdata", form), rendered(t, form, sample()))
		})
	}
}

func TestStoredLogRendersAsTheOneInMemory(t *testing.T) {
	g := NewWithT(t)
	var stored bytes.Buffer
	w := reports.NewWriter(&stored, "log")
	for _, r := range records(sample()) {
		g.Expect(w.Write(r)).To(Succeed())
	}
	log, err := reports.Read(&stored, "log")
	g.Expect(err).NotTo(HaveOccurred())
	for form := range renderings {
		g.Expect(rendered(t, form, log)).To(Equal(rendered(t, form, sample())), form)
	}
}

func TestConsoleLinesFitTheTerminal(t *testing.T) {
	log := sample()
	log.Results[1].Reason = strings.Repeat("long ", 100) + "\n\tand " + strings.Repeat("ü", 300)
	for i, line := range strings.Split(rendered(t, "console.txt", log), "\n") {
		if n := utf8.RuneCountInString(line); n >= 120 {
			t.Errorf("line %d has %d columns, expected fewer than 120: %s", i+1, n, line)
		}
	}
}

func TestConsoleSaysWhatMakesARunDoubtful(t *testing.T) {
	g := NewWithT(t)
	log := sample()
	log.Canaries[0].Got = reports.Pass
	log.Stop = &reports.Stop{Cause: reports.CauseTargetLost, At: time.Second, Reason: "the target was lost"}
	text := rendered(t, "console.txt", log)
	g.Expect(text).To(ContainSubstring("canary canary.calm: expected fail, found pass: the tool has a defect"))
	g.Expect(text).To(ContainSubstring(`expectation "heartbeat.gone" matches no check: correct or remove it`))
	g.Expect(text).To(ContainSubstring("not complete: the target was lost"))

	log.Results = nil
	g.Expect(rendered(t, "console.txt", log)).To(ContainSubstring("no check ran: nothing was tested"))
}

func TestConsoleShowsTheLastOfManyExchanges(t *testing.T) {
	g := NewWithT(t)
	log := sample()
	log.Results[1].Evidence = nil
	for seq := range 20 {
		log.Events = append(log.Events, happened(seq+10, reports.KindSample, "many", 1, 1, ""))
		log.Results[1].Evidence = append(log.Results[1].Evidence, reports.EventRef{Timeline: "heartbeat.silent", Seq: seq + 10})
	}
	text := rendered(t, "console.txt", log)
	g.Expect(text).To(ContainSubstring("(12 earlier ones are in the report)"))
	g.Expect(strings.Count(text, "sample many")).To(Equal(8))
}

func TestJUnitNamesAreUniqueAndAreTheIds(t *testing.T) {
	g := NewWithT(t)
	var doc struct {
		Suites []struct {
			Cases []struct {
				Name string `xml:"name,attr"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	g.Expect(xml.Unmarshal([]byte(rendered(t, "junit.xml", sample())), &doc)).To(Succeed())
	ids := map[string]bool{}
	for _, s := range doc.Suites {
		for _, c := range s.Cases {
			ids[c.Name] = true
		}
	}
	g.Expect(ids).To(HaveLen(len(sample().Plan.Checks)))
	g.Expect(ids).To(HaveKey("heartbeat.unhealthy.v1"))
}

func TestReportHasTheAgreedShape(t *testing.T) {
	g := NewWithT(t)
	var report map[string]json.RawMessage
	g.Expect(json.Unmarshal([]byte(rendered(t, "report.json", sample())), &report)).To(Succeed())
	for _, key := range []string{"tool", "target", "line", "selection", "summary", "checks"} {
		g.Expect(report).To(HaveKey(key))
	}
	var summary struct {
		Checks   int
		Seconds  float64
		Verdicts map[string]int
	}
	g.Expect(json.Unmarshal(report["summary"], &summary)).To(Succeed())
	g.Expect(summary.Checks).To(Equal(12))
	g.Expect(summary.Seconds).To(Equal(41.234567))
	g.Expect(summary.Verdicts).To(HaveLen(9))
	var checks []map[string]any
	g.Expect(json.Unmarshal(report["checks"], &checks)).To(Succeed())
	for _, key := range []string{"id", "requirement", "level", "verdict", "expected", "reason", "evidence"} {
		g.Expect(checks).To(HaveEach(HaveKey(key)))
	}
}
