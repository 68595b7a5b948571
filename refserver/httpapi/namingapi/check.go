package namingapi

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

func names(c call) paramcheck.Params {
	p := paramcheck.Params{Namespace: c.Params["namespaceId"], Service: c.Params["serviceName"], Group: c.Params["groupName"]}
	splitGroup(&p)
	return p
}

func checkDefault(c call) ([]paramcheck.Params, error) {
	metadata, err := c.checkedMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	p := paramcheck.Params{
		Namespace: c.Params["namespaceId"],
		Service:   c.Params.Alias("serviceName", "serviceNameParam"), Group: c.Params.Alias("groupName", "groupNameParam"),
		Cluster: c.Params.Alias("clusterName", "cluster"), IP: c.Params["ip"],
		Port: port(c.Params.Alias("port", "checkPort")), Metadata: paramcheck.Length(metadata),
	}
	splitGroup(&p)
	return []paramcheck.Params{p}, nil
}

func checkList(c call) ([]paramcheck.Params, error) {
	p := names(c)
	p.Clusters = c.Params["clusters"]
	return []paramcheck.Params{p}, nil
}

func checkBeat(c call) ([]paramcheck.Params, error) {
	if !c.B.Heartbeat.ChecksParameters {
		return nil, nil
	}
	p := names(c)
	p.IP, p.Port = c.Params["ip"], port(c.Params["port"])
	all := []paramcheck.Params{p}
	if text := c.Params["beat"]; !web.Blank(text) {
		b, err := parseBeat(text)
		if err != nil && !c.B.Heartbeat.RefusesMalformed {
			return all, nil
		}
		if err != nil {
			return nil, deserializeError(beatClass, c.redacted(text, cmp.Or(web.NotObject(beatClass, text), err.Error())))
		}
		if b == nil {
			return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.naming.healthcheck.RsInfo.getIp()" because "rsInfo" is null`)
		}
		all = append(all, paramcheck.Params{IP: b.ip(), Port: new(int64(b.Port)), Cluster: b.cluster()})
	}
	return all, nil
}

func checkBatch(c call) ([]paramcheck.Params, error) {
	metadata, err := c.checkedMetadata(c.Params["metadata"])
	if err != nil {
		return nil, err
	}
	p := names(c)
	p.Metadata = paramcheck.Length(metadata)
	all := []paramcheck.Params{p}
	if text := c.Params["instances"]; !web.Blank(text) {
		targets, err := parseTargets(text)
		if err != nil {
			reason := cmp.Or(web.NotList("com.alibaba.nacos.api.naming.pojo.Instance", text), err.Error())
			return nil, deserializeError("com.alibaba.nacos.naming.paramcheck.NamingInstanceMetadataBatchHttpParamExtractor$1", c.redacted(text, reason))
		}
		if targets == nil {
			return nil, web.Unexpected(`Cannot invoke "java.util.List.iterator()" because "targetInstances" is null`)
		}
		for _, t := range targets {
			if t == nil {
				return nil, web.Unexpected(`Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getIp()" because "instance" is null`)
			}
			all = append(all, paramcheck.Params{IP: t.ip(), Port: new(int64(t.Port)), Cluster: t.cluster()})
		}
	}
	return all, nil
}

// checkedMetadata reads metadata for the check. Its failure is worded otherwise than that of the controllers.
func (c call) checkedMetadata(text string) (map[string]string, error) {
	m, err := c.parseMetadata(text)
	if err != nil {
		return nil, &naming.Error{
			Flavour: naming.Unexpected, Status: http.StatusInternalServerError, Code: naming.CodeServerError,
			Message: "ErrCode:400, ErrMsg:" + err.Error(), Causes: []string{err.Error()},
		}
	}
	return m.values, nil
}

// redacted is why a JSON text cannot be read, without the text where the framework hides it.
func (c call) redacted(text, reason string) string {
	if !c.B.Framework.RedactsSource {
		return reason
	}
	return strings.Replace(reason, `(String)"`+text+`"`, "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)", 1)
}

// deserializeError is the error of JSON that the check cannot read.
func deserializeError(class, reason string) error {
	return &naming.Error{
		Flavour: naming.Unexpected, Status: http.StatusInternalServerError, Code: naming.CodeServerError,
		Message: "errCode: 101, errMsg: Nacos deserialize for class [" + class + "] failed, cause error[" + reason + "].  ",
		Causes:  []string{reason},
	}
}

// port is a port to check; what is no number breaks the rule.
func port(text string) *int64 {
	if web.Blank(text) {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		n = -1
	}
	return &n
}

func splitGroup(p *paramcheck.Params) {
	if group, name, ok := strings.Cut(p.Service, "@@"); ok && !web.Blank(p.Service) {
		p.Group, p.Service = group, name
	}
}
