package engine

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/reports"
)

func TestLateTicksInARowMakeOneRecord(t *testing.T) {
	g := NewWithT(t)
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	var spell lateSpell
	g.Expect(spell.tick(ms(50), ms(70))).To(BeNil(), "20 ms is punctual enough")
	g.Expect(spell.tick(ms(120), ms(141))).To(BeNil())
	g.Expect(spell.tick(ms(191), ms(491))).To(BeNil())
	g.Expect(spell.tick(ms(541), ms(580))).To(BeNil())
	g.Expect(spell.tick(ms(630), ms(631))).To(Equal(&reports.Lateness{From: ms(120), To: ms(580), Worst: ms(300)}))
	g.Expect(spell.tick(ms(681), ms(682))).To(BeNil())
	g.Expect(spell.open).To(BeNil())
}
