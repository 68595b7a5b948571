package coreapi

import (
	"strings"
	"testing"
)

func TestRandomIDsAreUUIDs(t *testing.T) {
	one, other := randomID(), randomID()
	if one == other || len(one) != 36 || one[14] != '4' || strings.Count(one, "-") != 4 {
		t.Errorf("expected two random UUIDs, found %s and %s", one, other)
	}
}
