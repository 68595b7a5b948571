package configapi

import (
	"fmt"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// maxHistoryPage bounds the rows of a page of history.
const maxHistoryPage = 500

// historyCreatedMillis is the time of creation of every row of history on embedded storage: its column has a default.
const historyCreatedMillis = 1273017600000

// v3BasicHistory is a row of history as v3 lists it.
type v3BasicHistory struct {
	v3BasicConfig
	IP          string  `json:"srcIp"`
	User        *string `json:"srcUser"`
	Op          string  `json:"opType"`
	PublishType string  `json:"publishType"`
}

// opColumn is an operation as its column of fixed width keeps it.
func opColumn(op string) string { return fmt.Sprintf("%-10s", op) }

func v3ListedHistory(row config.History) v3BasicHistory {
	return v3BasicHistory{
		v3BasicConfig{
			ID: row.NID, Namespace: row.Namespace, Group: row.Group, DataID: row.DataID, App: row.App, Created: historyCreatedMillis,
			Modified: row.Modified,
		}, row.IP, web.OrNull(row.User), opColumn(row.Op), row.PublishType,
	}
}

type v3HistoryDetail struct {
	v3BasicHistory
	Content          string `json:"content"`
	EncryptedDataKey string `json:"encryptedDataKey"`
	GrayName         string `json:"grayName"`
	ExtInfo          string `json:"extInfo"`
}

func v3HistoryList(c call) (any, error) {
	no, size, err := c.PageForm()
	if err != nil {
		return nil, err
	}
	key, err := c.v3ConfigKey()
	if err == nil {
		err = web.CheckedPage(no, size)
	}
	if err != nil {
		return nil, err
	}
	page, err := c.configs.HistoryOf(key, no, min(size, maxHistoryPage))
	if err != nil {
		return nil, err
	}
	return configPage(page, v3ListedHistory), nil
}

func v3History(c call) (any, error) { return c.v3HistoryRow("nid", c.configs.HistoryRow) }

func v3PreviousHistory(c call) (any, error) { return c.v3HistoryRow("id", c.configs.Previous) }

// v3HistoryRow shows the row that find finds by the number in a parameter; v3 stumbles over one that there is not.
func (c call) v3HistoryRow(number string, find func(int64) (config.History, bool)) (any, error) {
	n, err := c.RequiredLong(number)
	if err != nil {
		return nil, err
	}
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	row, known := find(n)
	switch {
	case !known:
		return nil, failure.NewArgument("Source must not be null")
	case row.Key != key:
		return nil, wrongHistory()
	}
	view := v3HistoryDetail{v3ListedHistory(row), row.Content, row.EncryptedDataKey, row.GrayName, row.ExtInfo}
	view.MD5 = &row.MD5
	return view, nil
}

// wrongHistory refuses a row that is not about the configuration which the request names.
func wrongHistory() error {
	return failure.NewChecked(http.StatusForbidden, web.CodeAccessDenied, "Please check dataId, group or namespaceId.")
}

func v3NamespaceConfigs(c call) (any, error) {
	if err := c.configs.CheckNamespace(c.Params["namespaceId"]); err != nil {
		return nil, err
	}
	return consoleNamespaceConfigs(c)
}

// consoleNamespaceConfigs lists all configurations of a namespace, without their ids and contents.
func consoleNamespaceConfigs(c call) (any, error) {
	name, err := c.Params.Present("namespaceId")
	if err != nil {
		return nil, err
	}
	all := []v3BasicConfig{}
	for _, row := range c.configs.Configs(new(c.configs.Namespace(name))) {
		view := v3Listed(row)
		view.ID, view.MD5, view.Modified = 0, nil, row.Modified
		all = append(all, view)
	}
	return all, nil
}
