package seed

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// oddTexts are texts that careless writers of YAML change.
var oddTexts = []string{
	"", " ", "\n", "\n\n", "a\n", "a\n\n", "\na", " a\nb", "\ta\nb", "a \nb", "a\t\nb\n", "a\n\n\nb\n", "a\r\nb\r\n", "a\rb", "tab\tinside",
	"a b", "a  b", "a - b", "a -", "a.", "a b ", "true false", "null", "~", "true", "No", "0", "1e3", "0x1F", "1_000", ".nan", "2026-11-21", "- a", "# a", "a # b", "a: b", "a:", ": a", "? a", "key: |\n  b\n",
	"'", `"`, `\`, `\n`, "*a", "&a", "!a", "%a", "@a", "`a", "{", "}", "[", "]", ",", "|", ">", "|-\n", "---", "---\na\n", "...", "a\n...\nb\n", "<<",
	"\x00", "\x01\x1b\x7f", "\u0085", "\u00a0", "\u2028\u2029", "\ufeff", "\ufeffa\nb\n", "\ufffd", "é", "世界\n你好\n", "😀\n", "\u202e", "\U0010ffff",
	"\xff\xfe", "a\nb\xc3", strings.Repeat("x", 300), strings.Repeat("long line ", 200) + "\nend\n", "  - indented\n- list\n", "#!/bin/sh\necho 'a'  \n",
}

func bigText() string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < 1<<20 {
		b.WriteString(oddTexts[r.IntN(len(oddTexts))])
	}
	return b.String()
}

func roundTrip(t *testing.T, s Seed) {
	t.Helper()
	var out strings.Builder
	if err := s.Write(&out); err != nil {
		t.Fatal(err)
	}
	var doc document
	d := &decoder{places: places{file: "dump.yaml", lines: map[string]int{}}}
	root, err := d.root([]byte(out.String()))
	if err != nil {
		t.Fatalf("%v in\n%.2000s", err, out.String())
	}
	d.decode(root, "", reflect.ValueOf(&doc).Elem())
	for _, e := range doc.Configs {
		content, err := e.content(nil)
		if err != nil {
			t.Fatal(err)
		}
		e.Config.Content = content
		doc.Seed.Configs = append(doc.Seed.Configs, e.Config)
	}
	if len(d.problems) > 0 {
		t.Fatalf("%v in\n%.2000s", d.problems, out.String())
	}
	s.places = places{}
	if !reflect.DeepEqual(doc.Seed, s) {
		t.Fatalf("expected\n%s\nfound\n%s\nin\n%.2000s", quoted(s), quoted(doc.Seed), out.String())
	}
}

// quoted shows a seed so that every character is seen.
func quoted(s Seed) string {
	return fmt.Sprintf("%.3000s", strconv.QuoteToASCII(fmt.Sprintf("%+v", s)))
}

func TestOddTextsComeBack(t *testing.T) {
	for _, text := range append(oddTexts, bigText()) {
		roundTrip(t, Seed{
			Configs:  []Config{{DataID: "a", Content: text}, {DataID: text, Content: "x", Type: &text, Tags: []string{text, "", text}}},
			Services: []Service{{Name: "s", Metadata: map[string]string{text: text, "k": "v"}, Instances: []Instance{{IP: text, Metadata: map[string]string{}, Nulls: []string{text}}}}},
		})
	}
}

// TestRandomTextsComeBack joins odd texts at random.
func TestRandomTextsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	text := func() string {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(oddTexts[r.IntN(len(oddTexts)-4)])
		}
		return b.String()
	}
	for range 2000 {
		s := Seed{}
		for range 1 + r.IntN(3) {
			c := Config{DataID: text(), Group: text(), Content: text(), AppName: text()}
			if r.IntN(2) == 0 {
				c.Desc = new(text())
			}
			s.Configs = append(s.Configs, c)
			sv := Service{Name: text(), Metadata: map[string]string{}}
			for range r.IntN(3) {
				sv.Metadata[strings.ToValidUTF8(text(), "")] = text()
			}
			s.Services = append(s.Services, sv)
		}
		roundTrip(t, s)
	}
}

func TestNumbersComeBack(t *testing.T) {
	for _, weight := range []float64{0, 1, 0.1, 1e-300, 1e21, math.Inf(1), math.Inf(-1), math.MaxFloat64} {
		roundTrip(t, Seed{Services: []Service{{Name: "s", ProtectThreshold: 0.3, Instances: []Instance{{IP: "10.0.0.1", Port: 80, Weight: &weight, Enabled: new(false)}}}}})
	}
	var out strings.Builder
	if err := (Seed{Services: []Service{{Name: "s", Instances: []Instance{{IP: "a", Weight: new(math.NaN())}}}}}).Write(&out); err != nil {
		t.Fatal(err)
	}
	s, err := Parse("x", []byte(out.String()), nil)
	if err != nil || !math.IsNaN(*s.Services[0].Instances[0].Weight) {
		t.Errorf("expected a weight that is no number, found %v in\n%s", err, out.String())
	}
	roundTrip(t, Seed{})
}

// TestWhatIsWrittenIsReadable: texts with lines stand in lines.
func TestWhatIsWrittenIsReadable(t *testing.T) {
	var out strings.Builder
	s := Seed{
		Namespaces: []Namespace{{ID: "dev", Name: "Development", Description: new("")}},
		Services: []Service{{
			Name: "orders", Metadata: map[string]string{}, Clusters: []Cluster{{Name: "DEFAULT", Checker: Checker{Type: "NONE"}}},
			Instances: []Instance{{IP: "10.0.0.1", Port: 8080, Metadata: map[string]string{"version": "1.0"}}},
		}},
		Configs: []Config{{DataID: "app.yaml", Tags: []string{"a", "no"}, Content: "a:\n  b: 1\n\nc: 2\n"}, {DataID: "x", Content: "a\nb"}, {DataID: "y"}},
		Roles:   []Role{{"reader", "alice"}},
	}
	if err := s.Write(&out); err != nil {
		t.Fatal(err)
	}
	const expected = `namespaces:
  - id: dev
    name: Development
    description: ""
services:
  - name: orders
    metadata: {}
    clusters:
      - name: DEFAULT
        checker:
          type: NONE
    instances:
      - ip: "10.0.0.1"
        port: 8080
        metadata:
          version: "1.0"
configs:
  - dataId: app.yaml
    tags:
      - a
      - "no"
    content: |
      a:
        b: 1

      c: 2
  - dataId: x
    content: |-
      a
      b
  - dataId: "y"
    content: ""
roles:
  - role: reader
    user: alice
`
	if out.String() != expected {
		t.Errorf("expected\n%s\nfound\n%s", expected, out.String())
	}
}
