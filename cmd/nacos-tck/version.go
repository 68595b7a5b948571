package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nacos-tck/nacos-tck/fixtures"
	"github.com/nacos-tck/nacos-tck/reports"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version and the lines of Nacos that it knows",
		Args:  cobra.NoArgs,
		Run: func(c *cobra.Command, _ []string) {
			tool := thisTool()
			out := c.OutOrStdout()
			fmt.Fprintf(out, "%s %s\n", tool.Name, tool.Version)
			if tool.Revision != "" {
				fmt.Fprintf(out, "revision  %s\n", tool.Revision)
			}
			fmt.Fprintf(out, "lines     %s\n", strings.Join(fixtures.Lines(), ", "))
			fmt.Fprintf(out, "built by  %s for %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}

// thisTool is what reports say of the program that made them.
func thisTool() reports.Tool {
	tool := reports.Tool{Name: "nacos-tck", Version: "(devel)"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return tool
	}
	if info.Main.Version != "" {
		tool.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			tool.Revision = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			tool.Revision += " (modified)"
		}
	}
	return tool
}
