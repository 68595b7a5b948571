// Package decisions lists what package behaviour decides: each field with its meaning, its sources, the requirements that
// depend on it, and its value on every line. All of it is read from the one place where it is written, the source of
// that package.
package decisions

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Area is a group of decisions, one struct of behaviour.Behaviour.
type Area struct {
	// Name is the field of Behaviour, such as Heartbeat.
	Name string
	// About says what the area decides.
	About     string
	Decisions []Decision
}

// Decision is something in which lines or implementations differ.
type Decision struct {
	// ID is area.field, such as Heartbeat.Timeout.
	ID string
	// About says what the values mean, Source where that is known from.
	About, Source string
	// Requirements are those whose checks fail, as the kill matrix shows, when the decision is changed.
	Requirements []string
	// Values are the decision on each line, as Go would print it.
	Values map[behaviour.Line]string
}

// All are all decisions, in the order of the source.
func All() ([]Area, error) {
	types, err := parse()
	if err != nil {
		return nil, err
	}
	lines, err := lineValues()
	if err != nil {
		return nil, err
	}
	proven := provenRequirements()
	var areas []Area
	for field := range reflect.TypeFor[behaviour.Behaviour]().Fields() {
		declared := types[field.Type.Name()]
		area := Area{Name: field.Name, About: declared.about}
		for decision := range field.Type.Fields() {
			id := field.Name + "." + decision.Name
			d := Decision{ID: id, Requirements: proven[id], Values: map[behaviour.Line]string{}}
			d.About, d.Source = splitSource(declared.fields[decision.Name])
			for line, b := range lines {
				d.Values[line] = show(b.FieldByIndex(field.Index).FieldByIndex(decision.Index))
			}
			area.Decisions = append(area.Decisions, d)
		}
		areas = append(areas, area)
	}
	return areas, nil
}

// lineValues are the behaviours of all lines.
func lineValues() (map[behaviour.Line]reflect.Value, error) {
	values := map[behaviour.Line]reflect.Value{}
	for _, line := range behaviour.Lines() {
		b, err := behaviour.ForLine(line)
		if err != nil {
			return nil, err
		}
		values[line] = reflect.ValueOf(b)
	}
	return values, nil
}

// show is a value as the lists show it.
func show(v reflect.Value) string {
	if s, ok := reflect.TypeAssert[fmt.Stringer](v); ok {
		return s.String()
	}
	if v.Kind() == reflect.String || v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String {
		return fmt.Sprintf("%q", v.Interface())
	}
	return fmt.Sprint(v.Interface())
}

// provenRequirements are, by decision, the requirements whose checks find out a mutant that changes it.
func provenRequirements() map[string][]string {
	found := map[string]map[string]bool{}
	for _, m := range behaviour.Mutants() {
		line, err := behaviour.ForLine(m.Line)
		if err != nil {
			continue // a test of behaviour tells
		}
		changed := line
		m.Change(&changed)
		for _, id := range differences(reflect.ValueOf(line), reflect.ValueOf(changed)) {
			if found[id] == nil {
				found[id] = map[string]bool{}
			}
			for _, check := range m.Kills {
				found[id][requirementOf(check)] = true
			}
		}
	}
	proven := map[string][]string{}
	for id, requirements := range found {
		proven[id] = slices.Sorted(maps.Keys(requirements))
	}
	return proven
}

// differences are the ids of the decisions that two behaviours take otherwise.
func differences(a, b reflect.Value) (ids []string) {
	for area := range a.Type().Fields() {
		for decision := range area.Type.Fields() {
			x := a.FieldByIndex(area.Index).FieldByIndex(decision.Index).Interface()
			y := b.FieldByIndex(area.Index).FieldByIndex(decision.Index).Interface()
			if !reflect.DeepEqual(x, y) {
				ids = append(ids, area.Name+"."+decision.Name)
			}
		}
	}
	return ids
}

// requirementOf is the requirement that a check belongs to: its id begins with that of the requirement, which has three
// parts.
func requirementOf(check string) string {
	parts := strings.SplitN(check, ".", 4)
	return strings.Join(parts[:min(3, len(parts))], ".")
}

// declaration is the documentation of a struct.
type declaration struct {
	about  string
	fields map[string]string
}

// parse reads the documentation of all structs of package behaviour.
func parse() (map[string]declaration, error) {
	entries, err := behaviour.Source.ReadDir(".")
	if err != nil {
		return nil, err
	}
	all := map[string]declaration{}
	for _, entry := range entries {
		text, err := behaviour.Source.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			collect(d, all)
		}
	}
	return all, nil
}

func collect(d ast.Decl, all map[string]declaration) {
	group, ok := d.(*ast.GenDecl)
	if !ok || group.Tok != token.TYPE {
		return
	}
	for _, spec := range group.Specs {
		name := spec.(*ast.TypeSpec).Name.Name
		if s, ok := spec.(*ast.TypeSpec).Type.(*ast.StructType); ok {
			all[name] = declaration{oneLine(group.Doc.Text()), documented(s)}
		}
	}
}

// documented are the comments of the fields of a struct; a comment holds for the fields after it that have none.
func documented(s *ast.StructType) map[string]string {
	fields, last := map[string]string{}, ""
	for _, f := range s.Fields.List {
		if f.Doc != nil {
			last = oneLine(f.Doc.Text())
		}
		for _, name := range f.Names {
			fields[name.Name] = last
		}
	}
	return fields
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// splitSource parts what a comment says from where it is known from.
func splitSource(comment string) (about, source string) {
	about, source, _ = strings.Cut(comment, "Source: ")
	return strings.TrimSpace(about), source
}
