package httpapi

import (
	"fmt"
	"strings"
)

// prometheus answers with the measurements of the server. It is open, as on real servers that show them at all.
func prometheus(c call) (any, error) {
	if c.Handler.metrics == nil {
		return nothing{}, nil
	}
	var b strings.Builder
	if err := c.Handler.metrics(&b); err != nil {
		return nil, fmt.Errorf("write the measurements: %w", err)
	}
	return typed{"text/plain;version=0.0.4;charset=utf-8", []byte(b.String())}, nil
}
