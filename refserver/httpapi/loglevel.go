package httpapi

// logLevel reads the log level that a request names. Levels are accepted without a use for them: no logger here has the
// names of a real server's.
func (c *Call) logLevel() error {
	_, err := c.params.all("logName", "logLevel")
	return err
}
