package requirements

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nacos-tck/nacos-tck/internal/golden"
)

func TestCatalogueIsValidAndItsPagesAreCurrent(t *testing.T) {
	areas, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(areas) == 0 {
		t.Fatal("the catalogue is empty")
	}
	for _, area := range areas {
		golden.Check(t, filepath.Join("..", "..", "docs", "requirements", area.Name+".md"), []byte(area.Markdown()))
	}
}

const valid = `area: x
about: An area.
requirements:
  - id: naming.x.one
    sentence: It is so.
    level: MUST
    sources: [here]
    lines: {"2.5": {expected: so, window: "(15s, 20.6s]"}}
    checks: [naming.x.one.v1]
`

func TestLoadRejectsWhatIsNotACatalogue(t *testing.T) {
	for _, test := range []struct{ name, from, to, want string }{
		{"unknown field", "    level:", "    colour: red\n    level:", `unknown field "colour"`},
		{"level", "MUST", "PERHAPS", `level "PERHAPS": expected MUST, SHOULD or MAY`},
		{"foreign id", "naming.x.one\n", "naming.y.one\n", `expected an id that starts with "naming.x."`},
		{"foreign check", "[naming.x.one.v1]", "[naming.x.two.v1]", "expected an id that starts with that of its requirement"},
		{"no check and no reason", "    checks: [naming.x.one.v1]\n", "", "neither a check nor a reason"},
		{"check and reason", "    checks:", "    unchecked: why\n    checks:", "checks and a reason"},
		{"check twice", "[naming.x.one.v1]", "[naming.x.one.v1, naming.x.one.v1]", "belongs to naming.x.one already"},
		{"window", "(15s, 20.6s]", "15s to 20s", "expected an interval such as"},
		{"window that ends before it begins", "(15s, 20.6s]", "(20s, 15s]", "expected an interval such as"},
		{"no line", `    lines: {"2.5": {expected: so, window: "(15s, 20.6s]"}}` + "\n", "", "it holds for no line"},
		{"nothing expected", "expected: so, ", "", "nothing of what is expected"},
		{"expected where the rule is not in force", "expected: so, ", "expected: so, otherwise: not so, ", "where the rule is not in force"},
		{"a window where the rule is not in force", "expected: so, ", "otherwise: not so, ", "where the rule is not in force"},
		{"sparing a check of another", "expected: so, ", "expected: so, spares: [naming.x.one.v2], ", "spares naming.x.one.v2, which is no check of it"},
		{"no source", "[here]", "[]", "it has no source"},
		{"another area", "area: x", "area: y", `area is "y", expected "x" after the file`},
		{"id twice", "requirements:", "requirements:\n  - {id: naming.x.one, sentence: s, level: MAY, sources: [s], lines: {\"2.5\": {expected: e}}, unchecked: u}", "the id is there twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(valid, test.from, test.to, 1)
			if text == valid {
				t.Fatalf("the test changes nothing: %q is not in the catalogue", test.from)
			}
			_, err := load(fstest.MapFS{"x.yaml": {Data: []byte(text)}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("expected an error with %q, found: %v", test.want, err)
			}
		})
	}
}

func TestLoadReadsWindows(t *testing.T) {
	areas, err := load(fstest.MapFS{"x.yaml": {Data: []byte(valid)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := areas[0].Requirements[0].Lines["2.5"].Window.String(); got != "(15s, 20.6s]" {
		t.Errorf("expected (15s, 20.6s], found %s", got)
	}
}
