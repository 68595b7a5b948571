package naming

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
)

// TestSwitchWritesMakeTheSameSwitches: every entry of every line is told once it was written, and what is told makes the
// same settings again.
func TestSwitchWritesMakeTheSameSwitches(t *testing.T) {
	values := map[string]string{
		"distroThreshold": "0.3", "pushVersion": "java:1.2.3", "masters": "a,b", "limitedUrlMap": "/b:503,/a:404",
		"overriddenServerStatus": "DOWN", "httpHealthParams": `{"max":6000,"min":600,"factor":0.5}`,
		"tcpHealthParams": `{"max":6000,"min":600,"factor":0.5}`, "mysqlHealthParams": `{"max":6000,"min":600,"factor":0.5}`,
	}
	for _, line := range behaviour.Lines() {
		b, err := behaviour.ForLine(line)
		if err != nil {
			t.Fatal(err)
		}
		c := clock.New(nil)
		defer c.Close()
		first, second := New(b, c), New(b, c)
		defer first.Close()
		defer second.Close()
		if found := first.SwitchWrites(); len(found) != 0 {
			t.Errorf("line %s: expected none at the start, found %v", line, found)
		}
		for entry := range first.switchEntries() {
			if entry == "batch" {
				continue
			}
			changed := false
			for _, value := range []string{values[entry], "true", "false", "77777"} {
				if changes, err := first.TrySwitch(entry, value); err == nil && changes && !changed {
					changed = true
					if err := first.SetSwitch(entry, value, false); err != nil {
						t.Error(err)
					}
				}
			}
			if told := slices.ContainsFunc(first.SwitchWrites(), func(w SwitchWrite) bool { return w.Entry == entry }); !changed || !told {
				t.Errorf("line %s: expected %s to change and to be told, found %t and %t", line, entry, changed, told)
			}
		}
		for _, w := range first.SwitchWrites() {
			if err := second.SetSwitch(w.Entry, w.Value, false); err != nil {
				t.Errorf("line %s: %s=%s: %v", line, w.Entry, w.Value, err)
			}
			if changes, err := second.TrySwitch(w.Entry, w.Value); changes || err != nil {
				t.Errorf("line %s: expected %s=%s to stand, found %t, %v", line, w.Entry, w.Value, changes, err)
			}
		}
		if a, b := first.Switches(), second.Switches(); !reflect.DeepEqual(a, b) {
			t.Errorf("line %s: expected\n%+v\nfound\n%+v", line, a, b)
		}
		if _, err := first.TrySwitch("none", "1"); err == nil || !strings.Contains(err.Error(), `found "none"`) {
			t.Errorf("expected the unknown entry to be refused, found %v", err)
		}
	}
}
