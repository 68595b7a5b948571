package reports

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

var colors = map[Verdict]string{
	Pass: "32", Fail: "31", Undeclared: "31", Untestable: "31", HarnessError: "35", Inconclusive: "33",
}

func (c *console) paint(text string, v Verdict) string {
	if code := colors[v]; c.color && code != "" {
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	return text
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// cut shortens a text to a number of characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// wrap breaks a text at its line breaks and, where a line is too long, at spaces.
func wrap(text string, most int) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " \r")
		for utf8.RuneCountInString(line) > most {
			runes := []rune(line)
			at := most
			if space := strings.LastIndex(string(runes[:most]), " "); space > 0 {
				at = utf8.RuneCountInString(string(runes[:most])[:space])
			}
			lines = append(lines, strings.TrimRight(string(runes[:at]), " "))
			line = strings.TrimLeft(string(runes[at:]), " ")
		}
		lines = append(lines, line)
	}
	return lines
}

// digest abbreviates the data of an event: the members of an object as key=value in their order, long values cut, at
// most four lines.
func digest(data json.RawMessage, most int) []string {
	const longestValue, mostLines = 200, 4
	if len(data) == 0 {
		return nil
	}
	var parts []string
	for key, value := range members(data) {
		if key != "" {
			key += "="
		}
		parts = append(parts, key+cut(plain(value), longestValue))
	}
	lines := wrap(strings.Join(parts, " "), most)
	if len(lines) > mostLines {
		lines = append(lines[:mostLines-1], cut(lines[mostLines-1], most-2)+" …")
	}
	return lines
}

// members yields the members of a JSON object in order, or any other value under an empty key.
func members(data json.RawMessage) func(yield func(string, json.RawMessage) bool) {
	return func(yield func(string, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(data))
		if open, err := d.Token(); err != nil || open != json.Delim('{') {
			yield("", data)
			return
		}
		for d.More() {
			key, err := d.Token()
			var value json.RawMessage
			if err != nil || d.Decode(&value) != nil || !yield(key.(string), value) {
				return
			}
		}
	}
}

// plain is a JSON value on one line, a string without its quotes.
func plain(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) != nil {
		text = string(value)
	}
	return strings.Join(strings.Fields(text), " ")
}
