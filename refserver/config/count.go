package config

// ListenerCount counts what connections listen to: one for each configuration of each connection.
func (c *Center) ListenerCount() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n := 0
	for _, keys := range c.watchers.byClient {
		n += len(keys)
	}
	return n
}
