package configapi

import (
	"errors"
	"net/url"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// byParameter is a route that is another one when a parameter has a value.
type byParameter struct {
	name, value string
	serve       func(call) (any, error)
}

// choose is a route that depends on parameters: the first that fits, or the one for all others.
func choose(otherwise func(call) (any, error), routes ...byParameter) func(call) (any, error) {
	return func(c call) (any, error) {
		for _, r := range routes {
			if c.Params[r.name] == r.value {
				return r.serve(c)
			}
		}
		return otherwise(c)
	}
}

// addConfigs adds configuration management over v1.
func (t routes) addConfigs(b behaviour.ConfigHTTP) {
	v1 := t.CheckedBelow("/v1/cs", web.Route{Fail: failConfig})
	v1(web.Get, "/configs", checkConfigV1, choose(v1Query,
		byParameter{"show", "all", v1ConfigDetail}, byParameter{"search", "accurate", v1SearchAccurate},
		byParameter{"search", "blur", v1SearchBlur}, byParameter{"beta", "true", v1Beta},
		byParameter{"export", "true", v1Export}, byParameter{"exportV2", "true", v1ExportV2}))
	v1(web.Post, "/configs", checkConfigV1, choose(v1Publish,
		byParameter{"import", "true", v1Import}, byParameter{"clone", "true", v1Clone}))
	v1(web.Delete, "/configs", checkConfigV1, choose(v1Remove,
		byParameter{"delType", "ids", v1RemoveByIDs}, byParameter{"beta", "true", v1StopBeta}))
	v1(web.Get, "/configs/catalog", checkConfigV1, v1ConfigCatalog)
	v1(web.Get, "/configs/listener", checkConfigV1, v1Listeners)
	v1(web.Post, "/configs/listener", checkPoll, v1Poll)
	v1(web.Get, "/listener", checkConfigV1, v1Listening)

	v1(web.Get, "/history", checkConfigV1, choose(v1HistoryDetail, byParameter{"search", "accurate", v1HistoryList}))
	v1(web.Get, "/history/previous", checkConfigV1, v1HistoryPrevious)
	if b.ListsNamespaces {
		v1(web.Get, "/history/configs", checkConfigV1, v1NamespaceConfigs)
	}
	v1(web.Get, "/capacity", checkConfigV1, v1Capacity)
	v1(web.Post, "/capacity", checkConfigV1, v1SetCapacity)

	v1(web.Get, "/communication/configWatchers", checkConfigV1, v1Watchers)
	v1(web.Get, "/communication/watcherConfigs", checkConfigV1, v1Watched)
	if b.HearsMembers {
		v1(web.Get, "/communication/dataChange", checkConfigV1, v1DataChange)
	}
	if b.ShowsMetrics {
		v1(web.Get, "/metrics/cluster", checkConfigV1, v1ConfigMetrics)
		v1(web.Get, "/metrics/current", checkConfigV1, v1ConfigMetrics)
	}
}

// checkConfigV1 takes the names of a configuration out of a request. A blurred search is not checked.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/paramcheck/ConfigBlurSearchHttpParamExtractor.java:38-48.
func checkConfigV1(c call) ([]paramcheck.Params, error) {
	if c.Params["search"] == "blur" {
		return nil, nil
	}
	return []paramcheck.Params{{
		Namespace: c.Params.Alias("namespaceId", c.Params.Named("tenant", "namespace")),
		DataID:    c.Params["dataId"], Group: c.Params.Alias("groupName", "group"), IP: c.Params["ip"],
	}}, nil
}

// checkPoll takes the names of all keys out of a long poll.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/paramcheck/ConfigListenerHttpParamExtractor.java:43-76.
func checkPoll(c call) (all []paramcheck.Params, err error) {
	text, err := decodePoll(c.Params["Listening-Configs"])
	if err != nil || web.Blank(text) {
		return nil, err
	}
	for _, line := range java.Split(text, pollLine) {
		words := java.Split(line, pollWord)
		if len(words) < 2 || len(words) > 4 {
			return nil, errPoll
		}
		p := paramcheck.Params{DataID: words[0], Group: words[1]}
		if len(words) == 4 {
			p.Namespace = words[3]
		}
		all = append(all, p)
	}
	return all, nil
}

// decodePoll undoes the second encoding of a long poll.
func decodePoll(text string) (string, error) {
	if bad := web.BadEscape(text); bad != "" {
		return "", errors.New(bad)
	}
	return url.QueryUnescape(text)
}

// encodeURL is a text as Java encodes it for URLs.
func encodeURL(text string) string { return encodedSigns.Replace(url.QueryEscape(text)) }

var encodedSigns = strings.NewReplacer("~", "%7E", "%2A", "*")
