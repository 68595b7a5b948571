package web

// Dispatch runs the route and renders what it returns.
func (c *Call) Dispatch() {
	c.crossOrigin()
	if c.Route == nil || c.misplaced() {
		c.Route = nil
		c.observeNone()
		c.noRoute()
		return
	}
	if c.upload != nil {
		c.failUpload()
		return
	}
	c.joinRepeated()
	result, err := c.Route.Serve(c)
	c.observe(err)
	if err != nil {
		c.fail(err)
		return
	}
	c.succeed(result)
}
