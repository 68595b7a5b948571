package engine

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// panicked makes an error of a panic, with the line that raised it. It is called by the deferred function that
// recovered the value.
func panicked(value any) error { return fmt.Errorf("panic at %s: %v", panicSite(), value) }

// panicSite is the first line of the panicking stack that belongs neither to Go nor to Gomega.
func panicSite() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	raised := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			raised = true
		case raised && !foreign(frame.Function):
			return fmt.Sprintf("%s:%d (%s)", filepath.Base(frame.File), frame.Line, filepath.Base(frame.Function))
		}
		if !more {
			return "an unknown line"
		}
	}
}

// foreign reports whether a function is of Gomega or of the standard library, whose import paths have no dot in their
// first segment.
func foreign(function string) bool {
	first, _, nested := strings.Cut(function, "/")
	if !nested {
		return !strings.HasPrefix(function, "main.")
	}
	return !strings.Contains(first, ".") || strings.HasPrefix(function, "github.com/onsi/gomega")
}
