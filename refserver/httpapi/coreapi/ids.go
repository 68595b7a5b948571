package coreapi

import "slices"

// idState is that of a maker of ids. Those of configurations and their history alone have made some, from one and the same
// sequence.
type idState struct {
	Current int64 `json:"currentId"`
	Worker  int   `json:"workerId"`
}

func (c call) idMakers() []string {
	names := []string{
		"role-id", "config-history-gray-id", "permissions_id", "config-history-id", "config-info-id", "namespace-id", "user-id",
		"app-configdata-relation-subs", "config-beta-id", "config-tag-relation-id",
	}
	if !c.B.Operations.GrayIDs {
		names = slices.Delete(names, 1, 2)
	}
	return names
}

func (c call) idState(maker string) idState {
	state := idState{Worker: 1}
	if maker == "config-info-id" || maker == "config-history-id" {
		state.Current = c.configs.LastID()
	}
	return state
}

func v1IDs(c call) (any, error) {
	all := map[string]idState{}
	for _, name := range c.idMakers() {
		all[name] = c.idState(name)
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
		all = append(all, maker{name, c.idState(name)})
	}
	return all, nil
}

func v2IDs(c call) (any, error) {
	all, err := idList(c)
	return c.Rest(all), err
}
