package configapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v1HistoryList answers with a page of the history of a configuration, without contents.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/HistoryController.java:60-75; measured.
func v1HistoryList(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	key.Namespace = c.others(key.Namespace)
	return c.historyPage(key)
}

// historyPage is the page of the history of a configuration that a request asks for.
func (c call) historyPage(key config.Key) (any, error) {
	no, err := web.BoundInt("java.lang.Integer").Read(c.Params, "pageNo", 1)
	if err != nil {
		return nil, err
	}
	size, err := web.BoundInt("java.lang.Integer").Read(c.Params, "pageSize", 100)
	if err != nil {
		return nil, err
	}
	page, err := c.configs.HistoryOf(key, no, min(size, maxHistoryPage))
	if err != nil {
		return nil, err
	}
	return configPage(page, c.historyRow), nil
}

// v1HistoryDetail answers with a row of the history, with nothing when there is none.
func v1HistoryDetail(c call) (any, error) { return c.oneRow("nid", c.configs.HistoryRow) }

// v1HistoryPrevious answers with the newest row about the configuration with an id.
func v1HistoryPrevious(c call) (any, error) { return c.oneRow("id", c.configs.Previous) }

func (c call) oneRow(name string, find func(int64) (config.History, bool)) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	number, given := c.Params[name]
	if web.Blank(number) {
		return nil, &web.Missing{Name: name, Kind: "Long", Empty: given}
	}
	id, problem := web.ParseLong(number)
	if problem != "" {
		return nil, web.Mismatch(name, "java.lang.Long", problem)
	}
	row, known := find(id)
	if !known {
		c.Bare(http.StatusOK)
		return web.Answered{}, nil
	}
	b := c.B.ConfigHTTP
	key.Namespace = c.others(key.Namespace)
	if row.DataID != key.DataID || row.Group != key.Group || b.ComparesNamespace && row.Namespace != key.Namespace {
		configText(c.Call, b.HistoryRefusalStatus, b.HistoryRefusal)
		return web.Answered{}, nil
	}
	return c.historyDetail(row), nil
}

// v1NamespaceConfigs answers with all configurations of a namespace, without contents and ids.
func v1NamespaceConfigs(c call) (any, error) {
	tenant, err := c.Params.Present("tenant")
	if err == nil {
		err = c.configs.CheckTenant(tenant)
	}
	if err != nil {
		return nil, err
	}
	return c.namespaceConfigs(c.configs.Namespace(tenant)), nil
}
