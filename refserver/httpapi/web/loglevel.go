package web

// LogLevel reads the log level that a request names. Levels are accepted without a use for them: no logger here has the
// names of a real server's.
func (c *Call) LogLevel() error {
	_, err := c.Params.All("logName", "logLevel")
	return err
}
