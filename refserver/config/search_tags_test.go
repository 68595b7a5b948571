package config

import (
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// TestPatternsOfSearches: which parts of a search may be patterns differs by line and kind.
func TestPatternsOfSearches(t *testing.T) {
	for _, x := range []struct {
		line   behaviour.Line
		search Search
		want   int
	}{
		{behaviour.Line25, Search{Blur: true, Tags: []string{"t*"}}, 0},
		{behaviour.Line25, Search{Blur: true, Tags: []string{"t1"}}, 1},
		{behaviour.Line30, Search{Blur: true, Tags: []string{"t*"}}, 2}, // once for each tag
		{behaviour.Line30, Search{Tags: []string{"t*"}}, 0},
		{behaviour.Line25, Search{Content: "needle%"}, 1},
		{behaviour.Line25, Search{Content: "needle*"}, 0},
		{behaviour.Line25, Search{Blur: true, Content: "needle*"}, 1},
		{behaviour.Line25, Search{Blur: true, Content: "needle"}, 0},
	} {
		onLine(t, x.line, func(t *testing.T, c *Center) {
			publish(t, c, Publication{Key: key, Content: "needle one", Tags: new("t1,t2")})
			x.search.PageNo, x.search.PageSize = 1, 10
			if page, err := c.Search(x.search); err != nil || page.Total != x.want {
				t.Errorf("%s: %+v finds %d, %v; want %d", x.line, x.search, page.Total, err, x.want)
			}
		})
	}
}
