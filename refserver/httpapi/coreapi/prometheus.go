package coreapi

import (
	"fmt"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// prometheus answers with the measurements of the server. It is open, as on real servers that show them at all.
func prometheus(c call) (any, error) {
	if c.metrics == nil {
		return web.Nothing{}, nil
	}
	var b strings.Builder
	if err := c.metrics(&b); err != nil {
		return nil, fmt.Errorf("write the measurements: %w", err)
	}
	return web.Typed{Kind: "text/plain;version=0.0.4;charset=utf-8", Body: []byte(b.String())}, nil
}
