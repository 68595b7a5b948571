package reports

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Progress shows how a recording goes: one line that rewrites itself on a terminal, a plain line now and then
// elsewhere. It is safe for concurrent use. After RunStarted, RunEnded must be called.
type Progress struct {
	out      io.Writer
	terminal bool

	mu      sync.Mutex
	plan    Plan
	start   time.Time
	running map[string]time.Time // timelines by when they should end
	ended   int
	quit    chan struct{}
	joined  sync.WaitGroup
}

// NewProgress shows progress on out.
func NewProgress(out io.Writer, terminal bool) *Progress {
	return &Progress{out: out, terminal: terminal, running: map[string]time.Time{}, quit: make(chan struct{})}
}

// RunStarted says what is planned and begins to show the time.
func (p *Progress) RunStarted(plan Plan) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan, p.start = plan, time.Now()
	chosen := 0
	for _, c := range plan.Checks {
		if c.Applies && c.NotRun == "" {
			chosen++
		}
	}
	fmt.Fprintf(p.out, "%d of %d checks on %d timelines, about %s\n",
		chosen, len(plan.Checks), len(plan.Timelines), Duration(plan.Lasts))
	p.notInBudget()
	p.joined.Go(p.show)
}

// notInBudget says before the start what the budget leaves out.
func (p *Progress) notInBudget() {
	count, why := 0, ""
	for _, c := range p.plan.Checks {
		if c.NotRun == "budget" {
			count, why = count+1, c.Why
		}
	}
	if count > 0 {
		fmt.Fprintf(p.out, "not run: %d, %s\n", count, why)
	}
}

// TimelineStarted says that a timeline runs and how long it is planned to.
func (p *Progress) TimelineStarted(id string, lasts time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running[id] = time.Now().Add(lasts)
}

// TimelineEnded says that a timeline has ended.
func (p *Progress) TimelineEnded(end TimelineEnd) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.running, end.Timeline)
	p.ended++
}

// RunEnded ends the display and clears its line.
func (p *Progress) RunEnded() {
	close(p.quit)
	p.joined.Wait()
	if p.terminal {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

func (p *Progress) show() {
	every, before, after := 10*time.Second, "", "\n"
	if p.terminal {
		every, before, after = 250*time.Millisecond, "\r", "\x1b[K"
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-p.quit:
			return
		case now := <-ticker.C:
			fmt.Fprint(p.out, before+p.line(now)+after)
		}
	}
}

// line says what runs now, what ends next and when all should be over. It fits on a terminal of 80 columns.
func (p *Progress) line(now time.Time) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	elapsed := now.Sub(p.start)
	text := fmt.Sprintf("%3.0fs  %d running, %d of %d done", elapsed.Seconds(), len(p.running), p.ended, len(p.plan.Timelines))
	if left := p.plan.Lasts - elapsed; left > 0 {
		text += fmt.Sprintf(", about %.0fs left", left.Seconds())
	}
	next := ""
	for id, due := range p.running {
		first := next == "" || due.Before(p.running[next]) || due.Equal(p.running[next]) && id < next
		if first && due.After(now) {
			next = id
		}
	}
	if next != "" {
		text += fmt.Sprintf(", next in %.0fs: %s", p.running[next].Sub(now).Seconds(), next)
	}
	return cut(text, 79)
}
