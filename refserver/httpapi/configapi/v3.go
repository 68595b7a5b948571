package configapi

import (
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// addV3Configs adds the v3 routes of configurations on the main port.
func (t routes) addV3Configs() {
	t.Add(web.Route{Method: web.Get, Enveloped: true, Fail: web.FailPlain}, checkConfig, v3ClientConfig, "/v3/client/cs/config")

	admin := t.CheckedBelow("/v3/admin/cs", web.Route{Enveloped: true, V2Errors: true})
	admin(web.Get, "/config", checkConfig, v3Config)
	admin(web.Post, "/config", checkConfig, v3PublishConfig)
	admin(web.Delete, "/config", checkConfig, v3RemoveConfig)
	admin(web.Delete, "/config/batch", checkConfig, v3RemoveConfigs)
	admin(web.Get, "/config/list", checkConfigSearch, v3SearchConfigs)
	admin(web.Get, "/config/beta", checkConfig, v3Beta)
	admin(web.Delete, "/config/beta", checkConfig, v3StopBeta)
	admin(web.Post, "/config/import", checkConfig, v3Import)
	admin(web.Get, "/config/export", checkConfig, v3Export)
	admin(web.Post, "/config/clone", checkConfig, v3Clone)
	admin(web.Get, "/config/listener", checkConfig, v3ConfigListeners)
	admin(web.Get, "/listener", checkConfig, v3ListenedByIP)

	admin(web.Get, "/history", checkConfig, v3History)
	admin(web.Get, "/history/list", checkConfig, v3HistoryList)
	admin(web.Get, "/history/previous", checkConfig, v3PreviousHistory)
	admin(web.Get, "/history/configs", checkConfig, v3NamespaceConfigs)
	admin(web.Get, "/capacity", checkConfig, v3Capacity)
	admin(web.Post, "/capacity", checkConfig, v3SetCapacity)

	admin(web.Get, "/metrics/ip", checkConfig, v3ClientMetrics)
	admin(web.Get, "/metrics/cluster", checkConfig, v3ClientMetrics)
	admin(web.Post, "/ops/derby/import", checkConfig, v3DerbyImport)
}

// addV3ConsoleConfigs adds those of the console.
func (t routes) addV3ConsoleConfigs() {
	console := t.CheckedBelow("/v3/console/cs", web.Route{Enveloped: true, V2Errors: true})
	console(web.Get, "/config", checkConfig, consoleConfig)
	console(web.Post, "/config", checkConfig, v3PublishConfig)
	console(web.Delete, "/config", checkConfig, v3RemoveConfig)
	console(web.Delete, "/config/batchDelete", checkConfig, consoleRemoveConfigs)
	console(web.Get, "/config/list", checkConfigSearch, consoleConfigs)
	console(web.Get, "/config/searchDetail", checkConfigSearch, v3SearchConfigs)
	console(web.Get, "/config/beta", checkConfig, consoleBeta)
	console(web.Delete, "/config/beta", checkConfig, consoleStopBeta)
	console(web.Post, "/config/import", checkConfig, consoleImport)
	console(web.Get, "/config/export2", checkConfig, v3Export)
	console(web.Post, "/config/clone", checkConfig, consoleClone)
	console(web.Get, "/config/listener", checkConfig, v3ConfigListeners)
	console(web.Get, "/config/listener/ip", checkConfig, consoleListenedByIP)

	console(web.Get, "/history", checkConfig, v3History)
	console(web.Get, "/history/list", checkConfig, v3HistoryList)
	console(web.Get, "/history/previous", checkConfig, v3PreviousHistory)
	console(web.Get, "/history/configs", checkConfig, consoleNamespaceConfigs)
}

// v3BasicConfig is a configuration as v3 lists it.
type v3BasicConfig struct {
	ID        int64   `json:"id,string"`
	Namespace string  `json:"namespaceId"`
	Group     string  `json:"groupName"`
	DataID    string  `json:"dataId"`
	MD5       *string `json:"md5"`
	Type      *string `json:"type"`
	App       string  `json:"appName"`
	Created   int64   `json:"createTime"`
	Modified  int64   `json:"modifyTime"`
}

// v3Listed is a configuration without its times, which lists do not tell.
func v3Listed(row config.Config) v3BasicConfig {
	return v3BasicConfig{
		ID: row.ID, Namespace: row.Namespace, Group: row.Group, DataID: row.DataID, MD5: &row.MD5, Type: web.OrNull(row.Type), App: row.App,
	}
}

// v3ConfigDetail is a configuration in full.
type v3ConfigDetail struct {
	v3BasicConfig
	Content          string  `json:"content"`
	Desc             *string `json:"desc"`
	EncryptedDataKey *string `json:"encryptedDataKey"`
	User             *string `json:"createUser"`
	IP               *string `json:"createIp"`
	Tags             *string `json:"configTags"`
}

func v3Detailed(row config.Config) v3ConfigDetail {
	basic := v3Listed(row)
	basic.Created, basic.Modified = row.Modified, row.Modified
	return v3ConfigDetail{
		basic, row.Content, row.Desc, &row.EncryptedDataKey, web.OrNull(row.User), web.OrNull(row.IP), web.OrNull(strings.Join(row.Tags, ",")),
	}
}

func v3Config(c call) (any, error) {
	found, err := consoleConfig(c)
	if err == nil && found == nil {
		err = failure.NewChecked(http.StatusNotFound, failure.CodeResourceNotFound, "Config not exist, please publish Config first.")
	}
	return found, err
}

// consoleConfig shows null for a configuration that there is not.
func consoleConfig(c call) (any, error) {
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	row, known := c.configs.Detail(key)
	if !known {
		return nil, nil
	}
	return v3Detailed(row), nil
}

func v3PublishConfig(c call) (any, error) {
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	content, err := c.FormField("content")
	if err != nil {
		return nil, err
	}
	return c.publish(key, content)
}

// publish checks a publication as v2 and v3 do, and makes it.
func (c call) publish(key config.Key, content string) (any, error) {
	all := c.configs
	if err := all.CheckNames(&key.DataID, &key.Group); err != nil {
		return nil, err
	}
	if err := all.CheckContent(&content); err != nil {
		return nil, err
	}
	if err := all.CheckTagV2(c.Params["tag"]); err != nil {
		return nil, err
	}
	return true, all.Publish(c.publication(key, "srcUser", "configTags"))
}

func v3RemoveConfig(c call) (any, error) {
	key, err := c.v3ConfigKey()
	if err == nil {
		err = c.configs.CheckTagV2(c.Params["tag"])
	}
	if err != nil {
		return nil, err
	}
	return true, c.configs.Remove(key, c.Params["tag"], c.configAuthor(""))
}

// v3RemoveConfigs stops with a failure at an id that is empty.
func v3RemoveConfigs(c call) (any, error) {
	whole, err := c.removeConfigs()
	if err == nil && !whole {
		return unsuccessful(failure.CodeServerError, web.CodeText(failure.CodeServerError), nil), nil
	}
	return true, err
}

func consoleRemoveConfigs(c call) (any, error) {
	whole, err := c.removeConfigs()
	if err == nil && !whole {
		err = web.Unexpected(`Cannot invoke "java.lang.Long.longValue()" because "id" is null`)
	}
	return true, err
}

// removeConfigs ends the configurations with the ids that are listed, up to the first that is empty.
func (c call) removeConfigs() (whole bool, err error) {
	list, err := c.idList("ids")
	if err != nil {
		return false, err
	}
	if list == nil {
		return false, &web.Missing{Name: "ids", Kind: "List"}
	}
	ids := make([]int64, 0, len(list))
	for _, id := range list {
		if id == nil {
			break
		}
		ids = append(ids, *id)
	}
	_, err = c.configs.RemoveAll(ids, c.configAuthor(""))
	return len(ids) == len(list), err
}

// unsuccessful is a failure that is answered as a success of HTTP.
func unsuccessful(code int, message string, data any) web.Raw {
	return web.Raw{Value: web.Envelope{Code: code, Message: &message, Data: data}}
}

func v3SearchConfigs(c call) (any, error) {
	return c.searchConfigs(c.Params.Or("search", "blur") == "blur", c.Params["configDetail"])
}

// consoleConfigs does not compare contents, and takes all names for patterns.
func consoleConfigs(c call) (any, error) { return c.searchConfigs(true, "") }

// searchConfigs is a page of configurations. Searches for exact names do not look at types.
func (c call) searchConfigs(blur bool, content string) (any, error) {
	no, size, err := c.PageForm()
	if err == nil {
		err = web.CheckedPage(no, size)
	}
	if err != nil {
		return nil, err
	}
	p := c.Params
	search := config.Search{
		Blur: blur, Namespace: c.configs.Namespace(p["namespaceId"]), DataID: p["dataId"], Group: p["groupName"], App: p["appName"],
		Content: content, Tags: commaList(p["configTags"]), PageNo: no, PageSize: size,
	}
	if blur {
		search.Types = commaList(p["type"])
	}
	found, err := c.configs.Search(search)
	if err != nil {
		return nil, err
	}
	return configPage(found, func(row config.Config) v3BasicConfig {
		view, read := v3Listed(row), c.found(row, search)
		view.MD5, view.Type = read.MD5, read.Type
		return view
	}), nil
}

// commaList are the parts of a comma list, nil when it is blank.
func commaList(text string) []string {
	if java.IsBlank(text) {
		return nil
	}
	return java.Split(text, ",")
}
