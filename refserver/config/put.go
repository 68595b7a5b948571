package config

import (
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Put publishes for those who have no transport that checks: what clients of the line cannot publish, and what would be
// lost, is refused. Readers get it at once, and listeners hear of it.
func (c *Center) Put(p Publication) error {
	if err := c.CheckPublication(p); err != nil {
		return err
	}
	if err := c.CheckContent(&p.Content); err != nil {
		return err
	}
	if err := c.Publish(p); err != nil {
		return err
	}
	c.DumpWaiting()
	return nil
}

// CheckPublication refuses all of a publication but its content that clients of the line cannot publish, and what would be lost.
func (c *Center) CheckPublication(p Publication) error {
	if err := c.CheckTenant(p.Namespace); err != nil {
		return err
	}
	if err := c.CheckNames(&p.DataID, &p.Group); err != nil {
		return err
	}
	if err := c.CheckTag(p.Tag); err != nil {
		return err
	}
	if p.Type != "" && !c.b.AnyTypeOverGRPC && !slices.Contains(c.b.Types, p.Type) {
		return failure.NewArgument("expected one of the types %s, found %q", strings.Join(c.b.Types, ", "), p.Type)
	}
	if !c.fits(p) {
		return failure.NewArgument("expected at most %d characters of dataId, %d of group, %d of namespace, %d of user and %d of appName, found more",
			c.b.MaxDataID, c.b.MaxGroup, c.b.MaxTenant, c.b.MaxUser, c.b.MaxApp)
	}
	return c.checkAdvanced(p)
}

// TakesBlank says whether a configuration of the line can have a blank content: not published, but imported.
func (c *Center) TakesBlank(content string) bool { return java.IsBlank(content) && !c.b.ChecksImports }
