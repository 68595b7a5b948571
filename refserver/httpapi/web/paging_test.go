package web

import (
	"testing"
)

func TestPagesOfV3(t *testing.T) {
	all := []int{1, 2, 3, 4}
	for _, c := range []struct {
		no, size  int
		items     []int
		available int
		fails     bool
	}{
		{1, 3, []int{1, 2, 3}, 2, false},
		{2, 3, []int{4}, 2, false},
		{2, 2, []int{3, 4}, 3, false}, // one page more than there is
		{3, 2, nil, 3, false},
		{0, 2, []int{1, 2}, 3, false},
		{1, 0, nil, 0, true},
		{1, -1, nil, -3, true},
	} {
		page, err := PageOf(all, c.no, c.size)
		if (err != nil) != c.fails || err == nil && (len(page.Items) != len(c.items) || page.Available != c.available || page.Total != 4 || page.Number != c.no) {
			t.Errorf("page %d of %d: expected %v of %d pages (fails: %t), found %+v, %v", c.no, c.size, c.items, c.available, c.fails, page, err)
		}
	}
}
