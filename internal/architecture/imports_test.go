// Package architecture keeps the rules that the house is built by.
package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/nacos-tck/nacos-tck"

// mayImport says which rooms the code of a room may import, tests aside. A room is the longest entry that a package
// lies under; it may always import itself.
var mayImport = map[string][]string{
	"cmd":                      {"conformance", "conformance/engine", "conformance/requirements", "fixtures", "refserver", "reports", "wire"},
	"conformance":              {"conformance/engine", "conformance/requirements", "fixtures", "reports", "wire"},
	"conformance/engine":       {"reports"},
	"conformance/requirements": {},
	"fixtures":                 {"refserver", "reports", "wire"},
	"fixtures/clients/golang":  {"refserver"},
	"internal":                 {},
	"refserver":                {"refserver/httpapi", "refserver/httpapi/coreapi", "refserver/httpapi/web", "wire"},
	"refserver/httpapi": {
		"refserver", "refserver/httpapi/authapi", "refserver/httpapi/configapi", "refserver/httpapi/coreapi", "refserver/httpapi/mcpapi",
		"refserver/httpapi/namingapi", "refserver/httpapi/web", "wire",
	},
	"refserver/httpapi/authapi":   {"refserver", "refserver/httpapi/web", "wire"},
	"refserver/httpapi/configapi": {"refserver", "refserver/httpapi/web", "wire"},
	"refserver/httpapi/coreapi":   {"refserver", "refserver/httpapi/web", "wire"},
	"refserver/httpapi/mcpapi":    {"refserver", "refserver/httpapi/web", "wire"},
	"refserver/httpapi/namingapi": {"refserver", "refserver/httpapi/web", "wire"},
	"refserver/httpapi/web":       {"refserver", "wire"},
	"reports":                     {},
	"wire":                        {},
}

func TestImportsRunOneWay(t *testing.T) {
	eachFile(t, func(file string, source *ast.File) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		room := roomOf(path.Dir(file))
		allowed, known := mayImport[room]
		if !known {
			t.Errorf("%s: its folder is no room of the house: add it to mayImport", file)
		}
		for _, imported := range imports(source) {
			inside, ours := strings.CutPrefix(imported, module+"/")
			if to := roomOf(inside); ours && to != room && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s: %s may import only %v", file, inside, room, allowed)
			}
		}
	})
}

// TestConformanceDoesNotKnowTheReferenceServer holds for tests too: to them it is one more target, which fixtures give.
func TestConformanceDoesNotKnowTheReferenceServer(t *testing.T) {
	eachFile(t, func(file string, source *ast.File) {
		for _, imported := range imports(source) {
			if strings.HasPrefix(file, "conformance/") && strings.HasPrefix(imported, module+"/refserver") {
				t.Errorf("%s imports %s: get targets from fixtures", file, imported)
			}
		}
	})
}

// TestOnlyCommandsAndReportsPrint: everything else returns what it has to say, or logs it.
func TestOnlyCommandsAndReportsPrint(t *testing.T) {
	terminal := map[string][]string{
		"fmt": {"Print", "Printf", "Println"},
		"os":  {"Stdout", "Stderr"},
		"log": {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln"},
	}
	eachFile(t, func(file string, source *ast.File) {
		if room := roomOf(path.Dir(file)); room == "cmd" || room == "reports" || strings.HasSuffix(file, "_test.go") {
			return
		}
		ast.Inspect(source, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok && slices.Contains(terminal[pkg.Name], s.Sel.Name) {
					t.Errorf("%s uses %s.%s: only cmd and reports print", file, pkg.Name, s.Sel.Name)
				}
			}
			return true
		})
	})
}

// TestImportersStayLight: whoever embeds the reference server or the suites inherits what they import.
func TestImportersStayLight(t *testing.T) {
	heavy := []string{
		"github.com/spf13/cobra", "github.com/testcontainers/", "github.com/docker/", "github.com/moby/",
		"github.com/tsenart/vegeta", "github.com/HdrHistogram/", "github.com/nacos-group/",
		"github.com/go-echarts/", "gonum.org/v1/plot", "github.com/chromedp/",
	}
	list := exec.Command("go", "list", "-deps", "./refserver/...", "./conformance/...")
	list.Dir, list.Stderr = root, os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("list the dependencies: %v", err)
	}
	for dependency := range strings.Lines(string(out)) {
		for _, h := range heavy {
			if strings.HasPrefix(dependency, h) {
				t.Errorf("refserver or conformance reaches %s", strings.TrimSpace(dependency))
			}
		}
	}
}

// TestOnlyBehaviourKnowsVersions: what a line does otherwise is a decision of package behaviour. Outside of it, the
// reference server names no line, but for the one that it takes by default, and compares no version.
func TestOnlyBehaviourKnowsVersions(t *testing.T) {
	version := regexp.MustCompile(`^"(1\.4|2\.[0-5]|3\.\d)(\.\d+)?"$`)
	eachFile(t, func(file string, source *ast.File) {
		if !strings.HasPrefix(file, "refserver/") || strings.HasPrefix(file, "refserver/behaviour/") || isTest(file) {
			return
		}
		ast.Inspect(source, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if version.MatchString(n.Value) {
					t.Errorf("%s holds the version %s: make it a decision of package behaviour", file, n.Value)
				}
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "behaviour" && strings.HasPrefix(n.Sel.Name, "Line") && n.Sel.Name != "Line" &&
					!(file == "refserver/server.go" && n.Sel.Name == "Line25") {
					t.Errorf("%s names behaviour.%s: make what depends on it a decision of package behaviour", file, n.Sel.Name)
				}
			case *ast.BinaryExpr:
				for _, operand := range []ast.Expr{n.X, n.Y} {
					if s, ok := operand.(*ast.SelectorExpr); ok && s.Sel.Name == "Version" && isServer(s.X) {
						t.Errorf("%s compares the version of the server: make what depends on it a decision of package behaviour", file)
					}
				}
			}
			return true
		})
	})
}

// isTest says whether a file is only there for tests.
func isTest(file string) bool {
	return strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "refserver/httpapi/internal/apitest/")
}

func isServer(x ast.Expr) bool {
	s, ok := x.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Server"
}

// root is the folder of the module.
const root = "../.."

// roomOf is the room that a package lies in, the folder itself when it lies in none.
func roomOf(pkg string) string {
	for room := pkg; room != "."; room = path.Dir(room) {
		if _, known := mayImport[room]; known {
			return room
		}
	}
	return pkg
}

// eachFile parses all Go files of the module. Tools are a module of their own.
func eachFile(t *testing.T, visit func(file string, source *ast.File)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() {
			if name != root && (strings.HasPrefix(base, ".") || base == "testdata" || base == "tools") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") {
			return nil
		}
		source, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		file, err := filepath.Rel(root, name)
		seen++
		visit(filepath.ToSlash(file), source)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("no Go file found: the test looks in the wrong place")
	}
}

func imports(source *ast.File) []string {
	var all []string
	for _, spec := range source.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			all = append(all, p)
		}
	}
	return all
}
