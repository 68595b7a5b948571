package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/fixtures"
)

// Ports of the console.
const (
	defaultConsole = 8080
	noConsole      = -1
)

// embedding is the server that the flags describe.
func (f *serveFlags) embedding(c *cobra.Command) (fixtures.Embedding, error) {
	e := fixtures.Embedding{Line: f.line, Port: f.port, Data: f.data}
	if err := f.check(); err != nil {
		return e, err
	}
	var err error
	if e.Options, err = f.tls.options(); err != nil {
		return e, err
	}
	auth, err := f.auth.options()
	if err != nil {
		return e, err
	}
	settings, err := f.settings.options()
	if err != nil {
		return e, err
	}
	e.Options = append(append(e.Options, auth...), settings...)
	state, err := f.state.options()
	if err != nil {
		return e, err
	}
	e.Options = append(e.Options, state...)
	chosen := c.Flags().Changed("console-port")
	switch hasConsole := fixtures.HasConsole(f.line); {
	case chosen && f.console != noConsole && !hasConsole:
		return e, usage("--console-port: expected a line whose console has a port of its own; line %s has it under --port: leave --console-port out", f.line)
	case hasConsole && f.console != noConsole:
		if !chosen && f.port == 0 {
			f.console = 0 // any ports were asked for
		}
		if err := f.checkConsole(chosen); err != nil {
			return e, err
		}
		e.Console = &f.console
	}
	if c.Flags().Changed("compat") {
		if slices.Contains(f.compat, "none") && len(f.compat) > 1 {
			return e, usage("--compat: expected client, admin and console, or none alone; found %s: leave out what is not meant", strings.Join(f.compat, ","))
		}
		e.Compat = slices.DeleteFunc(slices.Clone(f.compat), func(kind string) bool { return kind == "none" })
		if err := e.CheckCompat(); err != nil {
			return e, usage("--compat: %w", err)
		}
	}
	return e, nil
}

// start starts the server. It goes without a console rather than not at all when nobody chose the port of it.
func (f *serveFlags) start(c *cobra.Command, e fixtures.Embedding) (*fixtures.Embedded, error) {
	server, err := fixtures.StartEmbedded(e)
	problem, data, taken := (*fixtures.ConsoleError)(nil), (*fixtures.DataError)(nil), (*fixtures.PortError)(nil)
	refused, guard := (*fixtures.SeedError)(nil), (*fixtures.AuthenticationError)(nil)
	switch {
	case err == nil:
		return server, nil
	case errors.As(err, &data):
		return nil, usage("--data: %w", data)
	case errors.As(err, &refused):
		return nil, usage("%w", refused)
	case errors.As(err, &guard):
		return nil, usage("--auth-%s: %w", guard.Setting, guard)
	case errors.As(err, &taken):
		return nil, usage("--port: expected %s, could not open the %s %d (%w): choose another, or 0 for any", f.ports(), taken.What, taken.Port, taken.Err)
	case !errors.As(err, &problem):
		return nil, usage("--line or --tls-cert: %w", err)
	case c.Flags().Changed("console-port"):
		return nil, usage("--console-port: expected a free port, could not open %d (%w): choose another, 0 for any, or -1 for no console", problem.Port, problem.Err)
	}
	c.PrintErrf("No console: could not open its port %d (%v). Choose another with --console-port, or leave it out with --console-port -1.\n", problem.Port, problem.Err)
	e.Console = nil
	if server, err = fixtures.StartEmbedded(e); err != nil {
		return nil, usage("--port, --line or --tls-cert: %w", err)
	}
	return server, nil
}

// ports are those that --port asks for, in words.
func (f *serveFlags) ports() string {
	if !fixtures.HasGRPC(f.line) {
		return "a free port"
	}
	return "three free ports, for HTTP, 1000 above it for gRPC, and 1001 above it for servers"
}

// checkConsole refuses a port that was chosen though the server itself needs it.
func (f *serveFlags) checkConsole(chosen bool) error {
	if !chosen || f.console <= 0 || f.port == 0 {
		return nil
	}
	if slices.Contains([]int{f.port, f.port + 1000, f.port + 1001}, f.console) {
		return usage("--console-port: expected a port beside those that --port %d takes (%[1]d, %d and %d), found %d: choose another, or 0 for any",
			f.port, f.port+1000, f.port+1001, f.console)
	}
	return nil
}
