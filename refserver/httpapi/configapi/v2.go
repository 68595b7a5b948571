package configapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// addV2Configs adds the v2 routes of configurations and their history.
func (t routes) addV2Configs() {
	v2 := t.CheckedBelow("/v2/cs", web.Route{Enveloped: true, V2Errors: true})
	v2(web.Get, "/config", checkConfig, v2Config)
	v2(web.Post, "/config", checkConfig, v2PublishConfig)
	v2(web.Delete, "/config", checkConfig, v2RemoveConfig)
	v2(web.Get, "/config/searchDetail", checkConfigSearch, v2SearchDetail)
	v2(web.Get, "/history/list", checkConfig, v2HistoryList)
	v2(web.Get, "/history", checkConfig, v2History)
	v2(web.Get, "/history/detail", checkConfig, v2HistoryPair)
	v2(web.Get, "/history/previous", checkConfig, v2PreviousHistory)
	v2(web.Get, "/history/configs", checkConfig, v2NamespaceConfigs)
}

// v2ConfigParams are the data id and the group that a method wants, empty or not.
func (c call) v2ConfigParams() (key config.Key, err error) {
	if key.DataID, err = c.Params.Present("dataId"); err != nil {
		return key, err
	}
	key.Group, err = c.Params.Present("group")
	return key, err
}

// v2ConfigKey is the configuration that a form must name, in the namespace as it is stored.
func (c call) v2ConfigKey() (key config.Key, err error) {
	if key.DataID, err = c.FormField("dataId"); err != nil {
		return key, err
	}
	if key.Group, err = c.FormField("group"); err != nil {
		return key, err
	}
	key.Namespace = c.configs.Namespace(c.Params["namespaceId"])
	return key, nil
}

// v2Config reads as v1 does, and answers as it does but for the envelope: with the type of nothing when there is nothing.
func v2Config(c call) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	all := c.configs
	if err := all.CheckNamespace(c.Params["namespaceId"]); err != nil {
		return nil, err
	}
	if err := all.CheckNames(&key.DataID, &key.Group); err != nil {
		return nil, err
	}
	if err := all.CheckTagV2(c.Params["tag"]); err != nil {
		return nil, err
	}
	key.Namespace = c.Params.Alias("namespaceId", "tenant")
	if all.Behaviour().NormalizesV1Query {
		key.Namespace = all.Namespace(key.Namespace)
	}
	a, err := all.Query(config.Query{Key: key, Tag: c.Params["tag"], AutoTag: c.Header.Get("Vipserver-Tag"), IP: c.clientIP()})
	switch {
	case err != nil:
		return nil, err
	case a.Status == config.Busy:
		c.untyped(http.StatusConflict, failure.CodeResourceConflict, "requested file is being modified, please try later.")
		return web.Answered{}, nil
	case a.Status != config.Found:
		c.untyped(http.StatusNotFound, failure.CodeResourceNotFound, "config data not exist")
		return web.Answered{}, nil
	}
	c.tellConfig(a)
	return web.Typed{Kind: "application/json;charset=UTF-8", Body: web.Encode(web.Envelope{Message: new("success"), Data: a.Content})}, nil
}

func v2PublishConfig(c call) (any, error) {
	key, err := c.v2ConfigKey()
	if err != nil {
		return nil, err
	}
	content, err := c.FormField("content")
	if err == nil {
		err = c.configs.CheckNamespace(key.Namespace)
	}
	if err != nil {
		return nil, err
	}
	return c.publish(key, content)
}

func v2RemoveConfig(c call) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	all := c.configs
	key.Namespace = all.Namespace(c.Params["namespaceId"])
	if err := all.CheckNamespace(key.Namespace); err != nil {
		return nil, err
	}
	if err := all.CheckNames(&key.DataID, &key.Group); err != nil {
		return nil, err
	}
	if err := all.CheckTagV2(c.Params["tag"]); err != nil {
		return nil, err
	}
	return true, all.Remove(key, c.Params["tag"], c.configAuthor(""))
}

// v2SearchDetail searches contents too. Its page has no envelope.
func v2SearchDetail(c call) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	content, err := c.Params.Present("config_detail")
	if err != nil {
		return nil, err
	}
	no, err := c.RequiredInt("pageNo")
	if err != nil {
		return nil, err
	}
	size, err := c.RequiredInt("pageSize")
	if err != nil {
		return nil, err
	}
	p := c.Params
	search := config.Search{
		Blur: p.Or("search", "blur") == "blur", Namespace: p["tenant"], DataID: key.DataID, Group: key.Group, App: p["appName"],
		Content: content, Tags: commaList(p["config_tags"]), PageNo: no, PageSize: size,
	}
	found, err := c.configs.Search(search)
	if err != nil { // the worker that searches fails, and nobody hears of it but by its silence
		return nil, failure.NewRuntime(http.StatusServiceUnavailable, "server limit match.")
	}
	return web.Raw{Value: configPage(found, func(row config.Config) configInfo { return c.found(row, search) })}, nil
}
