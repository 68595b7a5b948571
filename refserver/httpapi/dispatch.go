package httpapi

// dispatch runs the route and renders what it returns.
func (c *Call) dispatch() {
	c.crossOrigin()
	if c.route == nil || c.misplaced() {
		c.route = nil
		c.observeNone()
		c.noRoute()
		return
	}
	if c.upload != nil {
		c.failUpload()
		return
	}
	c.joinRepeated()
	result, err := c.route.serve(c)
	c.observe(err)
	if err != nil {
		c.fail(err)
		return
	}
	c.succeed(result)
}
