package configapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v3GrayDetail is a variant of a configuration. Its type and its creator's address are not kept.
type v3GrayDetail struct {
	v3ConfigDetail
	Name string `json:"grayName"`
	Rule string `json:"grayRule"`
}

// beta is the beta of the configuration that a form names, nil for none.
func (c call) beta() (*v3GrayDetail, error) {
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	g, known := c.configs.Gray(key, config.Beta)
	if !known {
		return nil, nil
	}
	return &v3GrayDetail{
		v3ConfigDetail{
			v3BasicConfig: v3BasicConfig{
				ID: g.ID, Namespace: g.Namespace, Group: g.Group, DataID: g.DataID, MD5: &g.MD5, App: g.App, Modified: g.Modified,
			},
			Content: g.Content, User: web.OrNull(g.User),
		}, g.Name, g.Rule.String(),
	}, nil
}

func v3Beta(c call) (any, error) {
	view, err := c.beta()
	if err == nil && view == nil {
		err = failure.NewChecked(http.StatusNotFound, failure.CodeResourceNotFound, "Config is not in beta.")
	}
	return view, err
}

// consoleBeta shows a beta with the type of the formal configuration.
func consoleBeta(c call) (any, error) {
	view, err := c.beta()
	if err != nil || view == nil {
		return nil, err
	}
	if row, known := c.configs.Detail(config.Key{Namespace: view.Namespace, Group: view.Group, DataID: view.DataID}); known {
		view.Type = web.OrNull(row.Type)
	}
	return view, nil
}

func v3StopBeta(c call) (any, error) {
	return c.stopBeta(unsuccessful(failure.CodeServerError, "remove beta data error", false))
}

func consoleStopBeta(c call) (any, error) {
	return c.stopBeta(unsuccessful(http.StatusInternalServerError, http.StatusText(http.StatusInternalServerError), false))
}

// stopBeta ends a beta; a failure is no error.
func (c call) stopBeta(failed web.Raw) (any, error) {
	key, err := c.v3ConfigKey()
	if err != nil {
		return nil, err
	}
	if c.configs.StopBeta(key, c.configAuthor("")) != nil {
		return failed, nil
	}
	return true, nil
}
