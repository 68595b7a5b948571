package naming

import (
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/fuzzy"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Codes of what is over a limit of watching.
const (
	CodePatternOverLimit = 50310
	CodeMatchesOverLimit = 50311
)

// ErrMatchesOverLimit says that a watched pattern may match more services than its watchers are told of.
var ErrMatchesOverLimit = checked(http.StatusInternalServerError, CodeMatchesOverLimit, "fuzzy watch pattern matched count over limit")

// watches are the patterns that clients watch. The registry's lock guards them.
type watches struct {
	patterns map[string]*watched
	// messages are those that wait for their time, by what they are about.
	messages map[string]*message
	send     Messenger
}

// watched is a pattern with those who watch it.
type watched struct {
	fuzzy.Pattern
	clients map[string]bool
	// matches are the keys of services that match, as far as the limit allows.
	matches map[string]bool
	// abandoned is true when a pass has found nobody who watches the pattern.
	abandoned bool
}

// Messenger sends requests about watched services to connections. It must not block: it calls done, from any goroutine
// or before it returns, with nil when the client acknowledged (or is gone) and with the reason when it did not.
type Messenger func(client string, request interface{ Common() *wire.Request }, done func(error))

// SetMessenger names who sends messages to those who watch.
func (r *Registry) SetMessenger(m Messenger) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watches.send = m
}

// Watch makes a client see which services of a pattern come and go. It tells the client of those that known, the keys
// that the client has, lacks or has in vain: as the beginning of the watch or as a repair. A nil known tells nothing.
func (r *Registry) Watch(clientID, text string, known []string, initial bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	w, err := r.watched(text)
	if err != nil {
		return err
	}
	w.clients[clientID], w.abandoned = true, false
	if known != nil {
		r.synchronize(w, text, clientID, known, initial)
	}
	if r.isFull(w) {
		return ErrMatchesOverLimit
	}
	return nil
}

// Unwatch ends that.
func (r *Registry) Unwatch(clientID, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if w := r.watches.patterns[text]; w != nil {
		delete(w.clients, clientID)
	}
}

// unwatchAll ends all watches of a client.
func (r *Registry) unwatchAll(clientID string) {
	for _, w := range r.watches.patterns {
		delete(w.clients, clientID)
	}
}

// watched is the record of a pattern, made with its matches when it is missing.
func (r *Registry) watched(text string) (*watched, error) {
	if w := r.watches.patterns[text]; w != nil {
		return w, nil
	}
	if len(r.watches.patterns) >= r.b.Watch.MaxPatterns {
		return nil, checked(http.StatusInternalServerError, CodePatternOverLimit, "fuzzy watch pattern over limit")
	}
	w := &watched{Pattern: fuzzy.Parse(text), clients: map[string]bool{}, matches: map[string]bool{}}
	if r.watches.patterns == nil {
		r.watches.patterns = map[string]*watched{}
	}
	r.watches.patterns[text] = w
	// Where a service must be compared with what is missing, a Java server fails, the first time.
	n := w.Parts()
	if n == 0 || w.Broken() && w.Namespace() != "" && r.holdsServices(w.Namespace()) {
		return nil, unexpected("Index %d out of bounds for length %d", n, n)
	}
	r.fill(w)
	return w, nil
}

func (r *Registry) holdsServices(namespace string) bool {
	for key, s := range r.services {
		if s.exists && key.Namespace == namespace {
			return true
		}
	}
	return false
}

// fill adds the services that match and are missing, as far as the limit allows. It knows namespaces by their own names
// alone, as a real 3.0.3 does: services without one are found when they come.
func (r *Registry) fill(w *watched) {
	for key, s := range r.services {
		if r.isFull(w) {
			return
		}
		if s.exists && w.Covers(key.Namespace, key.Group, key.Name) {
			w.matches[watchKey(key)] = true
		}
	}
}

func (r *Registry) isFull(w *watched) bool { return len(w.matches) >= r.b.Watch.MaxMatches }

// serviceCame and serviceWent take note of the first publisher of a service and of the end of the last one.

func (r *Registry) serviceCame(s *service) { r.announce(s, true) }

func (r *Registry) serviceWent(s *service) { r.announce(s, false) }

// announce tells those who watch a service when that is news for any of the patterns.
func (r *Registry) announce(s *service, came bool) {
	if len(r.watches.patterns) == 0 {
		return
	}
	service := r.named(s.key)
	key := watchKey(service)
	news := false
	clients := map[string]bool{}
	for _, w := range r.watches.patterns {
		if !w.Covers(service.Namespace, service.Group, service.Name) {
			continue
		}
		full := r.isFull(w)
		switch {
		case came && !full && !w.matches[key]:
			w.matches[key], news = true, true
		case !came && w.matches[key]:
			delete(w.matches, key)
			news = true
			if full {
				r.fill(w)
			}
		}
		for id := range w.clients {
			clients[id] = true
		}
	}
	if news {
		for id := range clients {
			r.notifyChange(id, key, came)
		}
	}
}

// synchronize tells a client in batches what it does not know of a pattern.
func (r *Registry) synchronize(w *watched, text, clientID string, known []string, initial bool) {
	var news []wire.FuzzyContext
	for key := range w.matches {
		if !slices.Contains(known, key) {
			news = append(news, wire.FuzzyContext{ServiceKey: wire.Text(key), ChangedType: wire.ServiceAdded})
		}
	}
	for _, key := range slices.Compact(slices.Sorted(slices.Values(known))) {
		if !w.matches[key] && !r.isFull(w) { // a full pattern may match what it does not list
			news = append(news, wire.FuzzyContext{ServiceKey: wire.Text(key), ChangedType: wire.ServiceDeleted})
		}
	}
	slices.SortFunc(news, func(a, b wire.FuzzyContext) int { return strings.Compare(string(a.ServiceKey), string(b.ServiceKey)) })
	batches := slices.Collect(slices.Chunk(news, r.b.Watch.Batch))
	if len(batches) == 0 {
		if initial {
			r.notifyFinish(clientID, text, r.b.Watch.SyncDelay)
		}
		return
	}
	kind := wire.Text(wire.FuzzyDiff)
	if initial {
		kind = wire.FuzzyInit
	}
	left := make(map[int]bool, len(batches))
	for n := range batches {
		left[n] = true
	}
	for n, batch := range batches {
		r.notifySync(clientID, wire.NamingFuzzyWatchSyncRequest{
			SyncType: kind, GroupKeyPattern: wire.Text(text), Contexts: batch,
			TotalBatch: wire.Int(len(batches)), CurrentBatch: wire.Int(n + 1),
		}, r.b.Watch.SyncDelay, func() {
			delete(left, n)
			if initial && len(left) == 0 {
				r.notifyFinish(clientID, text, r.b.Watch.FinishDelay)
			}
		})
	}
}

// trimPatterns forgets patterns that nobody watches, at the second pass that finds them so.
func (r *Registry) trimPatterns() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for text, w := range r.watches.patterns {
		if len(w.clients) == 0 && w.abandoned {
			delete(r.watches.patterns, text)
		}
		w.abandoned = len(w.clients) == 0
	}
}
