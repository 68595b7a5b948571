package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// kind is one release of one client.
type kind struct {
	language, version string
	// lines are those that the client speaks to.
	lines []string
	// private are the lines on which the client is played in a namespace of its own: it names the public one in another way
	// than these lines do.
	private []string
	// plays is what its program must say that it has played; refused only where the server asks for credentials.
	plays []string
	// needs are the programs that must be installed.
	needs []string
	// install makes the program ready and gives the command that runs it, without the arguments of the story.
	install func(ctx context.Context, o options, version string) ([]string, error)
}

// refused is what a program says that it has played when it has seen refusals, and ends when it has seen none. A kind
// that never does meets only servers that ask for no credentials.
const refused = "refused"

var (
	all   = []string{"1.4", "2.0", "2.5", "3.0"}
	later = []string{"2.0", "2.5", "3.0"} // those with gRPC

	maven = []string{"java", "mvn"}
)

var kinds = []kind{
	{language: "java", version: "1.4.8", lines: all, plays: []string{"naming", "config", refused}, needs: maven, install: installJava},
	{language: "java", version: "2.5.1", lines: later, plays: []string{"naming", "config", "cas", refused}, needs: maven, install: installJava},
	{
		language: "java", version: "3.0.3", lines: later, private: []string{"2.0", "2.5"},
		plays: []string{"naming", "config", "cas", refused}, needs: maven, install: installJava,
	},
	{language: "node", version: "2.6.3", lines: all, plays: []string{"naming", "config", refused}, needs: []string{"node", "npm"}, install: installNode},
	{language: "spring", version: "2023.0.3.4", lines: later, plays: []string{"naming", "config", refused}, needs: maven, install: installSpring},
	{
		language: "spring", version: "2025.0.0.0", lines: later, private: []string{"2.0"},
		plays: []string{"naming", "config", refused}, needs: maven, install: installSpring,
	},
	{language: "dubbo", version: "3.3.6", lines: later, plays: []string{"naming"}, needs: maven, install: installDubbo},
	{language: "python", version: "2.0.11", lines: later, plays: []string{"naming", "config", "cas", refused}, needs: []string{"python3"}, install: installPython},
}

func (k kind) name() string { return k.language + "-" + k.version }

// is says whether the kind is meant by a name or a language.
func (k kind) is(name string) bool { return name == k.name() || name == k.language }

// meets says whether the kind can meet a server that asks for credentials, or asks for none.
func (k kind) meets(auth string) bool { return auth == off || slices.Contains(k.plays, refused) }

// chosen says whether the options ask for the kind.
func (k kind) chosen(o options) bool {
	return len(o.clients) == 0 || slices.ContainsFunc(o.clients, k.is)
}

func kindNames() string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name())
	}
	return strings.Join(names, ", ")
}

// prepare installs the client.
func (k kind) prepare(ctx context.Context, o options) ([]string, error) {
	for _, program := range k.needs {
		if _, err := exec.LookPath(program); err != nil {
			return nil, fmt.Errorf("%s needs %s, which is not installed: install it, or choose others with CLIENTS=\"…\" of %s", k.name(), program, kindNames())
		}
	}
	command, err := k.install(ctx, o, k.version)
	if err != nil {
		return nil, fmt.Errorf("install %s: %w", k.name(), err)
	}
	return command, nil
}

func installJava(ctx context.Context, o options, version string) ([]string, error) {
	return installMaven(ctx, o, "java", "nacos.version", version, "nacostck.Story")
}

func installSpring(ctx context.Context, o options, version string) ([]string, error) {
	return installMaven(ctx, o, "spring", "alibaba.version", version, "nacostck.SpringStory")
}

func installDubbo(ctx context.Context, o options, version string) ([]string, error) {
	return installMaven(ctx, o, "dubbo", "dubbo.version", version, "nacostck.DubboStory")
}

// installMaven builds a program with Maven, against the jars of the release that a property names.
func installMaven(ctx context.Context, o options, folder, property, version, class string) ([]string, error) {
	built := filepath.Join(o.work, folder+"-"+version)
	err := command(ctx, filepath.Join(o.programs, folder), "mvn", "-q", "-B", "-Dmaven.repo.local="+filepath.Join(o.work, "m2"),
		"-D"+property+"="+version, "-Dbuild.to="+built, "process-classes")
	classes := filepath.Join(built, "classes") + string(os.PathListSeparator) + filepath.Join(built, "lib", "*")
	return []string{"java", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classes, class}, err
}

// installNode copies the program to where its modules are installed: Node looks for them from there.
func installNode(ctx context.Context, o options, version string) ([]string, error) {
	built := filepath.Join(o.work, "node-"+version)
	if err := copyFiles(filepath.Join(o.programs, "node"), built, "package.json", "package-lock.json", "story.js", "stage.js", "naming.js", "config.js"); err != nil {
		return nil, err
	}
	err := command(ctx, built, "npm", "ci", "--silent", "--no-audit", "--no-fund", "--cache", filepath.Join(o.work, "npm"))
	return []string{"node", filepath.Join(built, "story.js")}, err
}

func installPython(ctx context.Context, o options, version string) ([]string, error) {
	built, program := filepath.Join(o.work, "python-"+version), filepath.Join(o.programs, "python")
	if err := command(ctx, program, "python3", "-m", "venv", built); err != nil {
		return nil, err
	}
	python := filepath.Join(built, "bin", "python")
	err := command(ctx, program, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
		"--cache-dir", filepath.Join(o.work, "pip"), "-r", "requirements.txt")
	return []string{python, "-B", filepath.Join(program, "story.py")}, err // -B leaves no compiled files there
}

// command runs a program in a folder; its output is shown when it fails.
func command(ctx context.Context, folder, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = folder
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s in %s: %w\n%s", name, strings.Join(args, " "), folder, err, output)
	}
	return nil
}

func copyFiles(from, to string, names ...string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
