package httpapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/authapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// area is a part of the API that adds its routes to the two ports.
type area interface {
	AddMain(*web.Table, behaviour.Behaviour)
	AddConsole(*web.Table)
}

// mainFace is the port that all servers have.
func mainFace(b behaviour.Behaviour, areas []area) *web.Face {
	t := web.NewTable()
	for _, a := range areas {
		a.AddMain(t, b)
	}
	return &web.Face{ContextPath: b.HTTP.ContextPath, Routes: t}
}

// consoleFace is the port of a console that has its own.
func consoleFace(areas []area) *web.Face {
	t := web.NewTable()
	for _, a := range areas {
		a.AddConsole(t)
	}
	return &web.Face{Routes: t, Console: true}
}

// faces are the ports that the line has.
func (h *Handler) faces() []*web.Face {
	if h.server.B.API.OwnConsole {
		return []*web.Face{h.main, h.console}
	}
	return []*web.Face{h.main}
}

// Gaps are what the line leaves open although authentication is on; none where it is off or nothing is left open.
func (h *Handler) Gaps() []authapi.Gap { return h.auth.Gaps(h.faces()...) }
