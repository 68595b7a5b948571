// Package requirements is the catalogue of what a Nacos server must do: one YAML file an area, with stable ids.
// It knows neither timelines nor checks, only the ids of the latter.
package requirements

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// Area is one file of the catalogue.
type Area struct {
	// Name is the area as ids and selections write it: "heartbeat".
	Name string `yaml:"area"`
	// About is a paragraph for readers.
	About        string        `yaml:"about"`
	Requirements []Requirement `yaml:"requirements"`
}

// Requirement is one rule. Ids are never reused or renumbered.
type Requirement struct {
	ID       string `yaml:"id"`
	Sentence string `yaml:"sentence"`
	// Level is MUST, SHOULD or MAY.
	Level string `yaml:"level"`
	// Sources say where the rule is written and where it was seen.
	Sources []string `yaml:"sources"`
	// Lines holds the value for each line in which the rule is in force, or what the line does in its place.
	Lines map[string]Value `yaml:"lines"`
	// Checks are the ids of the checks that judge it.
	Checks []string `yaml:"checks"`
	// Unchecked is the reason for having no check.
	Unchecked string `yaml:"unchecked"`
}

// Value is what a rule says for one line.
type Value struct {
	// Expected is the value in words.
	Expected string `yaml:"expected"`
	// Window is the time of the expected change: "(15s, 20.6s]" is after 15 s and not later than 20.6 s.
	Window Window `yaml:"window"`
	// Values are what checks compare with where lines differ in more than the window: "status", "text". In texts
	// {grouped} stands for the grouped name of the service of the story, {param} and {value} for what was refused.
	Values map[string]string `yaml:"values"`
	// Otherwise is what the line does in place of the rule, which is not in force there: no check is held against it.
	Otherwise string `yaml:"otherwise"`
	// Spares are the checks of the requirement that are not held against the line, as its expected value explains.
	Spares []string `yaml:"spares"`
}

// Window is an interval of time, open below and closed above. The zero value bounds nothing.
type Window struct {
	After, Until time.Duration
}

// UnmarshalYAML reads "(after, until]".
func (w *Window) UnmarshalYAML(b []byte) error {
	text := strings.Trim(strings.TrimSpace(string(b)), `"'`)
	inner, opened := strings.CutPrefix(text, "(")
	inner, closed := strings.CutSuffix(inner, "]")
	low, high, parted := strings.Cut(inner, ",")
	after, errLow := time.ParseDuration(strings.TrimSpace(low))
	until, errHigh := time.ParseDuration(strings.TrimSpace(high))
	if !opened || !closed || !parted || errLow != nil || errHigh != nil || until <= after {
		return fmt.Errorf(`window %q: expected an interval such as "(15s, 20.6s]"`, text)
	}
	*w = Window{after, until}
	return nil
}

// String writes the window as the catalogue does.
func (w Window) String() string { return fmt.Sprintf("(%s, %s]", w.After, w.Until) }

// Load reads the embedded catalogue. It reads it once; what it returns must not be changed.
var Load = sync.OnceValues(func() ([]Area, error) { return load(files) })

func load(from fs.FS) ([]Area, error) {
	names, err := fs.Glob(from, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the catalogue: %w", err)
	}
	var areas []Area
	var problems []error
	for _, name := range names {
		b, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("read the catalogue: %w", err)
		}
		var area Area
		if err := yaml.NewDecoder(bytes.NewReader(b), yaml.DisallowUnknownField()).Decode(&area); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
			continue
		}
		if want := strings.TrimSuffix(path.Base(name), ".yaml"); area.Name != want {
			problems = append(problems, fmt.Errorf("%s: area is %q, expected %q after the file", name, area.Name, want))
		}
		areas = append(areas, area)
	}
	problems = append(problems, validate(areas))
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("the catalogue of requirements is not valid:\n%w", err)
	}
	return areas, nil
}

func validate(areas []Area) error {
	var problems []error
	requirements, checks := map[string]bool{}, map[string]string{}
	for _, area := range areas {
		for _, r := range area.Requirements {
			complain := func(format string, args ...any) {
				problems = append(problems, fmt.Errorf("%s: %s: %s", area.Name, r.ID, fmt.Sprintf(format, args...)))
			}
			if prefix := "naming." + area.Name + "."; !strings.HasPrefix(r.ID, prefix) {
				complain("expected an id that starts with %q", prefix)
			}
			if requirements[r.ID] {
				complain("the id is there twice")
			}
			requirements[r.ID] = true
			for _, problem := range r.problems() {
				complain("%s", problem)
			}
			for _, check := range r.Checks {
				if !strings.HasPrefix(check, r.ID+".") {
					complain("check %q: expected an id that starts with that of its requirement and a dot", check)
				}
				if other, taken := checks[check]; taken {
					complain("check %q belongs to %s already", check, other)
				}
				checks[check] = r.ID
			}
		}
	}
	return errors.Join(problems...)
}

func (r Requirement) problems() []string {
	var all []string
	if r.Sentence == "" {
		all = append(all, "it has no sentence")
	}
	if !slices.Contains([]string{"MUST", "SHOULD", "MAY"}, r.Level) {
		all = append(all, fmt.Sprintf("level %q: expected MUST, SHOULD or MAY", r.Level))
	}
	if len(r.Sources) == 0 {
		all = append(all, "it has no source")
	}
	if len(r.Lines) == 0 {
		all = append(all, "it holds for no line")
	}
	for _, line := range slices.Sorted(maps.Keys(r.Lines)) {
		switch v := r.Lines[line]; {
		case v.Expected == "" && v.Otherwise == "":
			all = append(all, fmt.Sprintf("line %s: it says nothing of what is expected", line))
		case v.Otherwise != "" && (v.Expected != "" || v.Window != Window{} || len(v.Values) > 0):
			all = append(all, fmt.Sprintf("line %s: it says what is expected where the rule is not in force (otherwise)", line))
		}
		for _, spared := range r.Lines[line].Spares {
			if !slices.Contains(r.Checks, spared) {
				all = append(all, fmt.Sprintf("line %s: it spares %s, which is no check of it", line, spared))
			}
		}
	}
	if len(r.Checks) == 0 && r.Unchecked == "" {
		all = append(all, "it has neither a check nor a reason for having none (unchecked)")
	}
	if len(r.Checks) > 0 && r.Unchecked != "" {
		all = append(all, "it has checks and a reason for having none")
	}
	return all
}
