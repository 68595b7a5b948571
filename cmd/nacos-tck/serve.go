package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/reports"
)

// serveFlags are the flags as given.
type serveFlags struct {
	line      string
	port      int
	console   int
	compat    []string
	data      string
	readyFile string
	starting  time.Duration
	tls       tlsFlags
	auth      authFlags
	settings  propertyFlags
	logs      logFlags
	state     stateFlags
}

func newServe() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run the reference server",
		Long: `Run the reference server on 127.0.0.1 until Ctrl-C or SIGTERM.

HTTP is served on the port, gRPC on the port + 1000 for clients and + 1001 for servers, as Nacos does.

Without --data, the state lives in memory and ends with the server. With it, the directory keeps what is written as
durable on real servers: persistent instances with their health (on line 1.4 as registered), services with their
threshold, selector, metadata and clusters, operational metadata of instances, switches and namespaces. An acknowledged
write of these is on disk, also when the server is killed. So are configurations with their history, users, roles and
permissions. Ephemeral instances and subscriptions are never kept.

--seed starts with the namespaces, services, configurations, users, roles, permissions, capacities and switches of a
YAML file, with all of them or, when the line refuses any, not at all. What the file names is as the file says after each
start, also over --data; all else in the directory stays. Its ephemeral instances get no beats: they expire unless their
clients send some. --auth-admin outweighs the password that the file gives to the same user. --dump writes such a file
when the server ends, with passwords as bcrypt hashes: a server that starts with it has the same state, but for ids,
times, authors and history.

HTTP is bounded as on real servers: 8192 connections at once, 100 requests on each, 100 headers and 512 KiB of them, 10,000
parameters, forms of 2 MiB, and a minute of silence before a connection is cut. These bounds are fixed here; Go tests that
embed the server choose those of connections, headers and silence (refserver.WithHTTPLimits).

What the server tells of itself goes to standard error as key=value pairs, from --log-level on. --access-log keeps a line for
each HTTP request that was answered, in the pattern that Nacos has by default:
%h %l %u %t "%r" %s %b %D %{User-Agent}i %{Request-Source}i, with %D in milliseconds (line 3.0: microseconds).`,
		Example: `  nacos-tck serve
  nacos-tck serve --port 0 --ready-file ready       any free ports; the file says which
  nacos-tck serve --log-level info --access-log -   show what happens
  nacos-tck serve --seed data.yaml                  start with configurations, services and users
  nacos-tck serve --data dir --dump state.yaml      write at the end what the directory holds`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c) },
	}
	flags := c.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.line, "line", (&targetFlags{}).lineOrDefault(), "`line` of Nacos to behave as ("+strings.Join(fixtures.Lines(), ", ")+")")
	flags.IntVar(&f.port, "port", 8848, "`port` for HTTP; 0 takes any free ports")
	flags.IntVar(&f.console, "console-port", defaultConsole, "`port` for the console on lines that have one of its own; 0 takes any free port, -1 leaves it out")
	flags.StringSliceVar(&f.compat, "compat", []string{"client"}, "older routes to serve on lines that close them: `client,admin,console`, or none")
	flags.StringVar(&f.data, "data", "", "`directory` to keep durable state in, made when it is missing; one server at a time, lines of one data model")
	f.state.register(flags)
	flags.StringVar(&f.readyFile, "ready-file", "", "`file` that appears when every port answers and goes away at the end")
	flags.DurationVar(&f.starting, "startup-delay", 0, "`time` for which the server says that it is still starting, its ports being open")
	f.logs.register(flags)
	f.tls.register(flags)
	f.auth.register(flags)
	f.settings.register(flags)
	return c
}

func (f *serveFlags) run(c *cobra.Command) error {
	e, err := f.embedding(c)
	if err != nil {
		return err
	}
	logs, closeLogs, err := f.logs.options(c)
	if err != nil {
		return err
	}
	e.Options = append(e.Options, logs...)
	e.Options = append(e.Options, refserver.WithStartupDelay(f.starting))
	server, err := f.start(c, e)
	if err != nil {
		return errors.Join(err, closeLogs())
	}
	ctx, target := c.Context(), server.Target()
	err = f.reach(ctx, target)
	if err == nil {
		err = f.announce(ctx, c, target)
	}
	if ctx.Err() != nil {
		err = nil // being stopped is how a server ends
	}
	err = errors.Join(err, server.Close(), f.state.write(server.Server()), closeLogs())
	if err != nil {
		return orDefect(err)
	}
	return nil
}

// reach asks the server as any client would, which proves that every port answers. A port that demands TLS is left out, as
// is a server that says that it is starting; one that asks for credentials only shows that it is there.
func (f *serveFlags) reach(ctx context.Context, t *fixtures.Target) error {
	if f.auth.mode != "off" {
		return fixtures.At(t).Alive(ctx)
	}
	if f.tls.only || f.starting > 0 {
		return nil
	}
	_, err := fixtures.Connect(ctx, fixtures.Address{URL: t.HTTP, GRPC: t.GRPC, Line: t.Line})
	return err
}

func (f *serveFlags) check() error {
	if err := fixtures.CheckLine(f.line); err != nil {
		return usage("--line: %w", err)
	}
	if f.port < 0 || f.port > fixtures.MaxPort {
		return usage("--port: expected a port from 1 to %d, so that the gRPC ports fit above it, or 0; found %d", fixtures.MaxPort, f.port)
	}
	if f.console < noConsole || f.console > 65535 {
		return usage("--console-port: expected a port from 1 to 65535, 0 or -1; found %d", f.console)
	}
	if f.starting < 0 {
		return usage("--startup-delay: expected a time such as 10s, found %s", f.starting)
	}
	if f.readyFile == "" {
		return nil
	}
	// A file of an earlier run would tell a waiting script that this server is ready.
	if err := os.Remove(f.readyFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usage("--ready-file: expected a file that can be replaced: %w", err)
	}
	return nil
}

// keeping says where the state is.
func (f *serveFlags) keeping() string {
	if f.data == "" {
		return "State lives in memory"
	}
	return "Durable state is kept in " + f.data
}

// announce says where the server is and waits until ctx ends.
func (f *serveFlags) announce(ctx context.Context, c *cobra.Command, target *fixtures.Target) error {
	base := "http://" + target.HTTP + target.ContextPath
	if f.readyFile != "" {
		content := fmt.Sprintf("http=%s\n", target.HTTP)
		if target.GRPC != "" {
			content += fmt.Sprintf("grpc=%s\n", target.GRPC)
		}
		if target.Console != "" {
			content += fmt.Sprintf("console=%s\n", target.Console)
		}
		if err := fixtures.WriteFile(f.readyFile, []byte(content)); err != nil {
			return usage("--ready-file: expected a file in a directory that can be written: %w: choose another", err)
		}
		defer os.Remove(f.readyFile)
	}
	host, port, _ := net.SplitHostPort(target.HTTP)
	others := ""
	if target.GRPC != "" {
		others = fmt.Sprintf("  gRPC    %s\n", target.GRPC)
	}
	if target.Console != "" {
		others += fmt.Sprintf("  console http://%s\n", target.Console)
	}
	instances := base + fixtures.InstancePath(f.line)
	_, err := fmt.Fprintf(c.OutOrStdout(), `Nacos %s (line %s) is ready. %s; Ctrl-C ends it.

  HTTP    %s
%s  clients server address %s, port %s

Try:
  curl -X POST '%s?serviceName=demo&ip=10.0.0.1&port=8080'
  curl '%s/list?serviceName=demo'
`, target.Version, target.Line, f.keeping(), base, others, host, port, instances, instances)
	if err != nil {
		return fail(reports.ExitDefect, fmt.Errorf("print the addresses: %w", err))
	}
	<-ctx.Done()
	return nil
}
