package behaviour

import (
	"fmt"
	"strings"
)

// Line names a family of releases that behave alike.
type Line string

// The lines that this package has values for, each in its standalone default configuration: what a release of that line
// does with a fresh home and the configuration that it is shipped with.
const (
	Line14 Line = "1.4"
	Line20 Line = "2.0"
	Line25 Line = "2.5"
	Line30 Line = "3.0"
)

// Lines are all lines, oldest first.
func Lines() []Line { return []Line{Line14, Line20, Line25, Line30} }

// ForLine is the behaviour of a line.
func ForLine(line Line) (Behaviour, error) {
	switch line {
	case Line14:
		return line14(), nil
	case Line20:
		return line20(), nil
	case Line25:
		return line25(), nil
	case Line30:
		return line30(), nil
	}
	var known []string
	for _, l := range Lines() {
		known = append(known, string(l))
	}
	return Behaviour{}, fmt.Errorf("line %q is not known: choose one of %s", line, strings.Join(known, ", "))
}
