package configapi

import (
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// v1Capacity answers with the limits of a namespace or a group.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/CapacityController.java:59-156; measured.
func v1Capacity(c call) (any, error) {
	group, tenant := c.Params.OptionalText("group"), c.Params.OptionalText("tenant")
	refuse := func(text string) (any, error) {
		c.JSON(http.StatusBadRequest, c.RestOf(http.StatusBadRequest, text, nil))
		return web.Answered{}, nil
	}
	switch {
	case group == nil && tenant == nil:
		return refuse("The parameter group and tenant cannot be empty at the same time")
	case group == nil && web.Blank(*tenant):
		return refuse("tenant cannot be an empty string")
	case c.B.ConfigHTTP.CapacityFails:
		c.JSON(http.StatusInternalServerError, c.RestOf(http.StatusInternalServerError, badStatement(tenant), nil))
		return web.Answered{}, nil
	}
	key := config.CapacityKey{Tenant: c.Params["tenant"], Group: c.Params["group"]}
	capacity, err := c.configs.Capacity(key)
	if err != nil {
		return nil, err
	}
	return c.Rest(c.showCapacity(capacity)), nil
}

// badStatement is what a storage says of a statement that it does not understand.
func badStatement(tenant *string) string {
	column, table := "group_id", "group_capacity"
	if tenant != nil && !web.Blank(*tenant) {
		column, table = "tenant_id", "tenant_capacity"
	}
	return "PreparedStatementCallback; bad SQL grammar [SELECT id, quota, `usage`, `max_size`, max_aggr_count, max_aggr_size, " +
		column + " FROM " + table + " WHERE " + column + "=?]; nested exception is java.sql.SQLSyntaxErrorException: " +
		"Lexical error at line 1, column 19.  Encountered: \"`\" (96), after : \"\"."
}

// capacityView is a capacity; it names the namespace or the group that it is of.
type capacityView struct {
	ID           string  `json:"id"`
	Quota        int     `json:"quota"`
	Usage        int     `json:"usage"`
	MaxSize      int     `json:"maxSize"`
	MaxAggrCount int     `json:"maxAggrCount"`
	MaxAggrSize  int     `json:"maxAggrSize"`
	Created      *string `json:"gmtCreate"`
	Modified     *string `json:"gmtModified"`
	Tenant       string  `json:"tenant,omitempty"`
	Group        *string `json:"group,omitempty"`
	Namespace    string  `json:"namespaceId,omitempty"`
	GroupName    *string `json:"groupName,omitempty"`
}

func (c call) showCapacity(k config.Capacity) capacityView {
	view := capacityView{
		ID: web.FormatLong(k.ID), Quota: k.Quota, Usage: k.Usage, MaxSize: k.MaxSize, MaxAggrCount: k.MaxAggrCount,
		MaxAggrSize: k.MaxAggrSize,
	}
	switch renamed := c.B.ConfigHTTP.NewCapacityNames; {
	case k.Tenant != "" && renamed:
		view.Namespace = k.Tenant
	case k.Tenant != "":
		view.Tenant = k.Tenant
	case renamed:
		view.GroupName = &k.Group
	default:
		view.Group = &k.Group
	}
	return view
}

// v1SetCapacity replaces limits of a namespace or a group.
func v1SetCapacity(c call) (any, error) {
	limits, given, err := c.capacityLimits()
	if err != nil {
		return nil, err
	}
	group, tenant := c.Params["group"], c.Params.OptionalText("tenant")
	refuse := func(status int, text string) (any, error) {
		c.JSON(status, c.RestOf(status, text, false))
		return web.Answered{}, nil
	}
	name, value := "group", group
	if tenant != nil {
		name, value = "tenant", *tenant
	}
	nobody, fails := web.Blank(group) && web.Blank(c.Params["tenant"]), c.B.ConfigHTTP.CapacityFails
	switch {
	case nobody && fails && len(c.configs.Configs(nil)) > 0:
		return nil, badInsertion()
	case nobody:
		return refuse(http.StatusBadRequest, "The parameter group and tenant cannot be empty at the same time")
	case !given:
		return refuse(http.StatusBadRequest, "The parameters quota, maxSize, maxAggrCount, maxAggrSize cannot be empty at the same time")
	case web.Blank(value):
		return refuse(http.StatusBadRequest, "parameter "+name+" is empty.")
	case fails:
		return refuse(http.StatusInternalServerError, badStatement(tenant))
	}
	if err := c.configs.SetCapacity(config.CapacityKey{Tenant: c.Params["tenant"], Group: group}, limits); err != nil {
		return nil, err
	}
	return c.RestOf(http.StatusOK, "successfully updated the capacity information configuration of "+name+" to "+value, true), nil
}

// badInsertion is what happens when a storage that does not understand the statement begins to make the capacities of all
// groups and namespaces, as on a server that has any configuration.
func badInsertion() error {
	const lexical = "Lexical error at line 1, column 46.  Encountered: \"`\" (96), after : \"\"."
	e := failure.NewUnexpected("PreparedStatementCallback; bad SQL grammar []; nested exception is java.sql.SQLSyntaxErrorException: %s", lexical)
	e.Causes = []string{lexical, lexical}
	return e
}

// capacityLimits are the limits that a request gives.
func (c call) capacityLimits() (limits config.CapacityLimits, given bool, err error) {
	for _, limit := range []struct {
		name string
		to   **int
	}{
		{"quota", &limits.Quota}, {"maxSize", &limits.MaxSize}, {"maxAggrCount", &limits.MaxAggrCount}, {"maxAggrSize", &limits.MaxAggrSize},
	} {
		if web.Blank(c.Params[limit.name]) {
			continue
		}
		n, err := web.BoundInt("java.lang.Integer").Given(c.Params, limit.name, 0)
		if err != nil {
			return limits, true, err
		}
		*limit.to, given = &n, true
	}
	return limits, given, nil
}
