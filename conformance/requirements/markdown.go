package requirements

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Markdown is the page of the area for readers.
func (a Area) Markdown() string {
	var b strings.Builder
	title := strings.ToUpper(a.Name[:1]) + a.Name[1:]
	fmt.Fprintf(&b, "<!-- Generated from conformance/requirements/%s.yaml. Change that file, then run: make generate -->\n\n", a.Name)
	fmt.Fprintf(&b, "# Requirements: %s\n\n%s\n\n", title, strings.TrimSpace(a.About))
	checked := 0
	for _, r := range a.Requirements {
		if len(r.Checks) > 0 {
			checked++
		}
	}
	fmt.Fprintf(&b, "%d requirements, of which %d have checks.\n\n", len(a.Requirements), checked)
	b.WriteString("| Requirement | Level | Checks |\n|---|---|---|\n")
	for _, r := range a.Requirements {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %d |\n", r.ID, anchor(r.ID), r.Level, len(r.Checks))
	}
	for _, r := range a.Requirements {
		r.markdown(&b)
	}
	return b.String()
}

func (r Requirement) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n**%s.** %s\n\n", r.ID, r.Level, r.Sentence)
	b.WriteString("| Line | Expected | Window |\n|---|---|---|\n")
	for _, line := range slices.Sorted(maps.Keys(r.Lines)) {
		v := r.Lines[line]
		window := "–"
		if v.Window != (Window{}) {
			window = v.Window.String()
		}
		expected := v.Expected
		if v.Otherwise != "" {
			expected = "not in force: " + v.Otherwise
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", line, escape(expected), window)
	}
	b.WriteString("\n")
	if r.Unchecked != "" {
		fmt.Fprintf(b, "No check: %s\n\n", r.Unchecked)
	}
	for _, check := range r.Checks {
		fmt.Fprintf(b, "- check `%s`\n", check)
	}
	if len(r.Checks) > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintf(b, "Sources: %s\n", strings.Join(r.Sources, "; "))
}

// anchor is the id that Markdown viewers give to a heading.
func anchor(heading string) string { return strings.ReplaceAll(strings.ToLower(heading), ".", "") }

func escape(cell string) string { return strings.ReplaceAll(cell, "|", "\\|") }
