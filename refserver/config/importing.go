package config

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Policy says what an import does about what is there already.
type Policy int

// Abort ends the import there, Skip leaves what is there, Overwrite replaces it.
const (
	Abort Policy = iota
	Skip
	Overwrite
)

// Report says what became of the items of an import. What was stored before an import ended stays.
type Report struct {
	Stored, SkipCount int
	// Failed ended the import; Skipped were left out, by the policy or because the import had ended.
	Failed, Skipped []Key
}

// Import stores formal configurations in their order.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/service/repository/embedded/EmbeddedStoragePersistServiceImpl.java,
// batchInsertOrUpdate; nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigController.java,
// batchImportAndPublishConfigs; measured.
func (c *Center) Import(items []Publication, policy Policy) (report Report, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, p := range items {
		p.Key = stored(p.Key)
		if err := c.checkImported(p); err != nil {
			return report, err
		}
		if p.Type == "" && c.b.GuessesTypes {
			p.Type = guessType(p.DataID)
		}
		conflict, err := c.importOne(p, policy)
		switch {
		case err != nil:
			return report, err
		case !conflict:
			report.Stored++
		case policy == Skip:
			report.Skipped, report.SkipCount = append(report.Skipped, p.Key), report.SkipCount+1
		default:
			report.Failed = []Key{p.Key}
			for _, rest := range items[i+1:] {
				report.Skipped = append(report.Skipped, rest.Key)
			}
			if c.b.CountsAborted {
				report.SkipCount += len(items) - i - 1
			}
			return report, nil
		}
	}
	return report, nil
}

func (c *Center) checkImported(p Publication) error {
	if !c.b.ChecksImports {
		return c.checkAdvanced(p)
	}
	if err := c.CheckNames(&p.DataID, &p.Group); err != nil {
		return err
	}
	return c.CheckContent(&p.Content)
}

// importOne says whether something is in the way.
func (c *Center) importOne(p Publication, policy Policy) (conflict bool, err error) {
	defer c.turn(p.Key)()
	if policy != Overwrite && c.row(p.Key) != nil {
		return !c.b.ImportsOverConflicts, nil
	}
	return false, c.publishFormal(p)
}

// guessType is the type that a suffix stands for.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/enums/FileTypeEnum.java:33-73.
func guessType(dataID string) string {
	suffix := strings.ToLower(dataID[strings.LastIndexByte(dataID, '.')+1:])
	switch {
	case !strings.Contains(dataID, "."):
		return "text"
	case suffix == "yml":
		return "yaml"
	case suffix == "htm":
		return "html"
	case suffix == "json", suffix == "xml", suffix == "yaml", suffix == "html", suffix == "properties":
		return suffix
	}
	return "text"
}

// Export are the stored configurations with these ids or, when there are none, those that match all that is given, in the
// order of their ids. Stars in the data id stand for anything.
func (c *Center) Export(key Key, app string, ids []int64) []Config {
	c.mu.RLock()
	defer c.mu.RUnlock()
	all := []Config{}
	if len(ids) > 0 {
		for _, row := range c.rows {
			for _, id := range ids {
				if row.ID == id {
					all = append(all, *row)
					break
				}
			}
		}
		return all
	}
	key = stored(key)
	dataID := like(strings.ReplaceAll(key.DataID, "*", "%"))
	fits := func(wanted, has string) bool { return java.IsBlank(wanted) || wanted == has }
	for _, row := range c.rows {
		if row.Namespace == key.Namespace && fits(key.Group, row.Group) && fits(app, row.App) &&
			(java.IsBlank(key.DataID) || dataID(row.DataID)) {
			all = append(all, *row)
		}
	}
	return all
}

// HoldsAlways is true while a switch lets every long poll wait to its end.
func (c *Center) HoldsAlways() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.fixedPolling()
}
