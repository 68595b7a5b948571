package httpapi

import (
	"errors"
	"strings"
	"testing"
)

// TestArchivesThatHoldTooMuch: a bomb is refused before it takes the memory.
func TestArchivesThatHoldTooMuch(t *testing.T) {
	data, err := archive{files: []archived{{"G/a", strings.Repeat("0", 700)}, {"G/b", strings.Repeat("0", 700)}}}.zipped()
	if err != nil {
		t.Fatal(err)
	}
	if all, err := unpack(data, 1400); err != nil || len(all.files) != 2 {
		t.Errorf("unpacked %d files, %v; want both, which fit", len(all.files), err)
	}
	if all, err := unpack(data, 1399); !errors.Is(err, errTooBig) {
		t.Errorf("unpacked %d files, %v; want a refusal", len(all.files), err)
	}
}
