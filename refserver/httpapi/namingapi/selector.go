package namingapi

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// parseSelector reads the JSON of a selector, which is encoded once more within the parameter.
func (c call) parseSelector(text string) (naming.Selector, error) {
	if web.Blank(text) {
		return naming.Selector{Type: "none"}, nil
	}
	s, err := parseSelector(text)
	if err == nil && s.Type == "label" && c.B.V1.SelectorTypeFirst && !namesExpression(text) {
		return s, missingMember()
	}
	if e := (*naming.Error)(nil); errors.As(err, &e) && c.B.V1.SelectorTypeFirst {
		switch {
		case e.Code == naming.CodeSelector:
			return s, c.classicSelectorError(text)
		case e.Flavour == naming.Checked:
			return s, &naming.Error{Flavour: naming.Checked, Status: http.StatusBadRequest, Message: "parse expression failed!"}
		}
	}
	return s, err
}

// classicSelectorError says in Java's words which type of selector there is not.
func (c call) classicSelectorError(text string) error {
	decoded, err := url.QueryUnescape(text)
	if err != nil {
		return naming.InvalidArgument("%s", web.BadEscape(text))
	}
	var object map[string]any
	if json.Unmarshal([]byte(decoded), &object) != nil {
		object = nil
	}
	if _, ok := object["type"]; !ok {
		return missingMember()
	}
	return unknownSelector(memberText(object, "type"))
}

// namesExpression says whether the JSON of a selector has an expression.
func namesExpression(text string) bool {
	decoded, _ := url.QueryUnescape(text) // it was read before
	var object map[string]any
	_ = json.Unmarshal([]byte(decoded), &object)
	_, ok := object["expression"]
	return ok
}

// missingMember is the error of reading a member that JSON does not have.
func missingMember() error {
	return web.Unexpected(`Cannot invoke "com.fasterxml.jackson.databind.JsonNode.asText()" because the return value of "com.fasterxml.jackson.databind.JsonNode.get(String)" is null`)
}

func parseSelector(text string) (naming.Selector, error) {
	decoded, err := url.QueryUnescape(text)
	if err != nil {
		return naming.Selector{}, naming.InvalidArgument("%s", web.BadEscape(text))
	}
	var node any
	if err := json.NewDecoder(strings.NewReader(decoded)).Decode(&node); err != nil && !errors.Is(err, io.EOF) {
		return naming.Selector{}, &web.Unreadable{Status: http.StatusSwitchingProtocols, Class: "", Reason: err.Error()}
	}
	object, _ := node.(map[string]any)
	kind, expression := memberText(object, "type"), memberText(object, "expression")
	switch kind {
	case "none":
		return naming.Selector{Type: kind}, nil
	case "label":
		labels, ok := naming.ParseLabels(expression)
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
		return string(web.Encode(value))
	case nil:
		if given {
			return "null"
		}
	}
	return ""
}

// showSelector is a selector as v1 shows it.
func (c call) showSelector(s naming.Selector) json.RawMessage {
	if c.B.V1.SelectorContext {
		return selectorJSON(s, "")
	}
	if s.Type != "label" {
		return web.Encode(map[string]string{"type": s.Type})
	}
	return web.Encode(struct {
		Type       string   `json:"type"`
		Expression string   `json:"expression"`
		Labels     []string `json:"labels"`
	}{s.Type, s.Expression, s.Labels})
}

// showSelectorV2 is a selector as v2 shows it, with two properties of the same name.
func showSelectorV2(s naming.Selector) json.RawMessage {
	class := "NoneSelector"
	if s.Type == "label" {
		class = "LabelSelector"
	}
	return selectorJSON(s, class)
}

func selectorJSON(s naming.Selector, class string) json.RawMessage {
	kind := `"type":` + string(web.Encode(s.Type))
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
		parts = append(parts, `"expression":`+string(web.Encode(s.Expression)))
	}
	parts = append(parts, `"labels":`+string(web.Encode(s.Labels)))
	if class != "" {
		parts = append(parts, kind)
	}
	return json.RawMessage("{" + strings.Join(append(parts, `"contextType":"CMDB"`), ",") + "}")
}
