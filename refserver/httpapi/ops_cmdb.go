package httpapi

// cmdbLabel is what the configuration management database tells of an entity: a server without one knows no entity.
func cmdbLabel(c call) (any, error) {
	for _, name := range []string{"entry", "label"} {
		if _, err := c.params.required(name); err != nil {
			return nil, err
		}
	}
	return nothing{}, nil
}
