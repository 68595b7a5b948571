package engine_test

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

func TestHistoryNarrows(t *testing.T) {
	g := NewWithT(t)
	push := event("a.two", 2, "push")
	push.Kind = reports.KindPush
	window := engine.Window{After: time.Second, Until: 2 * time.Second}
	h := engine.NewHistory(window, event("a.one", 1, "begin"), push, event("a.one", 3, "end"))
	names := func(h engine.History) (names []string) {
		for _, e := range h.Events() {
			names = append(names, e.Name)
		}
		return names
	}
	g.Expect(names(h.Of("a.one"))).To(Equal([]string{"begin", "end"}))
	g.Expect(names(h.Kind(reports.KindPush))).To(Equal([]string{"push"}))
	g.Expect(names(h.After(2*time.Second).Named("begin", "end"))).To(Equal([]string{"end"}))
	g.Expect(h.Of("a.two").Window()).To(Equal(window))
	_, found := h.Of("a.three").First()
	g.Expect(found).To(BeFalse())
}

func TestViewsOfAHistoryShareTheirCitations(t *testing.T) {
	g := NewWithT(t)
	h := engine.NewHistory(engine.Window{}, event("a.one", 1, "begin"), event("a.one", 2, "end"))
	h.Named("end").Cite(h.Named("end").Events()...)
	h.Cite(h.Events()...)
	g.Expect(h.Cited()).To(Equal([]reports.EventRef{{Timeline: "a.one", Seq: 2}, {Timeline: "a.one", Seq: 1}}))
	engine.History{}.Cite(event("a.one", 1, "begin"))
	g.Expect(engine.History{}.Cited()).To(BeEmpty())
}
