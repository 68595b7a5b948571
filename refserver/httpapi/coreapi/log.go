package coreapi

import (
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/wire"
)

func coreLogLevel(c call) (any, error) { return web.Plain("200"), c.LogLevel() }

func v2CoreLog(c call) (any, error) {
	err := c.logBody("com.alibaba.nacos.common.model.RestResult<java.lang.Void> com.alibaba.nacos.core.controller.v2.CoreOpsV2Controller.updateLog")
	return c.Rest(nil), err
}

// logBody reads the log level that a body names, and fails when it names no logger.
func (c call) logBody(controller string) error {
	var body struct {
		Name *wire.Text `json:"logName"`
	}
	if err := c.ReadBody(controller+"("+logShape.Class+")", logShape, &body); err != nil {
		return err
	}
	if body.Name == nil {
		return web.Unexpected(`Cannot invoke "String.hashCode()" because "<local2>" is null`)
	}
	return nil
}

func v1Guide(c call) (any, error) { return c.Rest(consolePages), nil }

// v1Announcement is null in a language that there is none in.
func v1Announcement(c call) (any, error) {
	switch c.Params.Or("language", "zh-CN") {
	case "zh-CN", "":
		return c.Rest(announcementZH), nil
	case "en-US":
		return c.Rest(announcementEN), nil
	}
	return c.Rest(nil), nil
}
