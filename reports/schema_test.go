package reports_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	generator "github.com/invopop/jsonschema"
	. "github.com/onsi/gomega"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nacos-tck/nacos-tck/reports"
)

const schemaPath = "../docs/schema/report.schema.json"

// schema describes the JSON report, with the comments of the types as descriptions.
func schema(t *testing.T) string {
	t.Helper()
	r := &generator.Reflector{Mapper: named, Anonymous: true, AllowAdditionalProperties: true}
	if err := r.AddGoComments("github.com/nacos-tck/nacos-tck/reports", "./"); err != nil {
		t.Fatal(err)
	}
	s := r.Reflect(&reports.Run{})
	s.Title = "nacos-tck report"
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// named lists the values of types that have few.
func named(t reflect.Type) *generator.Schema {
	switch t {
	case reflect.TypeFor[reports.Verdict]():
		return oneOf(reports.Verdicts()...)
	case reflect.TypeFor[reports.Status]():
		return oneOf(statuses...)
	case reflect.TypeFor[reports.Level]():
		return oneOf(reports.Must, reports.Should, reports.May)
	case reflect.TypeFor[map[reports.Verdict]int]():
		return counts(reports.Verdicts()...)
	case reflect.TypeFor[map[reports.Status]int]():
		return counts(statuses...)
	}
	return nil
}

var statuses = []reports.Status{reports.Expected, reports.Unexpected, reports.Stale}

func oneOf[T any](values ...T) *generator.Schema {
	s := &generator.Schema{Type: "string"}
	for _, v := range values {
		s.Enum = append(s.Enum, v)
	}
	return s
}

// counts is an object with exactly these keys.
func counts[K ~string](keys ...K) *generator.Schema {
	s := &generator.Schema{Type: "object", Properties: generator.NewProperties(), AdditionalProperties: generator.FalseSchema}
	for _, k := range keys {
		s.Properties.Set(string(k), &generator.Schema{Type: "integer"})
		s.Required = append(s.Required, string(k))
	}
	return s
}

func TestSchemaIsCurrent(t *testing.T) { golden(t, schemaPath, schema(t)) }

func validate(t *testing.T, report string) error {
	t.Helper()
	text, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	instance, err := validator.UnmarshalJSON(bytes.NewReader([]byte(report)))
	if err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("report.schema.json").Validate(instance)
}

func TestReportsAreValid(t *testing.T) {
	g := NewWithT(t)
	cut := sample()
	cut.End, cut.Results = nil, nil
	for _, log := range []*reports.Log{sample(), cut, {}} {
		if log.Plan.Checks == nil {
			log.End = &reports.End{}
		}
		g.Expect(validate(t, rendered(t, "report.json", log))).To(Succeed())
	}
	broken := sample()
	broken.Results[0].Verdict = "skipped"
	g.Expect(validate(t, rendered(t, "report.json", broken))).NotTo(Succeed())
}
