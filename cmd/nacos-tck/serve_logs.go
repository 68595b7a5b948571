package main

import (
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// logFlags are what the server tells while it runs, and where.
type logFlags struct {
	level, access string
}

func (f *logFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.level, "log-level", "warn", "least `level` of what the server tells on standard error: debug, info, warn, error or off")
	flags.StringVar(&f.access, "access-log", "", "`file` to append a line for each HTTP request to, in Nacos' pattern; - for standard output")
}

// options are those of the server. Close is called when it has ended.
func (f *logFlags) options(c *cobra.Command) (options []refserver.Option, closeLogs func() error, err error) {
	closeLogs = func() error { return nil }
	if f.level != "off" {
		var level slog.Level
		if err := level.UnmarshalText([]byte(f.level)); err != nil {
			return nil, nil, usage("--log-level: expected debug, info, warn, error or off, found %q", f.level)
		}
		log := slog.New(slog.NewTextHandler(c.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
		options = append(options, refserver.WithLogger(log))
	}
	var out io.Writer
	switch f.access {
	case "":
		return options, closeLogs, nil
	case "-":
		out = c.OutOrStdout()
	default:
		file, err := os.OpenFile(f.access, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return nil, nil, usage("--access-log: expected a file that can be appended to: %w: choose another, or - for standard output", err)
		}
		out, closeLogs = file, file.Close
	}
	return append(options, refserver.WithAccessLog(out)), closeLogs, nil
}
