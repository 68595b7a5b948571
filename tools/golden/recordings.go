package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// line is a line of the reference server and the real server whose recordings it must equal.
type line struct {
	name string
	// version is the label of the recordings.
	version string
	// scenariosOf is the version whose scenarios and steps were recorded; version itself when empty.
	scenariosOf string
}

var allLines = []line{
	{name: "1.4", version: "1.4.8"},
	{name: "2.0", version: "2.0.4", scenariosOf: "2.5.1"},
	{name: "2.5", version: "2.5.1"},
	{name: "3.0", version: "3.0.3"},
}

// allAreas are the areas of the recordings, the longest first, so that a whole replay lasts no longer than it.
var allAreas = []string{"timing", "grpc", "config", "naming", "ops"}

// ownServer is the folder of an area whose scenarios change the server: each gets a server of its own.
const ownServer = "own-server"

func lineNames() []string {
	var names []string
	for _, l := range allLines {
		names = append(names, l.name)
	}
	return names
}

// group is scenarios of one line, area and profile that are replayed together, on one server.
type group struct {
	line    line
	area    string
	profile profile
	// folder holds the scenarios and, in recorded/VERSION, the recordings.
	folder string
	files  []string
	// scenarios are their names, sorted.
	scenarios []string
}

func (g group) String() string {
	what := fmt.Sprintf("(%d scenarios)", len(g.scenarios))
	switch {
	case g.profile.own:
		what = g.scenarios[0]
	case g.profile.name != plain:
		what = "profile " + g.profile.name + " " + what
	}
	return fmt.Sprintf("line %s %s %s", g.line.name, g.area, what)
}

// recorded is the folder of the recordings of the real server.
func (g group) recorded() string { return filepath.Join(g.folder, "recorded", g.line.version) }

// recordings are all groups that have recordings.
type recordings []group

// findRecordings reads which scenarios were recorded for which line.
func findRecordings(root string) (recordings, error) {
	var found recordings
	for _, area := range allAreas {
		for _, usual := range []string{plain, own} {
			folder := filepath.Join(root, area)
			if usual == own {
				folder = filepath.Join(folder, ownServer)
			}
			scenarios, err := readScenarios(folder, usual)
			if err != nil {
				return nil, err
			}
			for _, l := range allLines {
				groups, err := recordedGroups(group{line: l, area: area, folder: folder}, scenarios)
				if err != nil {
					return nil, err
				}
				found = append(found, groups...)
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("expected recordings in %s, in folders such as naming/recorded/2.5.1, and found none", root)
	}
	return found, nil
}

// scenario is where a scenario is written, and the profile of the server that it needs.
type scenario struct{ file, profile string }

// readScenarios reads the scenarios of a folder by name; usual is the profile of those that name none. A folder that is
// not there holds none.
func readScenarios(folder, usual string) (map[string]scenario, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	all := map[string]scenario{}
	for _, file := range files {
		if err := readScenarioFile(file, usual, all); err != nil {
			return nil, fmt.Errorf("read the scenarios in %s: %w", file, err)
		}
	}
	return all, nil
}

func readScenarioFile(file, usual string, into map[string]scenario) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	for decoder := yaml.NewDecoder(f); ; {
		var head struct {
			Name    string `yaml:"name"`
			Profile string `yaml:"profile"`
		}
		err := decoder.Decode(&head)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if head.Name != "" {
			into[head.Name] = scenario{file, cmp.Or(head.Profile, usual)}
		}
	}
}

// recordedGroups are the scenarios that the line of g was recorded with, by profile.
func recordedGroups(g group, scenarios map[string]scenario) ([]group, error) {
	entries, err := os.ReadDir(g.recorded())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	byProfile := map[string]group{}
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), ".ndjson")
		if !ok {
			continue
		}
		s, ok := scenarios[name]
		if !ok {
			return nil, fmt.Errorf("%s has a recording of %s, and no file in %s has a scenario of that name", g.recorded(), name, g.folder)
		}
		needed, ok := byProfile[s.profile]
		if !ok {
			needed = g
			needed.profile = findProfile(s.profile)
		}
		needed.scenarios = append(needed.scenarios, name)
		if !slices.Contains(needed.files, s.file) {
			needed.files = append(slices.Clone(needed.files), s.file)
		}
		byProfile[s.profile] = needed
	}
	var groups []group
	for _, name := range slices.Sorted(maps.Keys(byProfile)) {
		groups = append(groups, byProfile[name].split()...)
	}
	return groups, nil
}

// split gives each scenario that needs a server of its own a group of its own.
func (g group) split() []group {
	if !g.profile.own {
		return []group{g}
	}
	var groups []group
	for _, scenario := range g.scenarios {
		one := g
		one.scenarios = []string{scenario}
		groups = append(groups, one)
	}
	return groups
}

// choose is the part of r that a run replays.
func (r recordings) choose(lines, areas []string, only string) recordings {
	var chosen recordings
	for _, g := range r {
		if !slices.Contains(lines, g.line.name) || !slices.Contains(areas, g.area) {
			continue
		}
		g.scenarios = slices.DeleteFunc(slices.Clone(g.scenarios), func(name string) bool {
			matches, _ := path.Match(only, name) // parseOptions has checked the pattern
			return !matches
		})
		if len(g.scenarios) > 0 {
			chosen = append(chosen, g)
		}
	}
	return chosen
}

// replayable are the groups of r that the reference server has a profile for, and those that it has none for.
func (r recordings) replayable() (can, left recordings) {
	for _, g := range r {
		if g.profile.unknown {
			left = append(left, g)
		} else {
			can = append(can, g)
		}
	}
	return can, left
}

// has tells whether a scenario was recorded for a line.
func (r recordings) has(lineName, scenario string) bool {
	return slices.ContainsFunc(r, func(g group) bool {
		return g.line.name == lineName && slices.Contains(g.scenarios, scenario)
	})
}
