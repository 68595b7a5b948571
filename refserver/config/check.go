package config

import (
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// The checks of values, which each transport makes in its own order in front of an operation.
// Source: nacos 1.4.8 and 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/utils/ParamUtils.java.

// Bounds of values, in characters.
const (
	maxTag       = 16
	maxTenant    = 128
	maxTags      = 5
	maxConfigTag = 64
	maxDesc      = 128
	maxUse       = 32
	maxEffect    = 32
	maxSchema    = 32768
)

// CheckNames refuses a data id or a group that is missing, blank or has characters that none has.
func (c *Center) CheckNames(dataID, group *string) error {
	if dataID == nil || java.IsBlank(*dataID) || !legal(java.Trim(*dataID)) {
		return c.invalid("invalid dataId : %s", orNull(dataID))
	}
	if group == nil || java.IsBlank(*group) || !legal(*group) {
		return c.invalid("invalid group : %s", orNull(group))
	}
	return nil
}

// CheckContent refuses a content that is missing, blank or too long. It comes after CheckNames.
func (c *Center) CheckContent(content *string) error {
	if content == nil || java.IsBlank(*content) {
		return c.invalid("content is blank : %s", orNull(content))
	}
	if len(*content) > c.settings.MaxContent && java.Length(*content) > c.settings.MaxContent {
		return c.invalid("invalid content, over %d", c.settings.MaxContent)
	}
	return nil
}

// CheckTag refuses a tag, as v1 and gRPC do. A blank one is none.
func (c *Center) CheckTag(tag string) error {
	if text := wrongTag(tag); text != "" {
		return failure.NewArgument("%s", text)
	}
	return nil
}

// CheckTagV2 refuses a tag as v2 and v3 do.
func (c *Center) CheckTagV2(tag string) error {
	if text := wrongTag(tag); text != "" {
		return failure.NewChecked(http.StatusBadRequest, failure.CodeParameterInvalid, "%s", text)
	}
	return nil
}

func wrongTag(tag string) string {
	switch {
	case java.IsBlank(tag):
		return ""
	case !legal(java.Trim(tag)):
		return "invalid tag : " + tag
	case java.Length(tag) > maxTag:
		return "too long tag, over 16"
	}
	return ""
}

// CheckTenant refuses the name of a namespace, as v1 and gRPC do. The blank one is fine.
func (c *Center) CheckTenant(tenant string) error {
	switch {
	case java.IsBlank(tenant):
		return nil
	case !legal(java.Trim(tenant)):
		return failure.NewArgument("invalid tenant")
	case java.Length(tenant) > maxTenant && c.b.NamesTenants:
		return failure.NewArgument("too long tenant, over 128")
	case java.Length(tenant) > maxTenant:
		return failure.NewArgument("too long tag, over 128")
	}
	return nil
}

// CheckNamespace refuses the name of a namespace as v2 and v3 do.
func (c *Center) CheckNamespace(namespace string) error {
	switch {
	case java.IsBlank(namespace):
		return nil
	case !legal(java.Trim(namespace)):
		return failure.NewChecked(http.StatusBadRequest, failure.CodeParameterInvalid, "invalid namespaceId")
	case java.Length(namespace) > maxTenant:
		return failure.NewChecked(http.StatusBadRequest, failure.CodeParameterInvalid, "too long namespaceId, over 128")
	}
	return nil
}

// checkAdvanced refuses what describes a configuration, in the order in which a Java server comes upon it.
func (c *Center) checkAdvanced(p Publication) error {
	for _, v := range []struct {
		name    string
		value   *string
		longest string
		most    int
	}{{"schema", p.Schema, "32768", maxSchema}, {"use", p.Use, "32", maxUse}, {"effect", p.Effect, "32", maxEffect}} {
		if v.value != nil && java.Length(*v.value) > v.most {
			return c.invalid("too long %s, over %s", v.name, v.longest)
		}
	}
	if p.Tags != nil {
		tags := java.Split(*p.Tags, ",")
		if len(tags) > maxTags {
			return c.invalid("too much config_tags, over 5")
		}
		if slices.ContainsFunc(tags, func(t string) bool { return java.Length(t) > maxConfigTag }) {
			return c.invalid("too long tag, over 64")
		}
	}
	if p.Desc != nil && java.Length(*p.Desc) > maxDesc {
		return c.invalid("too long desc, over 128")
	}
	return nil
}

// legal says whether a name has nothing but letters, digits and a few signs.
func legal(name string) bool {
	return strings.IndexFunc(name, func(r rune) bool { return !java.IsLetterOrDigit(r) && !strings.ContainsRune("_-.:", r) }) < 0
}

func orNull(text *string) string {
	if text == nil {
		return "null"
	}
	return *text
}
