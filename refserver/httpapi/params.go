package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// params are the parameters of a request, from the query and from a form body. The first value of a name counts.
type params map[string]string

// blank says whether text has nothing but blanks.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

// required is the trimmed value of a parameter that must not be empty; blank passes.
func (p params) required(name string) (string, error) {
	value := p[name]
	if value == "" {
		return "", failure.NewArgument("Param '%s' is required.", name)
	}
	return strings.TrimSpace(value), nil
}

// optional is the trimmed value of a parameter, or the fallback when it is blank.
func (p params) optional(name, fallback string) string {
	if value := strings.TrimSpace(p[name]); value != "" {
		return value
	}
	return fallback
}

// or is the value of a parameter as it is, or the fallback when it is empty.
func (p params) or(name, fallback string) string {
	if value := p[name]; value != "" {
		return value
	}
	return fallback
}

// present is the value of a parameter that must be given, empty or not.
func (p params) present(name string) (string, error) {
	value, ok := p[name]
	if !ok {
		return "", &missing{name: name, kind: "String"}
	}
	return value, nil
}

// all are the values of parameters that must be given.
func (p params) all(names ...string) (values []string, err error) {
	for _, name := range names {
		value, err := p.present(name)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// alias is the value of a parameter, or that of another one when it is blank.
func (p params) alias(name, other string) string {
	if blank(p[name]) {
		return p[other]
	}
	return p[name]
}

// named is the first of two names that has a value.
func (p params) named(name, other string) string {
	if blank(p[name]) {
		return other
	}
	return name
}

// requiredInt is a number that the framework wants.
func (c *Call) requiredInt(name string) (int, error) {
	text, given := c.params[name]
	switch {
	case !given:
		return 0, &missing{name: name, kind: "int"}
	case text == "":
		return 0, &missing{name: name, kind: "int", empty: true}
	}
	return boundInt("int").read(c.params, name, 0)
}

// formField is a field of a form that must not be blank. Unlike names of services, contents may be what Unicode calls a
// blank and Java does not.
func (c *Call) formField(name string) (string, error) {
	if java.IsBlank(c.params[name]) {
		return "", &missing{name: name, kind: "String", form: true}
	}
	return c.params[name], nil
}

// requiredLong is a number that the framework wants.
func (c *Call) requiredLong(name string) (int64, error) {
	if c.params[name] == "" {
		_, given := c.params[name]
		return 0, &missing{name: name, kind: "Long", empty: given}
	}
	return boundLong("java.lang.Long").read(c.params, name, 0)
}

// optionalText is a parameter as it is given, nil when it is not.
func (p params) optionalText(name string) *string {
	if value, ok := p[name]; ok {
		return &value
	}
	return nil
}

// formText is a form field that must not be blank.
func (p params) formText(name string) (string, error) {
	if blank(p[name]) {
		return "", &missing{name: name, kind: "String", form: true}
	}
	return p[name], nil
}

// orBlank is the value of a form field as it is, or the fallback when it is blank.
func (p params) orBlank(name, fallback string) string {
	if blank(p[name]) {
		return fallback
	}
	return p[name]
}
