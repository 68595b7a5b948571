package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/fixtures"
)

// targetFlags say which server is tested.
type targetFlags struct {
	url, grpc, contextPath, process string
	user, password                  string
	line                            string
}

// Variables that stand in for flags, so that a password need not be in the list of processes.
const (
	userVariable     = "NACOS_TCK_USER"
	passwordVariable = "NACOS_TCK_PASSWORD"
)

func (f *targetFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.url, "target", "", "`URL` of the server to test: http://127.0.0.1:8848; default: the embedded one")
	flags.StringVar(&f.grpc, "grpc", "", "`host:port` of its gRPC port; default: the port of --target + 1000")
	flags.StringVar(&f.contextPath, "context-path", "", "`prefix` of its HTTP paths; default: the path of --target, or /nacos")
	flags.StringVar(&f.user, "user", "", "`name` to log in with (or the variable "+userVariable+")")
	flags.StringVar(&f.password, "password", "", "`password` to log in with (or the variable "+passwordVariable+", which nobody can see in ps)")
	flags.StringVar(&f.process, "process", "", "shell `command` that runs the server to test, with {port}, {grpc-port} and {data} to be filled in")
	flags.StringVar(&f.line, "line", "", "`line` of Nacos to hold the server to ("+strings.Join(fixtures.Lines(), ", ")+"); default: what its version says")
}

// check finds wrong usage before anything is started.
func (f *targetFlags) check() error {
	if f.line != "" {
		if err := fixtures.CheckLine(f.line); err != nil {
			return usage("--line: %w", err)
		}
	}
	if f.url != "" && f.process != "" {
		return usage("expected one of --target and --process, found both")
	}
	if f.process != "" && !strings.Contains(f.process, "{port}") {
		return usage("--process: expected a command with {port} where the port belongs, found %q", f.process)
	}
	if f.url == "" && f.process == "" {
		for name, value := range map[string]string{"grpc": f.grpc, "context-path": f.contextPath, "user": f.user, "password": f.password} {
			if value != "" {
				return usage("--%s: expected a server that it belongs to, found none: name it with --target or --process", name)
			}
		}
		return nil
	}
	if f.grpc != "" && f.process != "" {
		return usage("--grpc: a server that the tool starts gets its ports from the tool: write {grpc-port} into --process")
	}
	address := f.address()
	if f.process != "" {
		address.URL = "127.0.0.1"
	}
	if _, err := address.Target(); err != nil {
		return usage("%w", err)
	}
	return nil
}

func (f *targetFlags) address() fixtures.Address {
	return fixtures.Address{
		URL: f.url, GRPC: f.grpc, ContextPath: f.contextPath, Line: f.line,
		User: orVariable(f.user, userVariable), Password: orVariable(f.password, passwordVariable),
	}
}

func orVariable(flag, name string) string {
	if flag != "" {
		return flag
	}
	return os.Getenv(name)
}

func (f *targetFlags) lineOrDefault() string {
	if f.line != "" {
		return f.line
	}
	return fixtures.DefaultLine
}

// open reaches or starts the server.
func (f *targetFlags) open(ctx context.Context, unsupported []string, out string, diagnostics io.Writer) (fixtures.Source, error) {
	switch {
	case f.url != "":
		return fixtures.Connect(ctx, f.address(), unsupported...)
	case f.process != "":
		file, err := outputFile(out)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(diagnostics, "starting the target; its output is in %s\n", file)
		return fixtures.Start(ctx, fixtures.Command{Line: f.process, Output: file, Address: f.address()}, unsupported...)
	}
	return fixtures.StartEmbedded(fixtures.Embedding{Line: f.lineOrDefault()}, unsupported...)
}

// outputFile is where the output of a process goes: beside the report, or to a temporary file.
func outputFile(out string) (string, error) {
	if out != "" {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return "", usage("--out: expected a directory that can be made: %w", err)
		}
		return filepath.Join(out, "target.log"), nil
	}
	file, err := os.CreateTemp("", "nacos-tck-target-*.log")
	if err != nil {
		return "", fmt.Errorf("keep the output of the target: %w", err)
	}
	return file.Name(), file.Close()
}

// command repeats a run on this target, without the password.
func (f *targetFlags) command() string {
	words := []string{"nacos-tck", "conformance"}
	for _, flag := range []struct{ name, value string }{
		{"target", f.url}, {"grpc", f.grpc}, {"context-path", f.contextPath}, {"user", f.user}, {"process", f.process}, {"line", f.line},
	} {
		if flag.value != "" {
			words = append(words, "--"+flag.name, shellWord(flag.value))
		}
	}
	return strings.Join(words, " ")
}

// shellWord quotes a text so that a shell takes it as one word.
func shellWord(text string) string {
	plain := strings.IndexFunc(text, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-", r)
	}) < 0
	if plain {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
