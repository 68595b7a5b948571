package httpapi

import "slices"

// idState is that of a maker of ids. None here has made one: nothing has ids that need them.
type idState struct {
	Current int64 `json:"currentId"`
	Worker  int   `json:"workerId"`
}

func (c call) idMakers() []string {
	names := []string{
		"app-configdata-relation-subs", "config-beta-id", "config-history-id", "config-info-id", "config-tag-relation-id",
		"namespace-id", "permissions_id", "role-id", "user-id",
	}
	if c.B.Operations.GrayIDs {
		names = slices.Insert(names, 2, "config-history-gray-id")
	}
	return names
}

func v1IDs(c call) (any, error) {
	all := map[string]idState{}
	for _, name := range c.idMakers() {
		all[name] = idState{Worker: 1}
	}
	return c.Rest(all), nil
}

// idList are the makers of ids, one by one.
func idList(c call) (any, error) {
	type maker struct {
		Resource string  `json:"resource"`
		Info     idState `json:"info"`
	}
	var all []maker
	for _, name := range c.idMakers() {
		all = append(all, maker{name, idState{Worker: 1}})
	}
	return all, nil
}

func v2IDs(c call) (any, error) {
	all, err := idList(c)
	return c.Rest(all), err
}
