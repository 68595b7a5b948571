package coreapi

import "github.com/nacos-tck/nacos-tck/refserver/httpapi/web"

// cmdbLabel is what the configuration management database tells of an entity: a server without one knows no entity.
func cmdbLabel(c call) (any, error) {
	for _, name := range []string{"entry", "label"} {
		if _, err := c.Params.Required(name); err != nil {
			return nil, err
		}
	}
	return web.Nothing{}, nil
}
