package httpapi

import (
	"errors"
	"slices"
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

// FuzzUnzip feeds the reader of archives: what it reads can be written and read again.
func FuzzUnzip(f *testing.F) {
	good, err := archive{files: []archived{{"G/a", "x"}, {"../../etc/passwd", "y"}, {newDescription, "metadata: []\n"}}}.zipped()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := unzip(data)
		if err != nil {
			return
		}
		again, err := archive{files: all.files}.zipped()
		if err != nil {
			return // a name that cannot be written
		}
		if back, err := unzip(again); err != nil || back.description == nil && !slices.Equal(back.files, all.files) {
			t.Errorf("%q became %q, %v", all.files, back.files, err)
		}
	})
}
