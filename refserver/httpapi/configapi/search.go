package configapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

func v1SearchAccurate(c call) (any, error) { return c.searchV1(false) }
func v1SearchBlur(c call) (any, error)     { return c.searchV1(true) }

// searchV1 answers with a page of the stored configurations that match.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigController.java:381-438; measured.
func (c call) searchV1(blur bool) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	s := config.Search{
		Blur: blur, Namespace: c.others(key.Namespace), DataID: key.DataID, Group: key.Group, App: c.Params["appName"],
		Tags: commaList(c.Params["config_tags"]),
	}
	if blur && c.B.ConfigHTTP.BlurTellsTypes {
		s.Types = commaList(c.Params["types"])
	}
	if s.PageNo, err = c.RequiredInt("pageNo"); err == nil {
		s.PageSize, err = c.RequiredInt("pageSize")
	}
	if err != nil {
		return nil, err
	}
	page, err := c.configs.Search(s)
	if e := (*failure.Error)(nil); errors.As(err, &e) {
		wrapped := failure.NewUnexpected("serialize page error, dataId=%s, group=%s", key.DataID, key.Group)
		wrapped.Causes = []string{e.Message}
		return nil, wrapped
	}
	return configPage(page, func(row config.Config) configInfo { return c.found(row, s) }), err
}

// v1ConfigDetail answers with all that is stored of a configuration, with nothing when there is none.
func v1ConfigDetail(c call) (any, error) {
	key, err := c.configKey()
	if err == nil {
		err = c.checkConfigKey(key, nil)
	}
	if err != nil {
		return nil, err
	}
	key.Namespace = c.others(key.Namespace)
	row, known := c.configs.Detail(key)
	if !known {
		c.Bare(http.StatusOK)
		return web.Answered{}, nil
	}
	return c.complete(row), nil
}

// v1ConfigCatalog answers with what describes a configuration, null when there is none.
func v1ConfigCatalog(c call) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	key.Namespace = c.others(key.Namespace)
	if row, known := c.configs.Detail(key); known {
		return c.Rest(advanced(row)), nil
	}
	return c.Rest(nil), nil
}

// listenerStatus are the md5s that listeners have, by address or by key. The name is as it is spelled on the wire.
type listenerStatus struct {
	Status    int               `json:"collectStatus,omitempty"`
	Listeners map[string]string `json:"lisentersGroupkeyStatus"`
}

// v1Listeners answers who listens to a configuration.
func v1Listeners(c call) (any, error) { return c.listeners(http.StatusOK) }

// v1Watchers answers the same to another server of the cluster.
func v1Watchers(c call) (any, error) { return c.listeners(0) }

func (c call) listeners(status int) (any, error) {
	key, err := c.configKey()
	if err != nil {
		return nil, err
	}
	if _, err := web.BoundInt("int").Read(c.Params, "sampleTime", 1); err != nil && status != 0 {
		return nil, err
	}
	if web.Blank(key.Group) {
		key.Group = c.B.Registration.DefaultGroup
	}
	key.Namespace = c.others(key.Namespace)
	return listenerStatus{status, c.configs.Listeners(key)}, nil
}

// v1Listening answers what an address listens to: what is in a namespace whose name has a part like the one given, and
// all in the namespace without id, or everything.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/ListenerController.java:54-87.
func v1Listening(c call) (any, error) {
	ip, err := c.Params.Present("ip")
	if err != nil {
		return nil, err
	}
	everything, err := web.BoundBool("boolean").Read(c.Params, "all", false)
	if err == nil {
		_, err = web.BoundInt("int").Read(c.Params, "sampleTime", 1)
	}
	if err != nil {
		return nil, err
	}
	tenant, status := c.Params["tenant"], map[string]string{}
	for key, md5 := range c.configs.Listening(ip) {
		name := key.GroupKey()
		inTenant := !web.Blank(tenant) && strings.Contains(name, tenant)
		beside := (everything || key.Namespace == "") && (web.Blank(tenant) || c.B.ConfigHTTP.ListsBesideTenant)
		if inTenant || beside {
			status[name] = md5
		}
	}
	return listenerStatus{http.StatusOK, status}, nil
}

// v1Watched answers another server of the cluster what an address listens to.
func v1Watched(c call) (any, error) {
	ip, err := c.Params.Present("ip")
	if err != nil {
		return nil, err
	}
	status := map[string]string{}
	for key, md5 := range c.configs.Listening(ip) {
		status[key.GroupKey()] = md5
	}
	return listenerStatus{Listeners: status}, nil
}
