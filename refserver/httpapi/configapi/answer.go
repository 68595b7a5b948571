package configapi

import (
	"net/http"
	"net/url"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// tellConfig puts into the header what is known of a content.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigServletInner.java:300-339.
func (c call) tellConfig(a config.Answer) {
	header := c.Writer.Header()
	header.Set("Config-Type", a.Type)
	header["Content-MD5"] = []string{a.MD5}
	c.ForbidCaching()
	header.Set("Last-Modified", time.UnixMilli(a.Modified).UTC().Format(http.TimeFormat))
	if a.EncryptedDataKey != nil {
		header.Set("Encrypted-Data-Key", *a.EncryptedDataKey)
	}
	switch {
	case a.Beta:
		header["isBeta"] = []string{"true"}
	case a.Tag != "":
		header["tag"] = []string{url.QueryEscape(a.Tag)}
	}
}

// untyped answers with a line of JSON that is not called so.
func (c call) untyped(status, code int, reason string) {
	c.Writer.Header()["Content-Type"] = nil
	c.Writer.WriteHeader(status)
	_, _ = c.Writer.Write(append(web.Encode(web.Envelope{Code: code, Message: new(web.CodeText(code)), Data: reason}), '\n')) // the client is gone when this fails
}

// found is a configuration as a search for configurations reads it.
// Source: nacos 3.0.3 plugin/datasource/src/main/java/com/alibaba/nacos/plugin/datasource/impl/derby/ConfigInfoMapperByDerby.java:186-260,
// ConfigInfoTagsRelationMapperByDerby.java:46-126.
func (c call) found(row config.Config, by config.Search) configInfo {
	view := c.listed(row)
	switch tells := c.B.ConfigHTTP.BlurTellsTypes; {
	case by.Blur && !tells:
		view.Type = nil
	case by.Tags == nil && by.Blur:
		view.EncryptedDataKey = c.encryption(&row.EncryptedDataKey)
	case by.Tags != nil && !by.Blur:
		view.Type = nil
	}
	if by.Tags == nil && c.B.ConfigHTTP.SearchTellsMD5 {
		view.MD5 = &row.MD5
	}
	return view
}

// namespaceConfigs are all configurations of a namespace, without their ids and contents.
func (c call) namespaceConfigs(namespace string) []configWrapper {
	all := []configWrapper{}
	for _, row := range c.configs.Configs(&namespace) {
		view := configWrapper{c.listed(row), row.Modified}
		view.ID, view.Content = "0", nil
		all = append(all, view)
	}
	return all
}
