package config

import (
	"net/http"
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Publication is what a client publishes: the formal configuration, or a variant when it names BetaIPs or, failing that,
// a tag. Nil stands for what the client did not name.
type Publication struct {
	Key
	Content string
	// Type is stored as text when it is none of the line's, unless AnyType keeps it.
	Type    string
	AnyType bool
	// App and Tags stay what they were when they are nil. Tags is a comma list.
	App, Tags                 *string
	Desc, Use, Effect, Schema *string
	EncryptedDataKey          string
	Author
	// CASMD5 is the md5 that the publication replaces; blank for any.
	CASMD5 string
	// BetaIPs is a comma list of addresses.
	BetaIPs string
	Tag     string
}

// Publish stores a publication. Transports check names, content, tag and namespace before: see CheckNames. Errors are of
// type *failure.Error; nil does not prove that anything was stored: what does not fit is lost, as on real servers.
func (c *Center) Publish(p Publication) error {
	p.Key = stored(p.Key)
	if err := c.checkAdvanced(p); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.b.Aggregates && c.aggrs.contains(p.DataID) {
		return failure.NewChecked(statusNoRight, failure.CodeServerError, "dataId:%s is aggr", p.DataID)
	}
	if !p.AnyType && !slices.Contains(c.b.Types, p.Type) {
		p.Type = "text"
	}
	if !c.b.CAS || java.IsBlank(p.CASMD5) {
		p.CASMD5 = ""
	}
	defer c.turn(p.Key)()
	switch {
	case !java.IsBlank(p.BetaIPs):
		return c.publishGray(p, Beta, Rule{RuleBeta, ruleVersion, p.BetaIPs, priorityBeta})
	case !java.IsBlank(p.Tag):
		return c.publishGray(p, TagPrefix+p.Tag, Rule{RuleTag, ruleVersion, p.Tag, priorityTag})
	}
	return c.publishFormal(p)
}

func (c *Center) publishFormal(p Publication) error {
	if c.limits() {
		defer c.turn(capacityTurn{})()
	}
	changes, err := c.formalChanges(p)
	if err != nil {
		return err
	}
	return c.commit(changes...)
}

// formalChanges are what a formal publication brings about; none when it is lost.
func (c *Center) formalChanges(p Publication) ([]Change, error) {
	old := c.row(p.Key)
	if err := c.checkCapacity(p, old != nil); err != nil {
		return nil, err
	}
	if old != nil && p.CASMD5 != "" && old.MD5 != p.CASMD5 {
		if c.b.CASConflict == "" {
			return nil, nil
		}
		return nil, failure.NewChecked(statusConflict, failure.CodeResourceConflict, "%s", c.b.CASConflict)
	}
	if !c.fits(p) {
		return nil, nil
	}
	row := c.newRow(p, old)
	if old == nil {
		return []Change{Put{row}, c.inserted(row, p)}, nil
	}
	return []Change{Put{row}, c.replaced(*old, OpUpdate, p.Author)}, nil
}

// newRow is what a publication stores in place of the old row, nil for none.
func (c *Center) newRow(p Publication, old *Config) Config {
	row := Config{
		Key: p.Key, Content: p.Content, MD5: MD5(p.Content), Type: p.Type, EncryptedDataKey: p.EncryptedDataKey,
		Desc: p.Desc, Use: p.Use, Effect: p.Effect, Schema: p.Schema, Author: p.Author, Modified: c.clock.Now().UnixMilli(),
	}
	if old == nil {
		row.ID = c.nextID()
	} else {
		row.ID, row.App, row.Tags = old.ID, old.App, old.Tags
	}
	if p.App != nil {
		row.App = *p.App
		if java.IsBlank(row.App) {
			row.App = ""
		}
	}
	if p.Tags != nil {
		row.Tags = nil
		if !java.IsBlank(*p.Tags) {
			row.Tags = java.Split(*p.Tags, ",")
		}
	}
	return row
}

// fits says whether a publication can be stored.
func (c *Center) fits(p Publication) bool {
	return java.Length(p.DataID) <= c.b.MaxDataID && java.Length(p.Group) <= c.b.MaxGroup &&
		java.Length(p.Namespace) <= c.b.MaxTenant && java.Length(p.User) <= c.b.MaxUser &&
		(p.App == nil || java.Length(*p.App) <= c.b.MaxApp)
}

func (c *Center) publishGray(p Publication, name string, rule Rule) error {
	e := c.entries[p.Key]
	var old *Gray
	if e != nil {
		old = e.gray(name)
	}
	if c.b.MaxGrays > 0 && old == nil && e != nil && len(e.grays) >= c.b.MaxGrays {
		return failure.NewChecked(http.StatusBadRequest, CodeGrayOverLimit, textGrayOverLimit, c.b.MaxGrays)
	}
	if old != nil && p.CASMD5 != "" {
		if !c.b.GrayCASWrites || old.MD5 != p.CASMD5 {
			return c.commit(c.grayHistory(*old, OpUpdate, p.Author)...)
		}
	}
	if !c.fits(p) {
		return nil
	}
	g := Gray{
		Key: p.Key, Name: name, Rule: rule, Content: p.Content, MD5: MD5(p.Content), Author: p.Author,
		Modified: c.clock.Now().UnixMilli(),
	}
	if p.App != nil && !java.IsBlank(*p.App) {
		g.App = *p.App
	}
	var changes []Change
	if old == nil {
		g.ID = c.nextID()
		changes = append(c.grayHistory(g, OpInsert, p.Author), GrayPut{g})
	} else {
		g.ID = old.ID
		changes = append(c.grayHistory(*old, OpUpdate, p.Author), GrayPut{g})
	}
	return c.commit(changes...)
}

// row is the stored formal configuration of a key, nil for none.
func (c *Center) row(key Key) *Config {
	if e := c.entries[key]; e != nil {
		return e.row
	}
	return nil
}
