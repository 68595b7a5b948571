package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Settings are what operators set in the properties of a server.
type Settings struct {
	// MaxContent bounds a content, in characters.
	MaxContent int
	// LimitCheck enforces the limits of capacity, where the line can.
	LimitCheck bool
	// ClusterQuota, GroupQuota and TenantQuota are how many configurations there may be, MaxSize how many bytes a content
	// may have, where no capacity says otherwise. MaxAggrCount and MaxAggrSize are told and limit nothing.
	ClusterQuota, GroupQuota, TenantQuota, MaxSize, MaxAggrCount, MaxAggrSize int
}

// DefaultSettings are those of a server as shipped.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/utils/PropertyUtil.java:41-92.
func DefaultSettings() Settings {
	return Settings{
		MaxContent: 10 << 20, ClusterQuota: 100000, GroupQuota: 200, TenantQuota: 200, MaxSize: 100 << 10,
		MaxAggrCount: 10000, MaxAggrSize: 1024,
	}
}

// limitCheck is the property of LimitCheck.
const limitCheck = "isCapacityLimitCheck"

// numbers are the settings that are numbers, by their properties.
func (s *Settings) numbers() map[string]*int {
	return map[string]*int{
		"maxContent": &s.MaxContent, "defaultClusterQuota": &s.ClusterQuota, "defaultGroupQuota": &s.GroupQuota,
		"defaultTenantQuota": &s.TenantQuota, "defaultMaxSize": &s.MaxSize, "defaultMaxAggrCount": &s.MaxAggrCount,
		"defaultMaxAggrSize": &s.MaxAggrSize,
	}
}

// Properties are the names of the properties that Set takes.
func Properties() []string {
	return append(slices.Sorted(maps.Keys(new(Settings).numbers())), limitCheck)
}

// Set gives a property of a server a value. It fails for other properties, and for values that are no positive number or,
// for the one that is a switch, neither true nor false.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/constant/PropertiesConstant.java.
func (s *Settings) Set(property, value string) (err error) {
	if property == limitCheck {
		if s.LimitCheck, err = strconv.ParseBool(value); err != nil {
			return fmt.Errorf("%s: expected true or false, found %q", property, value)
		}
		return nil
	}
	to := s.numbers()[property]
	if to == nil {
		return fmt.Errorf("property %q is not known: choose from %s", property, strings.Join(Properties(), ", "))
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return fmt.Errorf("%s: expected a number above 0, found %q", property, value)
	}
	*to = n
	return nil
}
