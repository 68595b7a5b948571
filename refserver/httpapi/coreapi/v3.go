package coreapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

func v3CoreLog(c call) (any, error) {
	return nil, c.logBody("com.alibaba.nacos.api.model.v2.Result<java.lang.Void> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.updateLog")
}

// v3Raft takes commands for consensus groups. What comes of them is not told, whatever they are.
func v3Raft(c call) (any, error) {
	var body map[string]any
	return nil, c.ReadBody("com.alibaba.nacos.api.model.v2.Result<java.lang.String> com.alibaba.nacos.core.controller.v3.CoreOpsControllerV3.raftOps("+raftShape.Class+")", raftShape, &body)
}

// v3Lookup chooses where the servers of the cluster are found. A server alone finds itself either way.
func v3Lookup(c call) (any, error) {
	kind, ok := c.Params["type"]
	if !ok {
		return nil, &naming.Error{
			Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeParameterMissing, Message: "required parameter 'type' is missing",
		}
	}
	if text := badLookup(kind); text != "" {
		return nil, naming.InvalidArgument("%s", text)
	}
	return true, nil
}

// v3ReloadCurrent and its kin answer with nothing but that they were heard.
func v3ReloadCurrent(c call) (any, error) { return c.heard(loaderReloadCurrent) }

func v3ReloadClient(c call) (any, error) { return c.heard(loaderReloadClient) }

func v3SmartReload(c call) (any, error) { return c.heard(loaderSmartReload) }

func (c call) heard(serve func(call) (any, error)) (any, error) {
	_, err := serve(c)
	return nil, err
}

// v3Load is what the servers of a cluster have to bear, this one being all of it.
type v3Load struct {
	Detail    []v3ServerLoad `json:"detail"`
	Members   int            `json:"memberCount"`
	Metrics   int            `json:"metricsCount"`
	Completed bool           `json:"completed"`
	Max       int            `json:"max"`
	Min       int            `json:"min"`
	Avg       int            `json:"avg"`
	// Threshold is a number as text.
	Threshold string `json:"threshold"`
	Total     int    `json:"total"`
}

type v3ServerLoad struct {
	Address string `json:"address"`
	SDK     int    `json:"sdkConCount"`
	All     int    `json:"conCount"`
	Load    string `json:"load"`
	CPU     string `json:"cpu"`
}

func v3LoaderCluster(c call) (any, error) {
	all := c.loader.Connections()
	sdk := sdkClients(all)
	return v3Load{
		Detail:  []v3ServerLoad{{c.Self(), sdk, len(all), "0.0", "0.0"}},
		Members: 1, Metrics: 1, Completed: true, Max: sdk, Min: sdk, Avg: sdk, Total: sdk,
		Threshold: string(web.Encode(wire.Double(float64(sdk) * 1.1))),
	}, nil
}
