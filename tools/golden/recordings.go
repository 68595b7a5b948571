package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// allAreas are the areas that concern naming, the longest first, so that a whole replay lasts no longer than it.
var allAreas = []string{"timing", "grpc", "naming"}

// ownServer is the folder of an area whose scenarios change the server: each gets a server of its own.
const ownServer = "own-server"

func lineNames() []string {
	var names []string
	for _, l := range allLines {
		names = append(names, l.name)
	}
	return names
}

// group is scenarios of one line and area that are replayed together, on one server.
type group struct {
	line line
	area string
	// folder holds the scenarios and, in recorded/VERSION, the recordings.
	folder string
	files  []string
	// scenarios are their names, sorted.
	scenarios []string
	// own tells that its one scenario has a server of its own.
	own bool
}

func (g group) String() string {
	if g.own {
		return fmt.Sprintf("line %s %s %s", g.line.name, g.area, g.scenarios[0])
	}
	return fmt.Sprintf("line %s %s (%d scenarios)", g.line.name, g.area, len(g.scenarios))
}

// recorded is the folder of the recordings of the real server.
func (g group) recorded() string { return filepath.Join(g.folder, "recorded", g.line.version) }

// recordings are all groups that have recordings.
type recordings []group

// findRecordings reads which scenarios were recorded for which line.
func findRecordings(root string) (recordings, error) {
	var found recordings
	for _, area := range allAreas {
		for _, own := range []bool{false, true} {
			folder := filepath.Join(root, area)
			if own {
				folder = filepath.Join(folder, ownServer)
			}
			files, err := scenarioFiles(folder)
			if err != nil {
				return nil, err
			}
			for _, l := range allLines {
				g, err := recordedGroup(group{line: l, area: area, folder: folder, own: own}, files)
				if err != nil {
					return nil, err
				}
				found = append(found, g.split()...)
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("expected recordings in %s, in folders such as naming/recorded/2.5.1, and found none", root)
	}
	return found, nil
}

// scenarioFiles maps the name of each scenario of a folder to its file. A folder that is not there holds none.
func scenarioFiles(folder string) (map[string]string, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, file := range names {
		scenarios, err := scenarioNames(file)
		if err != nil {
			return nil, fmt.Errorf("read the names of scenarios in %s: %w", file, err)
		}
		for _, name := range scenarios {
			files[name] = file
		}
	}
	return files, nil
}

func scenarioNames(file string) ([]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var names []string
	for decoder := yaml.NewDecoder(f); ; {
		var scenario struct {
			Name string `yaml:"name"`
		}
		err := decoder.Decode(&scenario)
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		if scenario.Name != "" {
			names = append(names, scenario.Name)
		}
	}
}

// recordedGroup fills g with the scenarios that its line was recorded with.
func recordedGroup(g group, files map[string]string) (group, error) {
	entries, err := os.ReadDir(g.recorded())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return g, err
	}
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), ".ndjson")
		if !ok {
			continue
		}
		file, ok := files[name]
		if !ok {
			return g, fmt.Errorf("%s has a recording of %s, and no file in %s has a scenario of that name", g.recorded(), name, g.folder)
		}
		g.scenarios = append(g.scenarios, name)
		if !slices.Contains(g.files, file) {
			g.files = append(g.files, file)
		}
	}
	return g, nil
}

// split gives each scenario that needs a server of its own a group of its own, and drops an empty group.
func (g group) split() []group {
	if len(g.scenarios) == 0 {
		return nil
	}
	if !g.own {
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
func (r recordings) choose(lines, areas []string, only string) []group {
	var chosen []group
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

// has tells whether a scenario was recorded for a line.
func (r recordings) has(lineName, scenario string) bool {
	return slices.ContainsFunc(r, func(g group) bool {
		return g.line.name == lineName && slices.Contains(g.scenarios, scenario)
	})
}
