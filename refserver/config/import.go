package config

import (
	"cmp"
	"strings"
)

// Policy says what an import does where there is a configuration already.
type Policy string

// The policies of imports.
const (
	// Abort ends the import; what came before stays.
	Abort Policy = "ABORT"
	// Skip leaves what there is.
	Skip Policy = "SKIP"
	// Overwrite replaces it.
	Overwrite Policy = "OVERWRITE"
)

// Imported is what became of an import.
type Imported struct {
	// Succeeded is how many configurations were written, on some lines also those that were meant to be.
	Succeeded int
	// Failed is the one that ended the import; Skipped are those that were left out after it, or by policy.
	Failed, Skipped []Key
	// SkipCount is how many were left out, on some lines without those after the one that ended the import.
	SkipCount int
}

// Import publishes formal configurations one after the other, in place of those that there are if the policy says so. It
// ends at the first that is refused, with what came before written. One without a type gets that of its
// extension, where the line guesses it.
func (c *Center) Import(all []Publication, policy Policy) (done Imported, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.turn(importTurn{})()
	written := importing{center: c, keys: map[Key]bool{}}
	defer func() { err = cmp.Or(written.flush(), err) }()
	for i, p := range all {
		p.Key = stored(p.Key)
		if err := c.checkImported(p); err != nil {
			return done, err
		}
		if p.Type == "" && c.b.GuessesTypes {
			p.Type = extensionType(p.DataID)
		}
		conflict, err := written.add(p, policy)
		switch {
		case err != nil:
			return done, err
		case !conflict || policy == Overwrite || c.b.ImportsOverConflicts:
			done.Succeeded++
		case policy == Skip:
			done.Skipped, done.SkipCount = append(done.Skipped, p.Key), done.SkipCount+1
		default:
			done.Failed = []Key{p.Key}
			for _, rest := range all[i+1:] {
				done.Skipped = append(done.Skipped, rest.Key)
			}
			if c.b.CountsAborted {
				done.SkipCount += len(done.Skipped)
			}
			return done, nil
		}
	}
	return done, nil
}

// importTurn is the subject of all imports: they alone hold the turns of several keys at once.
type importTurn struct{}

// importBatch is how many configurations of an import share the wait for the disk.
const importBatch = 256

// importing are the configurations of an import that are written together, each once.
type importing struct {
	center  *Center
	keys    map[Key]bool
	ends    []func()
	changes []Change
}

// add writes a configuration with the next flush, unless the policy keeps it from replacing one.
func (w *importing) add(p Publication, policy Policy) (conflict bool, err error) {
	c := w.center
	if w.keys[p.Key] || len(w.ends) >= importBatch || c.limits() {
		if err := w.flush(); err != nil {
			return false, err
		}
	}
	w.keys[p.Key] = true
	w.ends = append(w.ends, c.turn(p.Key))
	if conflict = c.row(p.Key) != nil; conflict && policy != Overwrite {
		return true, nil
	}
	if c.limits() {
		return conflict, c.publishFormal(p)
	}
	changes, err := c.formalChanges(p)
	w.changes = append(w.changes, changes...)
	return conflict, err
}

// flush writes what was added and lets others have their turns.
func (w *importing) flush() error {
	err := w.center.commit(w.changes...)
	for _, end := range w.ends {
		end()
	}
	clear(w.keys)
	w.ends, w.changes = nil, nil
	return err
}

// checkImported refuses what the line does not import.
func (c *Center) checkImported(p Publication) error {
	if !c.b.ChecksImports {
		return c.checkAdvanced(p)
	}
	if err := c.CheckNames(&p.DataID, &p.Group); err != nil {
		return err
	}
	return c.CheckContent(&p.Content)
}

// extensionTypes are the types that the extension of a data id stands for.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/enums/FileTypeEnum.java.
var extensionTypes = map[string]string{
	"yml": "yaml", "yaml": "yaml", "txt": "text", "text": "text", "json": "json", "xml": "xml", "htm": "html", "html": "html",
	"properties": "properties",
}

func extensionType(dataID string) string {
	extension := strings.ToLower(dataID[strings.LastIndexByte(dataID, '.')+1:])
	if known, ok := extensionTypes[extension]; ok && strings.Contains(dataID, ".") {
		return known
	}
	return "text"
}
