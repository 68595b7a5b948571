package reports

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

const (
	width  = 119 // how long a line on the console may be
	indent = 12  // where the texts of a finding begin
)

// ConsoleOptions say how to render for people.
type ConsoleOptions struct {
	// Color marks verdicts with ANSI colours; words say the same without them.
	Color bool
}

// WriteConsole renders the run for people: what did not go as expected, then the summary.
func WriteConsole(w io.Writer, run *Run, o ConsoleOptions) error {
	c := &console{run: run, color: o.Color}
	c.heading()
	for _, check := range run.Checks {
		if check.Expectation.Status != Expected {
			c.finding(check)
		}
	}
	c.known()
	c.leftOut()
	c.areas()
	c.trouble()
	c.conclusion()
	c.legend()
	_, err := io.WriteString(w, c.out.String())
	return err
}

type console struct {
	run   *Run
	color bool
	out   strings.Builder
}

// line writes one line, cut to the width.
func (c *console) line(format string, args ...any) {
	c.out.WriteString(cut(fmt.Sprintf(format, args...), width))
	c.out.WriteByte('\n')
}

// field writes a labelled text, wrapped and indented under its label.
func (c *console) field(label, text string) {
	for i, part := range wrap(text, width-indent) {
		if i > 0 {
			label = ""
		}
		c.line("  %-*s%s", indent-2, label, part)
	}
}

func (c *console) heading() {
	r := c.run
	parts := []string{r.Tool.Name + " " + r.Tool.Version, strings.TrimSpace(r.Target.Name + " " + r.Target.Version), "line " + r.Line}
	for _, port := range sortedKeys(r.Target.Addresses) {
		parts = append(parts, port+" "+r.Target.Addresses[port])
	}
	c.line("%s", strings.Join(parts, " · "))
	c.line("")
}

// finding shows one check that did not come out as expected.
func (c *console) finding(check CheckResult) {
	verdict := c.paint(strings.ToUpper(string(check.Verdict)), check.Verdict)
	if check.Expectation.Status == Stale {
		verdict = c.paint("STALE", Inconclusive)
	}
	c.out.WriteString(verdict)
	c.line("  %s", strings.TrimSpace(fmt.Sprintf("%s  %s  %s", check.ID, check.Level, check.Code)))
	c.field("requires", check.Sentence)
	if check.Expected != "" {
		c.field("expected", check.Expected)
	}
	c.field("seen", seen(check))
	if check.Expectation.Reason != "" {
		c.field("known", known(check))
	}
	c.exchanges(check.Evidence)
	c.field("again", command(c.run.Command+" "+check.Select))
	c.line("")
}

func seen(check CheckResult) string {
	if check.Expectation.Status == Stale {
		return fmt.Sprintf("%s, although it is expected not to pass: remove the expectation", check.Verdict)
	}
	return check.Reason
}

func known(check CheckResult) string {
	return strings.TrimSpace(check.Expectation.Reason + " " + check.Expectation.Link)
}

// command breaks a long command so that a shell can still read it.
func command(text string) string {
	return strings.Join(wrap(text, width-indent-len(` \`)), " \\\n")
}

// exchanges shows the events around a failure, the last ones if there are many.
func (c *console) exchanges(evidence []Evidence) {
	const most = 8
	if left := len(evidence) - most; left > 0 {
		c.field("exchanges", fmt.Sprintf("(%d earlier ones are in the report)", left))
		evidence = evidence[left:]
	}
	for i, e := range evidence {
		label := ""
		if i == 0 {
			label = "exchanges"
		}
		c.field(label, fmt.Sprintf("+%.3fs %s %s (%s #%d)%s", e.Sent, e.Kind, e.Name, e.Timeline, e.Seq, took(e)))
		for _, part := range digest(e.Data, width-indent-2) {
			c.line("%*s  %s", indent, "", part)
		}
	}
}

func took(e Evidence) string {
	if e.Received <= e.Sent {
		return ""
	}
	return fmt.Sprintf(" took %.1f ms", (e.Received-e.Sent)*1000)
}

// known lists the failures that the expectations foresee.
func (c *console) known() {
	var lines []string
	for _, check := range c.run.Checks {
		if check.Expectation.Status == Expected && check.Expectation.Reason != "" && failed(check.Verdict) {
			lines = append(lines, fmt.Sprintf("  %s  %s: %s", check.ID, check.Verdict, known(check)))
		}
	}
	c.section("Known and expected not to pass:", lines)
}

// leftOut groups the checks without a verdict on the target by the reason for it.
func (c *console) leftOut() {
	counts := map[string]int{}
	for _, check := range c.run.Checks {
		switch check.Verdict {
		case NotRun, Inapplicable, Unsupported:
			counts[fmt.Sprintf("%s: %s", check.Verdict, check.Reason)]++
		}
	}
	var lines []string
	for _, reason := range sortedKeys(counts) {
		lines = append(lines, fmt.Sprintf("  %3d %s", counts[reason], reason))
	}
	c.section("Without a verdict on the target:", lines)
}

func (c *console) section(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	c.line("%s", title)
	for _, line := range lines {
		c.line("%s", line)
	}
	c.line("")
}

// areas is a table of areas by verdicts, with a column for each verdict that occurs.
func (c *console) areas() {
	counts := map[string]map[Verdict]int{}
	longest := len("area")
	for _, check := range c.run.Checks {
		if counts[check.Area] == nil {
			counts[check.Area] = map[Verdict]int{}
		}
		counts[check.Area][check.Verdict]++
		longest = max(longest, len(check.Area))
	}
	header := fmt.Sprintf("%-*s  checks", longest, "area")
	for _, v := range c.occurring() {
		header += "  " + string(v)
	}
	c.line("%s", header)
	for _, area := range sortedKeys(counts) {
		total, row := 0, ""
		for _, v := range c.occurring() {
			row += fmt.Sprintf("  %*d", len(v), counts[area][v])
			total += counts[area][v]
		}
		c.line("%-*s  %6d%s", longest, area, total, row)
	}
	c.line("")
}

func (c *console) occurring() []Verdict {
	return slices.DeleteFunc(Verdicts(), func(v Verdict) bool { return c.run.Summary.Verdicts[v] == 0 })
}

// trouble says what makes the whole run doubtful.
func (c *console) trouble() {
	var lines []string
	for _, canary := range c.run.Canaries {
		if canary.Got != canary.Want {
			lines = append(lines, fmt.Sprintf("canary %s: expected %s, found %s: the tool has a defect, believe no verdict", canary.ID, canary.Want, canary.Got))
		}
	}
	for _, pattern := range c.run.Unmatched {
		lines = append(lines, fmt.Sprintf("expectation %q matches no check: correct or remove it", pattern))
	}
	if c.run.Stop != nil {
		lines = append(lines, "not complete: "+c.run.Stop.Reason)
	}
	if c.run.Summary.Ran() == 0 {
		lines = append(lines, "no check ran: nothing was tested")
	}
	for _, line := range lines {
		for _, part := range wrap(line, width) {
			c.line("%s", part)
		}
	}
	if len(lines) > 0 {
		c.line("")
	}
}

func (c *console) conclusion() {
	s := c.run.Summary
	text := fmt.Sprintf("%d checks in %.1f s:", s.Checks, s.Seconds)
	column := len(text)
	for i, v := range c.occurring() {
		count := fmt.Sprintf("%d %s", s.Verdicts[v], v)
		separator := " · "
		switch {
		case i == 0:
			separator = " "
		case column+len(separator)+len(count) > width:
			separator, column = "\n    ", 0
		}
		text += separator + c.paint(count, v)
		column += len(separator) + len(count)
	}
	c.out.WriteString(text + "\n")
	if known := c.knownCount(); known > 0 {
		c.line("known and expected not to pass: %d", known)
	}
	c.line("exit %d: %s", c.run.Exit, exitMeaning[c.run.Exit])
}

func (c *console) knownCount() int {
	count := 0
	for _, check := range c.run.Checks {
		if failed(check.Verdict) && check.Expectation.Status == Expected {
			count++
		}
	}
	return count
}

// legend explains the verdicts that occur.
func (c *console) legend() {
	c.line("")
	for _, v := range c.occurring() {
		c.line("%-13s %s", v, verdictMeaning[v])
	}
}
