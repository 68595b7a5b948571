package config

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Export says which formal configurations an export takes.
type Export struct {
	// IDs are those with these ids, whatever else is said; empty for what the rest says.
	IDs       map[int64]bool
	Namespace string
	// DataID may have stars in it, that stand for anything. DataID, Group and App are not compared when they are blank.
	DataID, Group, App string
}

// Export is what an export takes, in the order of the ids.
func (c *Center) Export(e Export) []Config {
	dataID := like(strings.ReplaceAll(e.DataID, "*", "%"))
	if java.IsBlank(e.Namespace) {
		e.Namespace = ""
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := []Config{}
	for _, row := range c.rows {
		wanted := e.IDs[row.ID]
		if len(e.IDs) == 0 {
			wanted = row.Namespace == e.Namespace && (java.IsBlank(e.DataID) || dataID(row.DataID)) &&
				(java.IsBlank(e.Group) || row.Group == e.Group) && (java.IsBlank(e.App) || row.App == e.App)
		}
		if wanted {
			all = append(all, *row)
		}
	}
	return all
}
