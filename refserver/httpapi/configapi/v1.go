package configapi

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// configKey are the names that a v1 request must give, with the namespace as it gives it.
func (c call) configKey() (key config.Key, err error) {
	key.Namespace = c.Params["tenant"]
	if key.DataID, err = c.Params.Present("dataId"); err == nil {
		key.Group, err = c.Params.Present("group")
	}
	return key, err
}

// checkConfigKey refuses names that no configuration can have, and tags, in the order of v1.
func (c call) checkConfigKey(key config.Key, content *string) error {
	return cmp.Or(
		c.configs.CheckTenant(key.Namespace), c.configs.CheckNames(&key.DataID, &key.Group), checkContent(c, content),
		c.configs.CheckTag(c.Params["tag"]),
	)
}

// checkContent refuses a content; nil stands for requests that have none.
func checkContent(c call, content *string) error {
	if content == nil {
		return nil
	}
	return c.configs.CheckContent(content)
}

// others is the namespace of a request other than to publish, read or remove.
func (c call) others(name string) string {
	if c.B.Config.NormalizesV1Others {
		return c.configs.Namespace(name)
	}
	return name
}

// v1Publish stores a configuration or a variant.
// Source: nacos 1.4.8 and 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigController.java.
func v1Publish(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	content, err := c.Params.Present("content")
	if err != nil {
		return nil, err
	}
	if c.B.Config.NormalizesV1Publish {
		key.Namespace = c.configs.Namespace(key.Namespace)
	}
	if err := c.checkConfigKey(key, &content); err != nil {
		return nil, err
	}
	user := ""
	if c.B.ConfigHTTP.ReadsUser {
		user = "src_user"
	}
	p := c.publication(key, user, "config_tags")
	if !c.B.ConfigHTTP.ReadsCAS {
		p.CASMD5 = ""
	}
	err = c.configs.Publish(p)
	if e := (*failure.Error)(nil); c.B.ConfigHTTP.PublishesFalse && errors.As(err, &e) && e.Flavour == failure.Checked {
		c.JSON(web.ClampStatus(e.Status), false)
		return web.Answered{}, nil
	}
	return true, err
}

// v1Query answers with a content as it is.
func v1Query(c call) (any, error) {
	key, err := c.configKey()
	if err == nil {
		err = c.checkConfigKey(key, nil)
	}
	if err != nil {
		return nil, err
	}
	if namespace := c.Params["namespaceId"]; c.B.ConfigHTTP.ReadsNamespaceID && !web.Blank(namespace) {
		key.Namespace = namespace
	}
	if c.B.Config.NormalizesV1Query {
		key.Namespace = c.configs.Namespace(key.Namespace)
	}
	a, err := c.configs.Query(config.Query{
		Key: key, Tag: c.Params["tag"], AutoTag: c.Header.Get("Vipserver-Tag"), IP: c.clientIP(),
	})
	if err != nil {
		return nil, err
	}
	c.content(a)
	return web.Answered{}, nil
}

// content writes the answer to a query.
func (c call) content(a config.Answer) {
	kind := "application/json"
	if c.B.ConfigHTTP.TypesContent && a.Type != "" && a.Status != config.Busy {
		kind = mediaTypeOf(a.Type)
		c.raw("Config-Type", a.Type)
	}
	switch a.Status {
	case config.NotFound, config.TagNotFound:
		c.Send(http.StatusNotFound, kind, []byte("config data not exist\n"))
		return
	case config.Busy:
		c.Send(http.StatusConflict, kind, []byte("requested file is being modified, please try later.\n"))
		return
	}
	if !c.B.ConfigHTTP.TypesContent {
		kind = "text/plain"
	}
	c.contentHeaders(a)
	c.Send(http.StatusOK, kind, []byte(a.Content))
}

// contentHeaders sets what is told about a content.
func (c call) contentHeaders(a config.Answer) {
	c.raw("Config-Type", a.Type)
	if a.MD5 != "" {
		c.raw("Content-MD5", a.MD5)
	}
	c.uncached()
	c.raw("Last-Modified", time.UnixMilli(a.Modified).UTC().Format(http.TimeFormat))
	if a.EncryptedDataKey != nil && c.B.ConfigHTTP.TellsEncryption {
		c.raw("Encrypted-Data-Key", *a.EncryptedDataKey)
	}
	switch {
	case a.Beta:
		c.raw("isBeta", "true")
	case a.Tag != "" && c.B.ConfigHTTP.TellsTag:
		c.raw("tag", encodeURL(a.Tag))
	case a.AutoTag && !c.B.ConfigHTTP.TellsTag:
		c.raw("Vipserver-Tag", encodeURL(a.Tag))
	}
}

// raw sets a header under its name as it is.
func (c call) raw(name, value string) { c.Writer.Header()[name] = []string{value} }

// uncached forbids to keep the answer.
func (c call) uncached() {
	c.raw("Pragma", "no-cache")
	c.raw("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
	c.raw("Cache-Control", "no-cache,no-store")
}

// mediaTypeOf is the media type of a content of a type.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/enums/FileTypeEnum.java:33-73.
func mediaTypeOf(kind string) string {
	switch strings.ToLower(kind) {
	case "json":
		return "application/json"
	case "xml":
		return "application/xml"
	case "html", "htm":
		return "text/html"
	}
	return "text/plain"
}

// v1Remove ends a configuration, or the variant of a tag.
func v1Remove(c call) (any, error) {
	key, err := c.configKey()
	if err == nil {
		err = c.checkConfigKey(key, nil)
	}
	if err != nil {
		return nil, err
	}
	if c.B.Config.NormalizesV1Removal {
		key.Namespace = c.configs.Namespace(key.Namespace)
	}
	return true, c.configs.Remove(key, c.Params["tag"], c.configAuthor(""))
}

// v1RemoveByIDs ends the configurations with these ids.
func v1RemoveByIDs(c call) (any, error) {
	ids, given, err := ids(c.Params)
	if err != nil {
		return nil, err
	}
	if !given {
		return nil, &web.Missing{Name: "ids", Kind: "List"}
	}
	if _, err = c.configs.RemoveAll(ids, c.configAuthor("")); err != nil && c.B.ConfigHTTP.RemovesSingly {
		return c.RestOf(http.StatusInternalServerError, err.Error(), nil), nil
	}
	return c.Rest(true), err
}

// ids are those of a comma list; blank ones are skipped.
func ids(p web.Params) (ids []int64, given bool, err error) {
	text, given := p["ids"]
	for part := range strings.SplitSeq(text, ",") {
		if web.Blank(part) {
			continue
		}
		id, problem := web.ParseLong(part)
		if problem != "" {
			return nil, given, web.Mismatch("ids", "java.util.List", problem)
		}
		ids = append(ids, id)
	}
	return ids, given, nil
}

// v1Beta answers with the beta of a configuration, null when there is none.
func v1Beta(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	key.Namespace = c.others(key.Namespace)
	gray, known := c.configs.Gray(key, config.Beta)
	if !known {
		return c.RestOf(http.StatusOK, c.B.ConfigHTTP.BetaFound, nil), nil
	}
	view := configBeta{configInfo{
		ID: fmt.Sprint(gray.ID), DataID: gray.DataID, Group: gray.Group, Content: &gray.Content,
		EncryptedDataKey: c.encryption(nil), Tenant: gray.Namespace, App: gray.App,
	}, gray.Rule.Expr}
	if c.B.ConfigHTTP.BetaTellsMD5 {
		view.MD5 = &gray.MD5
	}
	return c.RestOf(http.StatusOK, c.B.ConfigHTTP.BetaFound, view), nil
}

// v1StopBeta ends a beta.
func v1StopBeta(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	key.Namespace = c.others(key.Namespace)
	if c.configs.StopBeta(key, c.configAuthor("srcUser")) != nil {
		return c.RestOf(http.StatusInternalServerError, "remove beta data error", false), nil
	}
	return c.RestOf(http.StatusOK, "stop beta ok", true), nil
}
