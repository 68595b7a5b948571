package main

import (
	"errors"
	"slices"

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
	e.Options = append(e.Options, auth...)
	chosen := c.Flags().Changed("console-port")
	switch hasConsole := fixtures.HasConsole(f.line); {
	case chosen && f.console != noConsole && !hasConsole:
		return e, usage("--console-port: expected a line whose console has a port of its own; line %s has it under --port: leave --console-port out", f.line)
	case hasConsole && f.console != noConsole:
		if !chosen && f.port == 0 {
			f.console = 0 // any ports were asked for
		}
		e.Console = &f.console
	}
	if c.Flags().Changed("compat") {
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
	problem, data := (*fixtures.ConsoleError)(nil), (*fixtures.DataError)(nil)
	switch {
	case err == nil:
		return server, nil
	case errors.As(err, &data):
		return nil, usage("--data: %w", data)
	case !errors.As(err, &problem):
		return nil, usage("--port, --line or --tls-cert: %w", err)
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
