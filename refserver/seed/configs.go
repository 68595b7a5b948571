package seed

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
)

// localhost is the address that a seed writes configurations from.
const localhost = "127.0.0.1"

// config is a configuration or a variant.
func (d Domains) config(path string, c Config) step {
	p := d.publication(c)
	put := func() error {
		if err := d.Configs.CheckPublication(p); err != nil {
			return err
		}
		if !d.Configs.TakesBlank(p.Content) {
			if err := d.Configs.CheckContent(&p.Content); err != nil {
				return err
			}
		}
		return d.Configs.Publish(p)
	}
	if c.Beta+c.Tag == "" {
		return step{path, func() bool { row, known := d.Configs.Detail(p.Key); return known && c.is(row) }, put}
	}
	name := config.Beta
	if c.Beta == "" {
		name = config.TagPrefix + c.Tag
	}
	return step{path, func() bool {
		g, known := d.Configs.Gray(p.Key, name)
		return known && g.Content == c.Content && g.Rule.Expr == c.Beta+c.Tag && g.App == c.AppName
	}, put}
}

// publication is what a client would publish.
func (d Domains) publication(c Config) config.Publication {
	b := d.Configs.Behaviour()
	p := config.Publication{
		Key:     config.Key{Namespace: c.Namespace, Group: cmp.Or(c.Group, defaultGroup), DataID: c.DataID},
		Content: c.Content, Type: or(c.Type, "text"), AnyType: c.Type != nil, App: &c.AppName, Tags: new(strings.Join(c.Tags, ",")),
		Desc: c.Desc, Use: c.Use, Effect: c.Effect, Schema: c.Schema, EncryptedDataKey: c.EncryptedDataKey,
		Author: config.Author{IP: localhost}, BetaIPs: c.Beta, Tag: c.Tag,
	}
	if c.Namespace == "" || b.NormalizesV1Publish {
		p.Namespace = d.Configs.Namespace(c.Namespace)
	}
	return p
}

// is says whether a row holds what a configuration says.
func (c Config) is(row config.Config) bool {
	return row.Content == c.Content && row.Type == or(c.Type, "text") && row.App == c.AppName && slices.Equal(row.Tags, c.Tags) &&
		sameText(row.Desc, c.Desc) && sameText(row.Use, c.Use) && sameText(row.Effect, c.Effect) && sameText(row.Schema, c.Schema) &&
		row.EncryptedDataKey == c.EncryptedDataKey
}

func (d Domains) collectConfigs(s *Seed) {
	named := func(key config.Key) Config {
		c := Config{Namespace: key.Namespace, Group: key.Group, DataID: key.DataID}
		if c.Namespace == d.Configs.Behaviour().DefaultNamespace {
			c.Namespace = ""
		}
		if c.Group == defaultGroup {
			c.Group = ""
		}
		return c
	}
	for _, row := range d.Configs.Configs(nil) {
		c := named(row.Key)
		c.Tags, c.AppName, c.Desc, c.Use, c.Effect, c.Schema = row.Tags, row.App, row.Desc, row.Use, row.Effect, row.Schema
		c.EncryptedDataKey, c.Content = row.EncryptedDataKey, row.Content
		if row.Type != "text" {
			c.Type = &row.Type
		}
		s.Configs = append(s.Configs, c)
	}
	for _, g := range d.Configs.Grays() {
		c := named(g.Key)
		c.AppName, c.Content = g.App, g.Content
		if g.Rule.Type == config.RuleBeta {
			c.Beta = g.Rule.Expr
		} else {
			c.Tag = g.Rule.Expr
		}
		s.Configs = append(s.Configs, c)
	}
}
