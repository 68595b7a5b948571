package config

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Configurations whose content changes what the server does, by their data ids, whatever their groups and namespaces.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/service/dump/DumpConfigHandler.java:57-110.
const (
	metaSwitch     = "com.alibaba.nacos.meta.switch"
	metaAggregates = "com.alibaba.nacos.metadata.aggrIDs"
)

// loadMeta takes note of a content that is about to be served. The content stays in force when it is removed.
func (c *Center) loadMeta(row *Config) {
	switch row.DataID {
	case metaSwitch:
		c.switches = parseSwitches(row.Content)
	case metaAggregates:
		c.aggrs = parseAggregates(row.Content)
	}
}

// switches are those that the content of a configuration sets.
type switches map[string]string

// parseSwitches reads lines of name=value; others and comments are skipped.
func parseSwitches(content string) switches {
	s := switches{}
	for line := range strings.Lines(content) {
		line = strings.TrimRight(line, "\r\n")
		parts := java.Split(line, "=")
		if java.IsBlank(line) || strings.HasPrefix(line, "#") || len(parts) != 2 {
			continue
		}
		s[java.Trim(parts[0])] = java.Trim(parts[1])
	}
	return s
}

// millis is a switch in milliseconds; what is no number of 32 bits counts as not set.
func (s switches) millis(name string, otherwise time.Duration) time.Duration {
	n, err := strconv.ParseInt(s[name], 10, 32)
	if err != nil {
		return otherwise
	}
	return time.Duration(n) * time.Millisecond
}

func (s switches) isTrue(name string) bool { return strings.EqualFold(s[name], "true") }

// aggregates are the data ids that cannot be published one by one.
type aggregates []*regexp.Regexp

var wildcards = strings.NewReplacer(`\*`, `.*`, `\?`, `.`)

// parseAggregates reads one pattern a line, in which * stands for anything and ? for one character.
func parseAggregates(content string) (all aggregates) {
	for line := range strings.Lines(content) {
		if !java.IsBlank(line) {
			all = append(all, regexp.MustCompile("^"+wildcards.Replace(regexp.QuoteMeta(java.Trim(line)))+"$"))
		}
	}
	return all
}

func (a aggregates) contains(dataID string) bool {
	for _, pattern := range a {
		if pattern.MatchString(dataID) {
			return true
		}
	}
	return false
}
