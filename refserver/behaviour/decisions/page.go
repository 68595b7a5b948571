package decisions

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Page renders areas as a page of documentation in Markdown.
func Page(areas []Area) string {
	var b strings.Builder
	b.WriteString("# Lines of Nacos, decision by decision\n\n" +
		"Each line is a value of `behaviour.Behaviour`; nothing else in the reference server knows of versions. A row in which the\n" +
		"lines differ is marked with ≠. Under *proven by* stand the requirements whose checks fail when the decision is changed, as\n" +
		"the [kill matrix](kill-matrix.md) shows. This page is generated: `make generate`.\n")
	for _, area := range areas {
		b.WriteString("\n## " + area.Name + "\n\n" + cell(area.About) + "\n\n| | decision | meaning |")
		for _, line := range behaviour.Lines() {
			b.WriteString(" " + string(line) + " |")
		}
		b.WriteString(" proven by | source |\n|---|---|---|" + strings.Repeat("---|", len(behaviour.Lines())) + "---|---|\n")
		for _, d := range area.Decisions {
			b.WriteString(d.row())
		}
	}
	return b.String()
}

func (d Decision) row() string {
	_, name, _ := strings.Cut(d.ID, ".")
	mark := ""
	if d.Differs(behaviour.Lines()...) {
		mark = "≠"
	}
	cells := []string{mark, "`" + name + "`", d.About}
	for _, line := range behaviour.Lines() {
		cells = append(cells, d.Values[line])
	}
	cells = append(cells, strings.Join(d.Requirements, ", "), d.Source)
	for i := range cells {
		cells[i] = cell(cells[i])
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// cell is a text that can stand in a table.
func cell(text string) string { return strings.ReplaceAll(text, "|", "\\|") }

// Differs says whether the decision has more than one value on these lines.
func (d Decision) Differs(lines ...behaviour.Line) bool {
	for _, line := range lines {
		if d.Values[line] != d.Values[lines[0]] {
			return true
		}
	}
	return false
}
