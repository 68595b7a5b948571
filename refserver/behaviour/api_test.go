package behaviour

import (
	"strings"
	"testing"
)

func TestOpeningOlderRoutes(t *testing.T) {
	api := line30().API
	for _, c := range []struct {
		kinds                  []string
		client, admin, console bool
	}{
		{nil, false, false, false},
		{[]string{"client"}, true, false, false},
		{[]string{"console", "admin"}, false, true, true},
	} {
		opened, err := api.Opening(c.kinds...)
		if err != nil || opened.OpensClient != c.client || opened.OpensAdmin != c.admin || opened.OpensConsole != c.console || opened.OpensInner {
			t.Errorf("opening %q: found %+v, %v", c.kinds, opened, err)
		}
	}
	if _, err := api.Opening("inner"); err == nil || !strings.Contains(err.Error(), `"inner"`) {
		t.Errorf("an unknown kind must be named, found %v", err)
	}
	if _, err := line25().API.Opening("client"); err == nil || !strings.Contains(err.Error(), "serves all") {
		t.Errorf("a line without closed routes must be refused, found %v", err)
	}
}
