package web

import (
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Params are the parameters of a request, from the query and from a form body. The first value of a name counts.
type Params map[string]string

// Blank says whether text has nothing but blanks.
func Blank(s string) bool { return java.IsBlank(s) }

// Required is the trimmed value of a parameter that must not be empty; blank passes.
func (p Params) Required(name string) (string, error) {
	value := p[name]
	if value == "" {
		return "", failure.NewArgument("Param '%s' is required.", name)
	}
	return java.Trim(value), nil
}

// Optional is the trimmed value of a parameter, or the fallback when it is blank.
func (p Params) Optional(name, fallback string) string {
	if value := java.Trim(p[name]); value != "" {
		return value
	}
	return fallback
}

// Or is the value of a parameter as it is, or the fallback when it is empty.
func (p Params) Or(name, fallback string) string {
	if value := p[name]; value != "" {
		return value
	}
	return fallback
}

// Present is the value of a parameter that must be given, empty or not.
func (p Params) Present(name string) (string, error) {
	value, ok := p[name]
	if !ok {
		return "", &Missing{Name: name, Kind: "String"}
	}
	return value, nil
}

// All are the values of parameters that must be given.
func (p Params) All(names ...string) (values []string, err error) {
	for _, name := range names {
		value, err := p.Present(name)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// Alias is the value of a parameter, or that of another one when it is blank.
func (p Params) Alias(name, other string) string {
	if Blank(p[name]) {
		return p[other]
	}
	return p[name]
}

// Named is the first of two names that has a value.
func (p Params) Named(name, other string) string {
	if Blank(p[name]) {
		return other
	}
	return name
}

// RequiredInt is a number that the framework wants.
func (c *Call) RequiredInt(name string) (int, error) {
	if _, given := c.Params[name]; !given {
		return 0, &Missing{Name: name, Kind: "int"}
	}
	return BoundInt("int").Given(c.Params, name, 0)
}

// FormField is a field of a form that must not be blank. Unlike names of services, contents may be what Unicode calls a
// blank and Java does not.
func (c *Call) FormField(name string) (string, error) {
	if java.IsBlank(c.Params[name]) {
		return "", &Missing{Name: name, Kind: "String", Form: true}
	}
	return c.Params[name], nil
}

// RequiredLong is a number that the framework wants.
func (c *Call) RequiredLong(name string) (int64, error) {
	if Blank(c.Params[name]) {
		_, given := c.Params[name]
		return 0, &Missing{Name: name, Kind: "Long", Empty: given}
	}
	return BoundLong("java.lang.Long").Read(c.Params, name, 0)
}

// OptionalText is a parameter as it is given, nil when it is not.
func (p Params) OptionalText(name string) *string {
	if value, ok := p[name]; ok {
		return &value
	}
	return nil
}

// FormText is a form field that must not be blank.
func (p Params) FormText(name string) (string, error) {
	if Blank(p[name]) {
		return "", &Missing{Name: name, Kind: "String", Form: true}
	}
	return p[name], nil
}

// OrBlank is the value of a form field as it is, or the fallback when it is blank.
func (p Params) OrBlank(name, fallback string) string {
	if Blank(p[name]) {
		return fallback
	}
	return p[name]
}
