package config

import (
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Remove ends the formal configuration of a key or, when a tag is given, the variant of the tag. What is not there has
// ended already, but for variants on lines that fail then. Variants outlive the formal configuration, but are not served
// any more until they are published again or the server starts anew.
func (c *Center) Remove(key Key, tag string, by Author) error {
	key = stored(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.turn(key)()
	switch {
	case java.IsBlank(tag):
		return c.removeFormal(key, by)
	case c.b.RemovesTags:
		return c.removeGray(key, TagPrefix+tag, by, true)
	}
	return c.removeGray(key, tag, by, false)
}

// StopBeta ends the beta of a key.
func (c *Center) StopBeta(key Key, by Author) error {
	key = stored(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.turn(key)()
	return c.removeGray(key, Beta, by, c.b.StopsAnyBeta)
}

// RemoveAll ends the formal configurations with these ids and gives those that there were.
func (c *Center) RemoveAll(ids []int64, by Author) (removed []Config, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range ids {
		i, there := c.position(id)
		if !there {
			continue
		}
		key := c.rows[i].Key
		if err := c.removeOne(key, id, by, &removed); err != nil {
			return removed, err
		}
	}
	return removed, nil
}

// removeOne ends a configuration that still has the id once its turn has come.
func (c *Center) removeOne(key Key, id int64, by Author, removed *[]Config) error {
	defer c.turn(key)()
	row := c.row(key)
	if row == nil || row.ID != id {
		return nil
	}
	*removed = append(*removed, *row)
	return c.removeFormal(key, by)
}

// removeFormal dumps the key even when nothing is stored: what is served of variants alone ends with it.
func (c *Center) removeFormal(key Key, by Author) error {
	if row := c.row(key); row != nil {
		return c.commit(Removed{key}, c.replaced(*row, OpDelete, by))
	}
	c.dirty(key, "")
	return nil
}

// removeGray removes a variant; vain says that one which is not there may be removed too.
func (c *Center) removeGray(key Key, name string, by Author, vain bool) error {
	var old *Gray
	if e := c.entries[key]; e != nil {
		old = e.gray(name)
	}
	switch {
	case old == nil && vain:
		return nil
	case old == nil:
		return failure.NewUnexpected("%s", textVariantIsMissing)
	}
	return c.commit(append(c.grayHistory(*old, OpDelete, by), GrayRemoved{key, name})...)
}
