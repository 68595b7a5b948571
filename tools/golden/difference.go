package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// difference is one that twin.py prints.
type difference struct {
	scenario string
	// step is the id of the step, empty when the whole scenario is missing.
	step string
	// request is what the step sends, shortened, for readers.
	request string
	// what is the place in the answer and both values, that of the real server first: ".status: 200 ≠ 404".
	what string
}

var (
	scenarioHeader  = regexp.MustCompile(`^(\S+): (\d+) differences$`)
	scenarioMissing = regexp.MustCompile(`^(\S+): MISSING in `)
	scenarioStep    = regexp.MustCompile(`^    step (\S+?)(?:: missing$| (.*?): (.*)$)`)
	lastLine        = regexp.MustCompile(`^\d+ scenarios, \d+ steps, (\d+) scenarios differ, \d+ steps differ$`)
)

// parseDifferences reads what "twin.py diff" prints. Anything that it does not know, and a count that is not met, is an
// error: a difference that is not understood must not pass.
func parseDifferences(output string) ([]difference, error) {
	var all []difference
	var scenario string
	scenarios, announced, ended := 0, 0, false
	for text := range strings.Lines(output) {
		text = strings.TrimSuffix(text, "\n")
		if ended {
			return nil, fmt.Errorf("unexpected line after the last: %q", text)
		}
		switch {
		case scenarioHeader.MatchString(text):
			m := scenarioHeader.FindStringSubmatch(text)
			if announced != 0 {
				return nil, fmt.Errorf("%d differences of %s were announced and not shown", announced, scenario)
			}
			scenario = m[1]
			announced, _ = strconv.Atoi(m[2])
			scenarios++
		case scenarioMissing.MatchString(text):
			all = append(all, difference{scenario: scenarioMissing.FindStringSubmatch(text)[1], what: "the replay left no recording"})
			scenarios++
		case scenarioStep.MatchString(text) && announced > 0:
			m := scenarioStep.FindStringSubmatch(text)
			d := difference{scenario: scenario, step: m[1], request: m[2], what: m[3]}
			if d.what == "" {
				d.what = "missing"
			}
			all = append(all, d)
			announced--
		case lastLine.MatchString(text):
			ended = true
			if n, _ := strconv.Atoi(lastLine.FindStringSubmatch(text)[1]); n != scenarios || announced != 0 {
				return nil, fmt.Errorf("%q, and %d scenarios with %d differences too few were read", text, scenarios, announced)
			}
		default:
			return nil, fmt.Errorf("a line that is not known: %q", text)
		}
	}
	if !ended {
		return nil, errors.New("expected a last line that counts scenarios: twin.py did not come to its end")
	}
	return all, nil
}
