package configapi

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
)

// v1Export answers with an archive of the configurations that match, described in the older format.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigController.java:510-602; measured.
func v1Export(c call) (any, error) {
	rows, err := c.exportedV1()
	if err != nil {
		return nil, err
	}
	return c.archive(rows, oldDescription, metaText(rows))
}

// v1ExportV2 answers with the same, described in the newer format.
func v1ExportV2(c call) (any, error) {
	rows, err := c.exportedV1()
	if err != nil {
		return nil, err
	}
	return c.archive(rows, newDescription, metadataText(rows))
}

func (c call) exportedV1() ([]config.Config, error) {
	ids, given, err := ids(c.Params)
	if err != nil {
		return nil, err
	}
	if !given {
		return nil, web.Unexpected(`Cannot invoke "java.util.List.removeAll(java.util.Collection)" because "ids" is null`)
	}
	return c.configs.Export(config.Export{
		IDs: idSet(ids), Namespace: c.configs.Namespace(c.Params["tenant"]), DataID: c.Params["dataId"], Group: c.Params["group"],
		App: c.Params["appName"],
	}), nil
}

func idSet(ids []int64) map[int64]bool {
	set := map[int64]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// archive answers with an archive under a name that tells the time.
func (c call) archive(rows []config.Config, name, text string) (any, error) {
	var all archive
	for _, row := range rows {
		all.files = append(all.files, archived{row.Group + "/" + row.DataID, row.Content})
	}
	if text != "" {
		all.files = append(all.files, archived{name, text})
	}
	data, err := all.zipped()
	if err != nil {
		return nil, web.Unexpected(err.Error())
	}
	c.raw("Content-Disposition", "attachment;filename=nacos_config_export_"+c.configs.Now().Format("20060102150405")+".zip")
	c.Send(http.StatusOK, "application/octet-stream", data)
	return web.Answered{}, nil
}

// Codes of imports that bring nothing about.
const (
	codeNamespaceUnknown = 100001
	codeMetadataIllegal  = 100002
	codeUnparsable       = 100004
	codeNothingThere     = 100005
	codeNothingSelected  = 100006
)

// importTextsV1 are their messages, in the language in which every line says them over v1.
// Source: nacos 2.5.1 and 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/result/code/ResultCodeEnum.java; measured.
var importTextsV1 = map[int]string{
	codeNamespaceUnknown: "目标 namespace 不存在", codeMetadataIllegal: "导入的元数据非法", codeUnparsable: "解析数据失败",
	codeNothingThere: "导入的文件数据为空", codeNothingSelected: "没有选择任何配置",
}

// nothingStored is what an import tells that ended before it began.
type nothingStored struct {
	Stored int `json:"succCount"`
}

// importRefused is the result of an import that brings nothing about.
func (c call) importRefused(code int) any {
	return c.RestOf(code, importTextsV1[code], nothingStored{})
}

// v1Import stores the configurations of an archive.
func v1Import(c call) (any, error) {
	policy, err := c.policyV1()
	if err != nil {
		return nil, err
	}
	if c.File == nil {
		return c.RestOf(codeNothingThere, importTextsV1[codeNothingThere], struct{}{}), nil
	}
	namespace := c.configs.Namespace(c.Params["namespace"])
	if !c.mayImport(namespace) {
		return c.importRefused(codeNamespaceUnknown), nil
	}
	content, err := unzip(c.File)
	switch {
	case errors.Is(err, java.ErrTooBig):
		return c.importRefused(codeUnparsable), nil
	case err != nil:
		return nil, failure.NewArgument("%v", err)
	}
	items, strange, err := content.publications()
	switch {
	case errors.Is(err, errMetadata):
		return c.importRefused(codeMetadataIllegal), nil
	case err != nil:
		return nil, err
	case len(items) == 0:
		return c.importRefused(codeNothingThere), nil
	}
	for i := range items {
		items[i].Namespace, items[i].Author = namespace, c.importAuthor()
	}
	report, err := c.importAll(items, policy)
	report.Unrecognized, report.Strange = len(strange), strange
	return c.RestOf(http.StatusOK, c.B.ConfigHTTP.ImportDone, report), err
}

// mayImport says whether a namespace was created, or is the one without id.
func (c call) mayImport(namespace string) bool {
	return c.namespaceKnown(namespace) || web.Blank(namespace)
}

// v1Clone stores copies of configurations in a namespace.
func v1Clone(c call) (any, error) {
	tenant, err := c.Params.Present("tenant")
	if err != nil {
		return nil, err
	}
	beans, err := c.clones()
	if err != nil {
		return nil, err
	}
	policy, err := c.policyV1()
	if err != nil {
		return nil, err
	}
	if len(beans) == 0 {
		return c.importRefused(codeNothingSelected), nil
	}
	namespace := c.configs.Namespace(tenant)
	if !c.mayImport(namespace) {
		return c.importRefused(codeNamespaceUnknown), nil
	}
	items, err := c.cloned(beans, namespace)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return c.importRefused(codeNothingThere), nil
	}
	report, err := c.importAll(items, policy)
	return c.RestOf(http.StatusOK, "Clone Completed Successfully", report), err
}

// clone is a configuration to copy, and what the copy is called; blank stays as it is.
type clone struct {
	ID     wire.Int  `json:"cfgId"`
	DataID wire.Text `json:"dataId"`
	Group  wire.Text `json:"group"`
}

// clones are those that the body of a request lists.
func (c call) clones() ([]*clone, error) {
	body, err := io.ReadAll(io.LimitReader(c.Body, web.MaxUpload))
	if err != nil {
		return nil, web.Unexpected(err.Error())
	}
	var beans []*clone
	if err := wire.Unmarshal(body, &beans); err != nil {
		return nil, web.Unexpected("JSON parse error: " + err.Error())
	}
	return beans, nil
}

// cloned are the copies. Without any id it is all of the namespace without id that is copied, as on real servers.
func (c call) cloned(beans []*clone, namespace string) (items []config.Publication, err error) {
	byID, ids := map[int64]clone{}, []int64{}
	for _, bean := range beans {
		if bean == nil {
			continue
		}
		if _, known := byID[int64(bean.ID)]; !known {
			byID[int64(bean.ID)] = *bean
		}
		ids = append(ids, int64(bean.ID))
	}
	by := c.importAuthor()
	for _, row := range c.configs.Export(config.Export{IDs: idSet(ids)}) {
		p := config.Publication{
			Key: config.Key{Namespace: namespace, Group: row.Group, DataID: row.DataID}, Content: row.Content, Type: row.Type,
			Desc: row.Desc, EncryptedDataKey: row.EncryptedDataKey, Author: by,
		}
		if !web.Blank(row.App) {
			p.App = &row.App
		}
		if bean := byID[row.ID]; !web.Blank(string(bean.Group)) {
			p.Group = string(bean.Group)
		}
		if bean := byID[row.ID]; !web.Blank(string(bean.DataID)) {
			p.DataID = string(bean.DataID)
		}
		if err := c.configs.CheckNames(&p.DataID, &p.Group); err != nil {
			return nil, err
		}
		items = append(items, p)
	}
	return items, nil
}

// policy is what a request says about what is there already.
func (c call) policyV1() (config.Policy, error) {
	switch text := strings.TrimSpace(c.Params["policy"]); text {
	case "", "ABORT":
		return config.Abort, nil
	case "SKIP":
		return config.Skip, nil
	case "OVERWRITE":
		return config.Overwrite, nil
	default:
		return "", badPolicy(text)
	}
}

// badPolicy is what the framework says of a policy that there is not.
func badPolicy(text string) error {
	const class = "com.alibaba.nacos.config.server.model.SameConfigPolicy"
	constant := "No enum constant " + class + "." + text
	conversion := "Failed to convert from type [java.lang.String] to type [@org.springframework.web.bind.annotation.RequestParam " +
		class + "] for value [" + text + "]; nested exception is java.lang.IllegalArgumentException: " + constant
	err := web.Mismatch("policy", class, "org.springframework.core.convert.ConversionFailedException: "+conversion)
	return web.CausedBy(err, constant)
}
