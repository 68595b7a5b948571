package configapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// checkConfig checks what the routes of configurations name.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/paramcheck/ConfigDefaultHttpParamExtractor.java.
func checkConfig(c call) ([]paramcheck.Params, error) {
	p := c.Params
	namespace := p.Alias("namespaceId", "tenant")
	if web.Blank(namespace) {
		namespace = p["namespace"]
	}
	return []paramcheck.Params{{Namespace: namespace, DataID: p["dataId"], Group: p.Alias("groupName", "group"), IP: p["ip"]}}, nil
}

// checkConfigSearch checks what a search for exact names names, by the names of v1 whatever the route.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/paramcheck/ConfigBlurSearchHttpParamExtractor.java.
func checkConfigSearch(c call) ([]paramcheck.Params, error) {
	p := c.Params
	if p["search"] == "blur" {
		return nil, nil
	}
	return []paramcheck.Params{{Namespace: p["tenant"], DataID: p["dataId"], Group: p["group"]}}, nil
}

// v3ConfigKey is the configuration that a form must name, in the namespace as it is stored.
func (c call) v3ConfigKey() (key config.Key, err error) {
	if key.Group, err = c.FormField("groupName"); err != nil {
		return key, err
	}
	if key.DataID, err = c.FormField("dataId"); err != nil {
		return key, err
	}
	key.Namespace = c.configs.Namespace(c.Params["namespaceId"])
	return key, nil
}

// idList is a comma list of ids; an empty part is nil. A list that was not given is nil too.
func (c call) idList(name string) ([]*int64, error) {
	text, given := c.Params[name]
	if !given {
		return nil, nil
	}
	ids := []*int64{}
	if text == "" {
		return ids, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		if web.Blank(part) {
			ids = append(ids, nil)
			continue
		}
		id, problem := web.BoundLong("").Convert(part)
		if problem != "" {
			return nil, web.Mismatch(name, "java.util.List", problem)
		}
		ids = append(ids, &id)
	}
	return ids, nil
}
