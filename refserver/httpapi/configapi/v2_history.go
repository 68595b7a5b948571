package configapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// historyPair is a row of history with what was there before and after it.
type historyPair struct {
	ID          int64   `json:"id"`
	LastID      int     `json:"lastId"`
	DataID      string  `json:"dataId"`
	Group       string  `json:"group"`
	Tenant      string  `json:"tenant"`
	Op          string  `json:"opType"`
	PublishType string  `json:"publishType"`
	GrayName    string  `json:"grayName"`
	App         string  `json:"appName"`
	IP          string  `json:"srcIp"`
	User        *string `json:"srcUser"`
	originalSide
	updatedSide
	Created  string `json:"createdTime"`
	Modified string `json:"lastModifiedTime"`
}

type originalSide struct {
	MD5     *string `json:"originalMd5"`
	Content *string `json:"originalContent"`
	Key     *string `json:"originalEncryptedDataKey"`
	ExtInfo *string `json:"originalExtInfo"`
}

type updatedSide struct {
	MD5     *string `json:"updatedMd5"`
	Content *string `json:"updatedContent"`
	Key     *string `json:"updatedEncryptedDataKey"`
	ExtInfo *string `json:"updateExtInfo"`
}

func v2HistoryList(c call) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	key.Namespace = c.configs.Namespace(c.Params["namespaceId"])
	return c.historyPage(key)
}

func v2History(c call) (any, error) { return c.v2HistoryRow("nid", c.configs.HistoryRow) }

func v2PreviousHistory(c call) (any, error) { return c.v2HistoryRow("id", c.configs.Previous) }

// v2HistoryRow shows the row that find finds by the number in a parameter, null when there is none.
func (c call) v2HistoryRow(number string, find func(int64) (config.History, bool)) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	n, err := c.RequiredLong(number)
	if err != nil {
		return nil, err
	}
	key.Namespace = c.configs.Namespace(c.Params["namespaceId"])
	row, known := find(n)
	switch {
	case !known:
		return nil, nil
	case row.Key != key:
		return nil, wrongHistory()
	}
	return c.historyDetail(row), nil
}

// v2HistoryPair shows a row with both sides of the write. It takes the namespace as it is named.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/service/HistoryService.java:138-217; measured 3.0.3.
func v2HistoryPair(c call) (any, error) {
	key, err := c.v2ConfigParams()
	if err != nil {
		return nil, err
	}
	nid, err := c.RequiredLong("nid")
	if err != nil {
		return nil, err
	}
	key.Namespace = c.Params["namespaceId"]
	row, known := c.configs.HistoryRow(nid)
	switch {
	case !known:
		return nil, nil
	case row.Key != key:
		return nil, wrongHistory()
	}
	told := c.historyRow(row)
	pair := historyPair{
		ID: row.NID, LastID: told.LastID, DataID: row.DataID, Group: row.Group, Tenant: row.Namespace, Op: row.Op,
		PublishType: row.PublishType, GrayName: row.GrayName, App: row.App, IP: row.IP, User: told.User, Created: told.Created,
		Modified: told.Modified,
	}
	pair.originalSide = originalSide{&row.MD5, &row.Content, &row.EncryptedDataKey, &row.ExtInfo}
	switch row.Op {
	case config.OpInsert:
		pair.updatedSide = updatedSide(pair.originalSide)
		pair.originalSide = originalSide{new(""), new(""), new(""), new("")}
	case config.OpUpdate:
		pair.updatedSide, err = c.successor(row)
	}
	return pair, err
}

// successor is what an update wrote: what the next write about the same found, or what there still is.
func (c call) successor(row config.History) (updatedSide, error) {
	if next, known := c.configs.Next(row); known {
		return updatedSide{&next.MD5, &next.Content, &next.EncryptedDataKey, &next.ExtInfo}, nil
	}
	if row.GrayName == "" {
		if now, known := c.configs.Detail(row.Key); known {
			return updatedSide{MD5: &now.MD5, Content: &now.Content, Key: &now.EncryptedDataKey}, nil
		}
	} else if now, known := c.configs.Gray(row.Key, row.GrayName); known {
		return updatedSide{MD5: &now.MD5, Content: &now.Content, Key: new("")}, nil
	}
	return updatedSide{}, web.Unexpected(`Cannot invoke "com.alibaba.nacos.config.server.model.ConfigInfo.getContent()" because "currentConfigInfo" is null`)
}

// v2NamespaceConfigs lists all configurations of a namespace, without their ids and contents.
func v2NamespaceConfigs(c call) (any, error) {
	name, err := c.Params.Present("namespaceId")
	if err == nil {
		err = c.configs.CheckNamespace(name)
	}
	if err != nil {
		return nil, err
	}
	return c.namespaceConfigs(c.configs.Namespace(name)), nil
}
