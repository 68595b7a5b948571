// Package durable is the seam between the domains and what keeps their state over a restart: writes are entries of plain
// changes, proposed to a log, which keeps them and then lets them take effect. All domains share one log.
package durable

import "time"

// Change is one change of what a server keeps over a restart, as plain data. Applied in the same order to the same
// state, changes give the same state on every server: they ask nothing and refuse nothing. Whoever proposes a change has
// checked before that it is allowed. Each domain has a closed set of kinds; on real servers they go through Raft.
type Change any

// Entry is one write: its changes take effect together or not at all, as of one time. They are all of one domain, but
// for those of a seed.
type Entry struct {
	Time    time.Time
	Changes []Change
}

// Log keeps entries before they take effect.
type Log interface {
	// Propose returns nil once the entry is kept and was given to the domain that proposed it, in the order in which the
	// log keeps it; or an error when it is not kept and was not applied. It blocks; domains call it without their lock.
	Propose(Entry) error
}
