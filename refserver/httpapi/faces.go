package httpapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

func (h *Handler) mainFace() *web.Face {
	b, t := h.b, h.routes()
	t.addV1(b.V1)
	t.addConfigs(b.ConfigHTTP)
	if b.V1.PeerRoutes {
		t.addPeers()
		t.addPeerServers(b.V1)
	}
	if b.V1.UpgradeRoutes {
		t.addUpgrade()
	}
	if b.V1.DomRoutes {
		t.addDoms()
	}
	if b.HTTP.ServesV2 {
		t.addV2()
		t.addV2Configs()
	}
	if b.HTTP.ServesEarlyV2 {
		t.addEarlyV2()
	}
	if b.HTTP.ServesLoader {
		t.addLoader()
	}
	t.addOperations(b.Operations)
	t.addConfigOperations()
	if b.API.V3 {
		t.addV3()
		t.addV3Core()
		t.addMCP("/v3/admin/ai/mcp")
		t.addV3ConfigOperations()
		t.addV3Configs()
	}
	if b.API.OwnConsole {
		t.addLanding(consoleTip)
	} else {
		t.addConsole(b.HTTP.ServesV2)
		if b.Operations.Announces {
			t.addAnnouncements()
		}
		t.addV1Namespaces()
		if b.HTTP.ServesV2 {
			t.addNamespaces("/v2/console/namespace", "namespaceId", checkNamespace)
		}
		t.addLanding(landing)
	}
	if h.accounts != nil {
		t.addAccounts(b)
	}
	return &web.Face{ContextPath: b.HTTP.ContextPath, Routes: t.Table}
}

func (h *Handler) consoleFace() *web.Face {
	t := h.routes()
	t.addConsole(true)
	t.addAnnouncements()
	t.addV1Namespaces()
	t.addNamespaces("/v2/console/namespace", "namespaceId", checkNamespace)
	t.addV3Console()
	t.addV3CoreConsole()
	t.addMCP("/v3/console/ai/mcp")
	t.addMCPImport()
	t.addV3ConsoleConfigs()
	if h.accounts != nil {
		t.addAccountsV1(false)
		t.addAccountsV3()
	}
	t.addLanding(landing)
	return &web.Face{Routes: t.Table, Console: true}
}
