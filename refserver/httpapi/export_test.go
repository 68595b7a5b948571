package httpapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

// Faces are the ports that the line of a handler has.
func Faces(h *Handler) []*web.Face { return h.faces() }
