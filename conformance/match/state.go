package match

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// state is what one answer says of a subject: an instance by its address, or a service by its name.
type state string

const (
	unknown   state = "unknown"   // the answer does not tell
	absent    state = "absent"    // the answer lists others or none
	listed    state = "listed"    // a service that is named
	healthy   state = "healthy"   // an instance that is listed as healthy
	unhealthy state = "unhealthy" // an instance that is listed as unhealthy
)

func (s state) present() bool { return s == listed || s == healthy || s == unhealthy }

// stateOf reads the state of the subject from any of the answers that show it: views, statuses, detail, service names.
func stateOf(a Answer, subject string) state {
	content := a.content()
	if names, ok := namesIn(content); ok {
		if slices.Contains(names, subject) {
			return listed
		}
		return absent
	}
	if hosts, ok := hostsIn(content); ok {
		i := slices.IndexFunc(hosts, func(h Host) bool { return h.Address == subject })
		switch {
		case i < 0:
			return absent
		case hosts[i].Healthy:
			return healthy
		}
		return unhealthy
	}
	if ips, ok := content["ips"].([]any); ok {
		return statusOf(ips, subject)
	}
	return detailOf(a.Status, content, subject)
}

// statusOf reads the "ip:port_true" entries of the statuses answer.
func statusOf(ips []any, subject string) state {
	for _, item := range ips {
		text, _ := item.(string)
		if address, health, ok := strings.Cut(text, "_"); ok && address == subject {
			if health == "true" {
				return healthy
			}
			return unhealthy
		}
	}
	return absent
}

// detailOf reads the answer about one instance; 404 says that there is none.
func detailOf(status int, content map[string]any, subject string) state {
	if status == http.StatusNotFound {
		return absent
	}
	health, ok := content["healthy"].(bool)
	if !ok || readHost(content).Address != subject {
		return unknown
	}
	if health {
		return healthy
	}
	return unhealthy
}

// subject is the value of the fact, as text.
func subject(h engine.History, fact string) (string, bool) {
	e, ok := h.Kind(reports.KindFact).Named(fact).First()
	if !ok {
		return "", false
	}
	var text string
	if json.Unmarshal(e.Data, &text) != nil {
		return "", false
	}
	return text, true
}

// Fact is the text that the story recorded under the name, empty when it did not.
func Fact(h engine.History, name string) string {
	text, _ := subject(h, name)
	return text
}
