package httpapi

func v1LogLevel(c *call) (any, error) {
	for _, name := range []string{"logName", "logLevel"} {
		if _, err := c.params.present(name); err != nil {
			return nil, err
		}
	}
	return plain("ok"), nil
}
