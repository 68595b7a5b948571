package httpapi

func coreLogLevel(c call) (any, error) { return plain("200"), c.logLevel() }

func v2CoreLog(c call) (any, error) {
	err := c.logBody("com.alibaba.nacos.common.model.RestResult<java.lang.Void> com.alibaba.nacos.core.controller.v2.CoreOpsV2Controller.updateLog")
	return c.rest(nil), err
}

// logBody reads the log level that a body names, and fails when it names no logger.
func (c call) logBody(controller string) error {
	const class = "com.alibaba.nacos.core.model.request.LogUpdateRequest"
	var body struct {
		Name  *string `json:"logName"`
		Level *string `json:"logLevel"`
	}
	if err := c.body(controller+"("+class+")", class, &body); err != nil {
		return err
	}
	if body.Name == nil {
		return unexpected(`Cannot invoke "String.hashCode()" because "<local2>" is null`)
	}
	return nil
}

func v1Guide(c call) (any, error) { return c.rest(consolePages), nil }

// v1Announcement is null in a language that there is none in.
func v1Announcement(c call) (any, error) {
	switch c.params.or("language", "zh-CN") {
	case "zh-CN", "":
		return c.rest(announcementZH), nil
	case "en-US":
		return c.rest(announcementEN), nil
	}
	return c.rest(nil), nil
}
