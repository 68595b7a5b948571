package config

import (
	"slices"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

func TestImports(t *testing.T) {
	key := func(dataID string) Key { return Key{Namespace: "n", Group: "G", DataID: dataID} }
	a, b, d := key("a.yml"), key("b"), key("d")
	for _, x := range []struct {
		line    behaviour.Line
		policy  Policy
		want    Imported
		written []string // the contents of a, b and d
	}{
		{behaviour.Line14, Abort, Imported{Succeeded: 1, Failed: []Key{b}, Skipped: []Key{d}}, []string{"new", "old", ""}},
		{behaviour.Line14, Skip, Imported{Succeeded: 2, Skipped: []Key{b}}, []string{"new", "old", "new"}},
		{behaviour.Line14, Overwrite, Imported{Succeeded: 3}, []string{"new", "new", "new"}},
		{behaviour.Line25, Abort, Imported{Succeeded: 3}, []string{"new", "old", "new"}},
		{behaviour.Line25, Skip, Imported{Succeeded: 3}, []string{"new", "old", "new"}},
		{behaviour.Line25, Overwrite, Imported{Succeeded: 3}, []string{"new", "new", "new"}},
		{behaviour.Line30, Abort, Imported{Succeeded: 1, Failed: []Key{b}, Skipped: []Key{d}}, []string{"new", "old", ""}},
		{behaviour.Line30, Skip, Imported{Succeeded: 2, Skipped: []Key{b}}, []string{"new", "old", "new"}},
	} {
		onLine(t, x.line, func(t *testing.T, c *Center) {
			publish(t, c, Publication{Key: b, Content: "old"})
			all := []Publication{{Key: a, Content: "new"}, {Key: b, Content: "new"}, {Key: d, Content: "new", Type: "json"}}
			got, err := c.Import(all, x.policy)
			if err != nil || got.Succeeded != x.want.Succeeded || !slices.Equal(got.Failed, x.want.Failed) || !slices.Equal(got.Skipped, x.want.Skipped) {
				t.Errorf("%s %s: %+v, %v, want %+v", x.line, x.policy, got, err, x.want)
			}
			var written []string
			for _, k := range []Key{a, b, d} {
				row, _ := c.Detail(k)
				written = append(written, row.Content)
			}
			if !slices.Equal(written, x.written) {
				t.Errorf("%s %s: wrote %q, want %q", x.line, x.policy, written, x.written)
			}
			if row, _ := c.Detail(a); row.Type != "yaml" && c.b.GuessesTypes {
				t.Errorf("%s: the extension of %s made it %q, want yaml", x.line, a, row.Type)
			}
		})
	}
}

func TestAnImportEndsAtWhatIsRefused(t *testing.T) {
	onLine(t, behaviour.Line30, func(t *testing.T, c *Center) {
		done, err := c.Import([]Publication{
			{Key: Key{"n", "G", "a"}, Content: "x"}, {Key: Key{"n", "G", "b"}, Content: " "}, {Key: Key{"n", "G", "c"}, Content: "x"},
		}, Overwrite)
		if err == nil || err.Error() != "content is blank :  " || done.Succeeded != 1 {
			t.Errorf("imported %+v, %v; want one and a blank content", done, err)
		}
		if all := c.Configs(nil); len(all) != 1 || all[0].DataID != "a" {
			t.Errorf("there are %+v, want a alone", all)
		}
	})
}

func TestExports(t *testing.T) {
	onLine(t, behaviour.Line30, func(t *testing.T, c *Center) {
		for _, p := range []Publication{
			{Key: Key{"n", "G", "a.x"}, App: new("ap")}, {Key: Key{"n", "G", "b.x"}}, {Key: Key{"n", "H", "a.y"}}, {Key: Key{"m", "G", "a.x"}},
		} {
			p.Content = "x"
			publish(t, c, p)
		}
		third := c.Configs(nil)[2].ID
		for _, x := range []struct {
			export Export
			want   []string
		}{
			{Export{Namespace: "n"}, []string{"a.x", "b.x", "a.y"}},
			{Export{Namespace: "n", Group: "G"}, []string{"a.x", "b.x"}},
			{Export{Namespace: "n", DataID: "a*"}, []string{"a.x", "a.y"}},
			{Export{Namespace: "n", App: "ap"}, []string{"a.x"}},
			{Export{Namespace: "*"}, nil},
			{Export{IDs: map[int64]bool{third: true, 7: true}, Namespace: "m"}, []string{"a.y"}},
		} {
			var got []string
			for _, row := range c.Export(x.export) {
				got = append(got, row.DataID)
			}
			if !slices.Equal(got, x.want) {
				t.Errorf("%+v exports %q, want %q", x.export, got, x.want)
			}
		}
	})
}
