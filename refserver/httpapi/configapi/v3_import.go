package configapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Codes of imports and clones that do not come about, with their texts.
const (
	codeDescription = 100002
	codeUnreadable  = 100004
	codeNoData      = 100005
	codeNoSelection = 100006
)

var importTexts = map[int]string{
	naming.CodeNamespaceUnknown: "namespace not exist",
	codeDescription:             "Imported metadata is invalid",
	codeUnreadable:              "Failed to parse data",
	codeNoData:                  "Imported file data is empty",
	codeNoSelection:             "No configuration selected",
}

// nothingDone is an import of which nothing came, for a reason.
func nothingDone(code int) web.Raw {
	return unsuccessful(code, importTexts[code], struct {
		Succeeded int `json:"succCount"`
	}{})
}

// importReport is what became of an import.
type importReport struct {
	SkippedItems []importedItem  `json:"skipData,omitempty"`
	Succeeded    int             `json:"succCount"`
	Unrecognized int             `json:"unrecognizedCount,omitempty"`
	Skipped      int             `json:"skipCount"`
	Failed       []importedItem  `json:"failData,omitempty"`
	Strange      []strangeMember `json:"unrecognizedData,omitempty"`
}

type importedItem struct {
	DataID string `json:"dataId"`
	Group  string `json:"group"`
}

// strangeMember is a file that is no configuration, or a configuration without a file.
type strangeMember struct {
	Name string `json:"itemName"`
}

// strangeWords say what is strange about the members of an archive.
type strangeWords struct{ undescribed, absent string }

var (
	adminWords   = strangeWords{"Item not found in metadata: ", "Item not found in file: "}
	consoleWords = strangeWords{"未在元数据中找到: ", "未在文件中找到: "}
)

// policy is what to do with configurations that there are already.
func (c call) policy() (config.Policy, error) {
	text := c.Params["policy"]
	switch p := config.Policy(strings.TrimSpace(text)); p {
	case "":
		return config.Abort, nil
	case config.Abort, config.Skip, config.Overwrite:
		return p, nil
	}
	const java = "com.alibaba.nacos.api.config.model.SameConfigPolicy"
	return "", web.Mismatch("policy", java, "org.springframework.core.convert.ConversionFailedException: Failed to convert from type "+
		"[java.lang.String] to type [@org.springframework.web.bind.annotation.RequestParam "+java+"] for value ["+text+"]")
}

// knownNamespace says whether configurations may be imported into a namespace.
func (c call) knownNamespace(id string) bool {
	return id == c.B.Config.DefaultNamespace || c.namespaceKnown(id)
}

func v3Import(c call) (any, error) { return c.importV3("src_user", adminWords) }

func consoleImport(c call) (any, error) { return c.importV3("srcUser", consoleWords) }

// importV3 publishes the configurations of an archive, which must be described.
func (c call) importV3(userName string, words strangeWords) (any, error) {
	policy, err := c.policy()
	if err != nil {
		return nil, err
	}
	if c.File == nil {
		return unsuccessful(codeNoData, importTexts[codeNoData], struct{}{}), nil
	}
	namespace := c.configs.Namespace(c.Params["namespaceId"])
	if !c.knownNamespace(namespace) {
		return nothingDone(naming.CodeNamespaceUnknown), nil
	}
	all, err := unzip(c.File)
	switch {
	case errors.Is(err, java.ErrTooBig):
		return nothingDone(codeUnreadable), nil
	case err != nil:
		return nil, failure.NewArgument("%v", err)
	case all.description == nil:
		return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.config.server.utils.ZipUtils$ZipItem.getItemData()" because "metaDataItem" is null`)
	}
	d, err := readDescription(*all.description)
	switch {
	case err != nil:
		return nil, web.Unexpected(err.Error())
	case !d.complete():
		return nothingDone(codeDescription), nil
	}
	found, strange := all.match(d, words)
	if len(found) == 0 {
		return nothingDone(codeNoData), nil
	}
	for i := range found {
		found[i].Namespace, found[i].Author = namespace, c.configAuthor(userName)
	}
	report, err := c.importAll(found, policy)
	report.Unrecognized, report.Strange = len(strange), strange
	return report, err
}

// complete says whether a description has items, and each the names and the type of a configuration.
func (d description) complete() bool {
	for _, item := range d.Items {
		if web.Blank(item.DataID) || web.Blank(item.Group) || web.Blank(item.Type) {
			return false
		}
	}
	return len(d.Items) > 0
}

// match finds the contents of the configurations that are described.
func (a archive) match(d description, words strangeWords) (found []config.Publication, strange []strangeMember) {
	described := map[importedItem]bool{}
	for _, item := range d.Items {
		described[importedItem{item.DataID, item.Group}] = true
	}
	contents := map[importedItem]string{}
	for _, f := range a.files {
		group, dataID, _ := strings.Cut(f.name, "/")
		item := importedItem{dataID, group}
		switch {
		case strings.Count(f.name, "/") != 1 || dataID == "":
			strange = append(strange, strangeMember{f.name})
		case !described[item]:
			strange = append(strange, strangeMember{words.undescribed + f.name})
		default:
			contents[item] = f.content
		}
	}
	for _, item := range d.Items {
		content, there := contents[importedItem{item.DataID, item.Group}]
		if !there {
			strange = append(strange, strangeMember{words.absent + item.Group + "/" + item.DataID})
			continue
		}
		found = append(found, config.Publication{
			Key: config.Key{Group: item.Group, DataID: item.DataID}, Content: content, Type: item.Type, App: &item.App, Desc: item.Desc,
		})
	}
	return found, strange
}

// importAll publishes configurations and tells what became of them.
func (c call) importAll(all []config.Publication, policy config.Policy) (importReport, error) {
	done, err := c.configs.Import(all, policy)
	if err != nil {
		return importReport{}, err
	}
	return importReport{
		Succeeded: done.Succeeded, Skipped: done.SkipCount, SkippedItems: importedItems(done.Skipped),
		Failed: importedItems(done.Failed),
	}, nil
}

func importedItems(keys []config.Key) (items []importedItem) {
	for _, k := range keys {
		items = append(items, importedItem{k.DataID, k.Group})
	}
	return items
}

// v3Export sends the configurations that match, or those with the ids that are listed, as an archive.
func v3Export(c call) (any, error) {
	list, err := c.idList("ids")
	switch {
	case err != nil:
		return nil, err
	case list == nil:
		return nil, web.Unexpected(`Cannot invoke "java.util.List.removeAll(java.util.Collection)" because "ids" is null`)
	}
	ids := map[int64]bool{}
	for _, id := range list {
		if id != nil {
			ids[*id] = true
		}
	}
	p := c.Params
	rows := c.configs.Export(config.Export{
		IDs: ids, Namespace: c.configs.Namespace(p["namespaceId"]), DataID: p["dataId"], Group: p["groupName"], App: p["appName"],
	})
	all, err := exported(rows)
	if err != nil {
		return nil, err
	}
	body, err := all.zipped()
	if err != nil {
		return nil, err
	}
	name := "nacos_config_export_" + c.configs.Now().Format("20060102150405") + ".zip"
	c.Writer.Header().Set("Content-Disposition", "attachment;filename="+name)
	return web.Typed{Kind: "application/octet-stream", Body: body}, nil
}

// cloneInfo names a configuration to be cloned, and what the clone is called where that is not blank.
type cloneInfo struct {
	ID     *longJSON `json:"configId"`
	Group  string    `json:"targetGroupName"`
	DataID string    `json:"targetDataId"`
}

// consoleCloneInfo says the same as the console words it.
type consoleCloneInfo struct {
	ID     *longJSON `json:"cfgId"`
	Group  string    `json:"group"`
	DataID string    `json:"dataId"`
}

// longJSON is a number that may come as text.
type longJSON int64

// UnmarshalJSON reads a number, or text that is one.
func (n *longJSON) UnmarshalJSON(text []byte) error {
	var number json.Number
	if err := json.Unmarshal(text, &number); err != nil {
		return err
	}
	value, err := number.Int64()
	*n = longJSON(value)
	return err
}

func v3Clone(c call) (any, error) {
	return cloneConfigs(c, "namespaceId", "src_user", func(i cloneInfo) cloneInfo { return i })
}

func consoleClone(c call) (any, error) {
	return cloneConfigs(c, "targetNamespaceId", "srcUser", func(i consoleCloneInfo) cloneInfo { return cloneInfo(i) })
}

// cloneConfigs copies configurations into a namespace.
func cloneConfigs[T any](c call, namespaceName, userName string, read func(T) cloneInfo) (any, error) {
	name, err := c.Params.Present(namespaceName)
	if err != nil {
		return nil, err
	}
	wanted, err := readBody[[]*T](c)
	if err != nil {
		return nil, err
	}
	policy, err := c.policy()
	if err != nil {
		return nil, err
	}
	if len(wanted) == 0 {
		return nothingDone(codeNoSelection), nil
	}
	namespace := c.configs.Namespace(name)
	if !c.knownNamespace(namespace) {
		return nothingDone(naming.CodeNamespaceUnknown), nil
	}
	infos, ids := map[int64]cloneInfo{}, map[int64]bool{}
	for _, w := range wanted {
		if w == nil {
			continue
		}
		if info := read(*w); info.ID != nil && !ids[int64(*info.ID)] {
			infos[int64(*info.ID)], ids[int64(*info.ID)] = info, true
		}
	}
	rows := c.configs.Export(config.Export{IDs: ids})
	if len(rows) == 0 {
		return nothingDone(codeNoData), nil
	}
	all := make([]config.Publication, len(rows))
	for i, row := range rows {
		info := infos[row.ID]
		all[i] = config.Publication{
			Key:     config.Key{Namespace: namespace, Group: orText(info.Group, row.Group), DataID: orText(info.DataID, row.DataID)},
			Content: row.Content, Type: row.Type, App: &row.App, Desc: row.Desc, EncryptedDataKey: row.EncryptedDataKey,
			Author: c.configAuthor(userName),
		}
	}
	return c.importAll(all, policy)
}

// orText is a text unless it is blank.
func orText(text, otherwise string) string {
	if web.Blank(text) {
		return otherwise
	}
	return text
}

// readBody reads JSON of a body that the framework wants.
func readBody[T any](c call) (value T, err error) {
	body, err := io.ReadAll(io.LimitReader(c.Body, web.MaxForm))
	switch {
	case err != nil:
	case len(body) == 0:
		err = errors.New("Required request body is missing")
	default:
		if err = json.Unmarshal(body, &value); err == nil {
			return value, nil
		}
		err = fmt.Errorf("JSON parse error: %w", err)
	}
	return value, failure.NewChecked(http.StatusBadRequest, failure.CodeParameterMissing, "%v", err)
}
