package naming

import (
	"regexp"
	"strings"
)

var labelTerm = regexp.MustCompile(`^CONSUMER\.label\.(\S+?)\s*=\s*PROVIDER\.label\.(\S+)$`)

// ParseLabels are the labels that consumer and provider must share for a selector with this expression.
func ParseLabels(expression string) (labels []string, ok bool) {
	labels = []string{}
	if strings.TrimSpace(expression) == "" {
		return labels, true
	}
	for term := range strings.SplitSeq(expression, "&") {
		match := labelTerm.FindStringSubmatch(strings.TrimSpace(term))
		if match == nil || match[1] != match[2] {
			return nil, false
		}
		labels = append(labels, match[1])
	}
	return labels, true
}
