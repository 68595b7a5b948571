package configapi

import (
	"strings"
	"testing"
)

// TestDescriptions: which ones a real 2.5.1 reads, and what it reads in them.
func TestDescriptions(t *testing.T) {
	const item = "- dataId: d\n  group: G\n  type: text\n"
	level := "[" + strings.TrimSuffix(strings.Repeat("*x,", 9), ",") + "]\n"
	for name, c := range map[string]struct{ text, want string }{
		"usual":            {"metadata:\n" + item, "d"},
		"CRLF":             {strings.ReplaceAll("metadata:\n"+item, "\n", "\r\n"), "d"},
		"flow":             {`metadata: [{"dataId":"d","group":"G","type":"text","other":"x"}]`, "d"},
		"number":           {"metadata:\n- dataId: 1\n  group: G\n  type: text\n", "1"},
		"twice":            {"metadata:\n- dataId: x\n  dataId: d\n  group: G\n  type: text\n", "d"},
		"alias":            {"metadata:\n- &a\n  dataId: d\n  group: G\n  type: text\n- *a\n", "d d"},
		"other name":       {"items:\n" + item, "d"},
		"nothing":          {"", ""},
		"empty list":       {"metadata: []", ""},
		"other name first": {"foo: 1\nmetadata:\n" + item, "error"},
		"list":             {"- a", "error"},
		"scalar":           {"hello", "error"},
		"null":             {"metadata: null", "error"},
		"no YAML":          {"metadata: [", "error"},
		"tab":              {"metadata:\n\t- dataId: d\n", "error"},
		"two documents":    {"metadata:\n" + item + "---\nmetadata:\n" + item, "error"},
		"object of a type": {`!!java.net.URL ["http://x"]`, "error"},
		"bomb":             {"x: &x [a]\n" + strings.Repeat("y: &x "+level, 6) + "metadata: [*x]\n", "error"},
	} {
		d, err := readDescription(c.text)
		var ids []string
		for _, i := range d.Items {
			ids = append(ids, i.DataID)
		}
		if got := strings.Join(ids, " "); c.want == "error" && err == nil || c.want != "error" && (err != nil || got != c.want) {
			t.Errorf("%s: expected %q, found %q (%v)", name, c.want, got, err)
		}
	}
}
