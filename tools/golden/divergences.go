package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// divergence is a declared difference: where the reference server means to differ from a real one, and why.
type divergence struct {
	Scenario string   `yaml:"scenario"`
	Lines    []string `yaml:"lines"`
	// Differs holds for each step what differs, as `make golden` prints it; "*" stands for any text.
	Differs map[string][]string `yaml:"differs"`
	Why     string              `yaml:"why"`
}

// loadDivergences reads the declared differences and refuses fields that it does not know.
func loadDivergences(file string) ([]divergence, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the declared divergences: %w", err)
	}
	all, err := parseDivergences(b)
	if err != nil {
		return nil, fmt.Errorf("%s is not valid:\n%w", file, err)
	}
	return all, nil
}

func parseDivergences(b []byte) ([]divergence, error) {
	var content struct {
		Divergences []divergence `yaml:"divergences"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(b), yaml.DisallowUnknownField()).Decode(&content); err != nil {
		return nil, err
	}
	var problems []error
	for i, d := range content.Divergences {
		for _, problem := range d.problems() {
			problems = append(problems, fmt.Errorf("entry %d (%s): %s", i+1, d.Scenario, problem))
		}
	}
	return content.Divergences, errors.Join(problems...)
}

func (d divergence) problems() []string {
	var all []string
	if d.Scenario == "" {
		all = append(all, "it names no scenario")
	}
	if strings.TrimSpace(d.Why) == "" {
		all = append(all, "it does not say why")
	}
	if len(d.Lines) == 0 {
		all = append(all, "it names no line")
	}
	for _, line := range d.Lines {
		if !slices.Contains(lineNames(), line) {
			all = append(all, fmt.Sprintf("line %q is not known: choose from %v", line, lineNames()))
		}
	}
	if len(d.Differs) == 0 {
		all = append(all, "it does not say what differs")
	}
	for step, patterns := range d.Differs {
		if len(patterns) == 0 || slices.Contains(patterns, "") {
			all = append(all, fmt.Sprintf("step %s: it does not say what differs", step))
		}
	}
	return all
}

// matches tells whether text is what pattern says; "*" stands for any text.
func matches(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, ".*") + `$`).MatchString(text)
}
