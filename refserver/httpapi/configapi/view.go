package configapi

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// The shapes in which configurations, their variants and their history are shown. Lines leave members out.

// shown is a member that only some lines have: null or text where they do, left out where they do not.
type shown struct {
	has  bool
	text *string
}

// IsZero leaves the member out.
func (s shown) IsZero() bool { return !s.has }

// MarshalJSON is the text, or null.
func (s shown) MarshalJSON() ([]byte, error) { return json.Marshal(s.text) }

// configInfo is a configuration as searches show it. Its id is text.
type configInfo struct {
	ID               string  `json:"id"`
	DataID           string  `json:"dataId"`
	Group            string  `json:"group"`
	Content          *string `json:"content"`
	MD5              *string `json:"md5"`
	EncryptedDataKey shown   `json:"encryptedDataKey,omitzero"`
	Tenant           string  `json:"tenant"`
	App              string  `json:"appName"`
	Type             *string `json:"type"`
}

// configAllInfo is a configuration with all that is stored of it.
type configAllInfo struct {
	configInfo
	configAuthor
	Desc   *string `json:"desc"`
	Use    *string `json:"use"`
	Effect *string `json:"effect"`
	Schema *string `json:"schema"`
	Tags   *string `json:"configTags"`
}

// configAuthor is when and by whom a configuration was written last, which real servers with embedded storage tell as its
// creation too. Times are in milliseconds since 1970.
type configAuthor struct {
	Created  int64   `json:"createTime"`
	Modified int64   `json:"modifyTime"`
	User     *string `json:"createUser"`
	IP       string  `json:"createIp"`
}

// configAdvanceInfo is what describes a configuration.
type configAdvanceInfo struct {
	configAuthor
	Desc   *string `json:"desc"`
	Use    *string `json:"use"`
	Effect *string `json:"effect"`
	Type   *string `json:"type"`
	Schema *string `json:"schema"`
	Tags   *string `json:"configTags"`
}

// configBeta is a beta with the addresses that it is for.
type configBeta struct {
	configInfo
	BetaIPs string `json:"betaIps"`
}

// configWrapper is a configuration as the list of a namespace shows it.
type configWrapper struct {
	configInfo
	Modified int64 `json:"lastModified"`
}

// configHistory is a row of the history. Its id is the number of the row.
type configHistory struct {
	ID               string  `json:"id"`
	LastID           int     `json:"lastId"`
	DataID           string  `json:"dataId"`
	Group            string  `json:"group"`
	Tenant           string  `json:"tenant"`
	App              string  `json:"appName"`
	MD5              *string `json:"md5"`
	Content          *string `json:"content"`
	IP               string  `json:"srcIp"`
	User             *string `json:"srcUser"`
	Op               string  `json:"opType"`
	PublishType      shown   `json:"publishType,omitzero"`
	GrayName         shown   `json:"grayName,omitzero"`
	ExtInfo          shown   `json:"extInfo,omitzero"`
	Created          string  `json:"createdTime"`
	Modified         string  `json:"lastModifiedTime"`
	EncryptedDataKey shown   `json:"encryptedDataKey,omitzero"`
}

// historyCreated is when embedded storage says that every row was made.
const historyCreated = "2010-05-05T00:00:00.000+00:00"

// listed is a configuration in a page of a search, without what the search does not read.
func (c call) listed(row config.Config) configInfo {
	return configInfo{
		ID: strconv.FormatInt(row.ID, 10), DataID: row.DataID, Group: row.Group, Content: &row.Content,
		EncryptedDataKey: c.encryption(nil), Tenant: row.Namespace, App: row.App, Type: web.OrNull(row.Type),
	}
}

// detailed is a configuration with its md5 and the key that its content is encrypted with.
func (c call) detailed(row config.Config) configInfo {
	view := c.listed(row)
	view.MD5, view.EncryptedDataKey = &row.MD5, c.encryption(&row.EncryptedDataKey)
	return view
}

// complete is a configuration with all that is stored of it.
func (c call) complete(row config.Config) configAllInfo {
	return configAllInfo{c.detailed(row), author(row), row.Desc, row.Use, row.Effect, row.Schema, tagList(row)}
}

// advanced is what describes a configuration.
func advanced(row config.Config) configAdvanceInfo {
	return configAdvanceInfo{author(row), row.Desc, row.Use, row.Effect, web.OrNull(row.Type), row.Schema, tagList(row)}
}

func author(row config.Config) configAuthor {
	return configAuthor{row.Modified, row.Modified, web.OrNull(row.User), row.IP}
}

func tagList(row config.Config) *string { return web.OrNull(strings.Join(row.Tags, ",")) }

// encryption is the key that a content is encrypted with, where the line tells it.
func (c call) encryption(key *string) shown {
	return shown{c.B.ConfigHTTP.TellsEncryption, key}
}

// historyRow is a row of the history without its content, as lists have it.
func (c call) historyRow(row config.History) configHistory {
	told := c.B.ConfigHTTP.TellsPublishType
	return configHistory{
		ID: strconv.FormatInt(row.NID, 10), LastID: -1, DataID: row.DataID, Group: row.Group, Tenant: row.Namespace, App: row.App,
		IP: row.IP, User: web.OrNull(row.User), Op: fmt.Sprintf("%-10s", row.Op),
		PublishType: shown{told, &row.PublishType}, GrayName: shown{told, &row.GrayName}, ExtInfo: shown{told, &row.ExtInfo},
		Created: historyCreated, Modified: time.UnixMilli(row.Modified).UTC().Format("2006-01-02T15:04:05.000+00:00"),
		EncryptedDataKey: c.encryption(nil),
	}
}

// historyDetail is a row of the history with its content.
func (c call) historyDetail(row config.History) configHistory {
	view := c.historyRow(row)
	view.MD5, view.Content, view.EncryptedDataKey = &row.MD5, &row.Content, c.encryption(&row.EncryptedDataKey)
	return view
}

// configPage is a page of a list of the domain, each item as view shows it.
func configPage[From, To any](page config.Page[From], view func(From) To) web.PageView[To] {
	items := make([]To, len(page.Items))
	for i, item := range page.Items {
		items[i] = view(item)
	}
	return web.PageView[To]{Total: page.Total, Number: page.Number, Available: page.Available, Items: items}
}
