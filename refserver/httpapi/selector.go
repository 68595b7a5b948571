package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// parseSelector reads the JSON of a selector, which is encoded once more within the parameter.
func parseSelector(text string) (naming.Selector, error) {
	if blank(text) {
		return naming.Selector{Type: "none"}, nil
	}
	decoded, err := url.QueryUnescape(text)
	if err != nil {
		return naming.Selector{}, naming.InvalidArgument("%s", badEscape(text))
	}
	var node any
	if err := json.NewDecoder(strings.NewReader(decoded)).Decode(&node); err != nil && !errors.Is(err, io.EOF) {
		return naming.Selector{}, &unreadable{http.StatusSwitchingProtocols, "", err.Error()}
	}
	object, _ := node.(map[string]any)
	kind, expression := memberText(object, "type"), memberText(object, "expression")
	switch kind {
	case "none":
		return naming.Selector{Type: kind}, nil
	case "label":
		labels, ok := parseLabels(expression)
		if !ok {
			return naming.Selector{}, &naming.Error{
				Flavour: naming.Checked, Status: http.StatusInternalServerError, Code: naming.CodeServerError,
				Message: "Selector parses failed: parse expression failed!",
			}
		}
		return naming.Selector{Type: kind, Expression: expression, Labels: labels}, nil
	}
	return naming.Selector{}, &naming.Error{
		Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeSelector,
		Message: "not match any type of selector!",
	}
}

// memberText is a scalar member as text, null as "null", and empty text for all else.
func memberText(object map[string]any, name string) string {
	switch value, given := object[name]; value := value.(type) {
	case string:
		return value
	case float64, bool:
		return string(encode(value))
	case nil:
		if given {
			return "null"
		}
	}
	return ""
}

var labelTerm = regexp.MustCompile(`^CONSUMER\.label\.(\S+?)\s*=\s*PROVIDER\.label\.(\S+)$`)

// parseLabels are the labels that consumer and provider must share.
func parseLabels(expression string) ([]string, bool) {
	labels := []string{}
	if blank(expression) {
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

// showSelector is a selector as v1 shows it.
func showSelector(s naming.Selector) json.RawMessage { return selectorJSON(s, "") }

// showSelectorV2 is a selector as v2 shows it, with two properties of the same name.
func showSelectorV2(s naming.Selector) json.RawMessage {
	class := "NoneSelector"
	if s.Type == "label" {
		class = "LabelSelector"
	}
	return selectorJSON(s, class)
}

func selectorJSON(s naming.Selector, class string) json.RawMessage {
	kind := `"type":` + string(encode(s.Type))
	if s.Type != "label" {
		if class != "" {
			kind = `"type":"` + class + `",` + kind
		}
		return json.RawMessage(`{` + kind + `,"contextType":"NONE"}`)
	}
	parts := []string{}
	if class != "" {
		parts = append(parts, `"type":"`+class+`"`)
	} else {
		parts = append(parts, kind)
	}
	if s.Expression != "" {
		parts = append(parts, `"expression":`+string(encode(s.Expression)))
	}
	parts = append(parts, `"labels":`+string(encode(s.Labels)))
	if class != "" {
		parts = append(parts, kind)
	}
	return json.RawMessage("{" + strings.Join(append(parts, `"contextType":"CMDB"`), ",") + "}")
}
