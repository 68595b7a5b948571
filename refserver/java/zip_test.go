package java

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

// pack is an archive of files with the contents 1111, 2222 and so on, ten times each. Streamed ones tell the sizes behind the content.
func pack(t testing.TB, method uint16, streamed bool, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for n, name := range names {
		content := []byte(strings.Repeat(strings.Repeat(string(rune('1'+n)), 4), 10))
		header := &zip.FileHeader{Name: name, Method: method}
		if streamed {
			file, err := w.CreateHeader(header)
			if err == nil && !strings.HasSuffix(name, "/") {
				_, err = file.Write(content)
			}
			if err != nil {
				t.Fatal(err)
			}
			continue
		}
		packed, sum := content, sums(t, content)
		if method == zip.Deflate {
			packed = deflated(t, content)
		}
		header.CRC32, header.UncompressedSize64, header.CompressedSize64 = sum, uint64(len(content)), uint64(len(packed))
		file, err := w.CreateRaw(header)
		if err == nil {
			_, err = file.Write(packed)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// deflated is a content packed, sums its checksum, as the library makes them.
func deflated(t testing.TB, content []byte) []byte {
	packed, _ := one(t, content)
	return packed
}

func sums(t testing.TB, content []byte) uint32 {
	_, sum := one(t, content)
	return sum
}

func one(t testing.TB, content []byte) (packed []byte, sum uint32) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	file, err := w.Create("x")
	if err == nil {
		_, err = file.Write(content)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	at, err := r.File[0].DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()[at:][:r.File[0].CompressedSize64], r.File[0].CRC32
}

// TestUnzipReadsWhatJavaReads: the same damages, sent to a real 2.5.1, imported as many files.
func TestUnzipReadsWhatJavaReads(t *testing.T) {
	packed, stored := pack(t, zip.Deflate, false, "G/a", "G/b", "G/c"), pack(t, zip.Store, false, "G/a", "G/b", "G/c")
	second := bytes.Index(packed, []byte("G/b")) - zipHeader
	change := func(data []byte, at int, to ...byte) []byte {
		data = bytes.Clone(data)
		copy(data[at:], to)
		return data
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"whole":                           {packed, "abc"},
		"stored":                          {stored, "abc"},
		"sizes behind":                    {pack(t, zip.Deflate, true, "G/a", "G/b"), "ab"},
		"sizes behind without mark":       {bytes.ReplaceAll(pack(t, zip.Deflate, true, "G/a", "G/b"), []byte(zipMarkBehind), nil), "ab"},
		"sizes behind what is not packed": {pack(t, zip.Store, true, "G/a"), ""},
		"directories":                     {pack(t, zip.Deflate, true, "G/", "G/a", "H/"), "b"},
		"nothing":                         {nil, ""},
		"no archive":                      {[]byte("hello world, this is no archive at all"), ""},
		"something in front":              {append([]byte("x"), packed...), ""},
		"something behind":                {append(bytes.Clone(packed), "x"...), "abc"},
		"cut in the directory":            {packed[:len(packed)-30], "abc"},
		"cut in a header":                 {packed[:second+20], "a"},
		"cut in a name":                   {packed[:second+zipHeader+1], "a"},
		"cut in a content":                {packed[:second+zipHeader+5], "a"},
		"encrypted":                       {change(packed, second+6, 1), "a"},
		"packed in another way":           {change(packed, second+8, 12), "a"},
		"wrong sum":                       {change(packed, second+14, 0, 0, 0, 0), "a"},
		"wrong size":                      {change(packed, second+22, 9), "a"},
		"wrong sum of a stored one":       {bytes.Replace(stored, []byte("2222"), []byte("3333"), 1), "ac"},
		"stored one that is too big":      {change(stored, bytes.Index(stored, []byte("G/b"))-zipHeader+22, 0xff, 0xff), "a"},
		"content that is not packed":      {change(packed, second+zipHeader+3, 0xff, 0xff, 0xff), "a"},
	} {
		files, err := Unzip(c.data, 1000)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got strings.Builder
		for _, f := range files {
			got.WriteByte("abc"[f.Content[0]-'1'])
			if len(f.Content) != 40 {
				t.Errorf("%s: %s has %d bytes", name, f.Name, len(f.Content))
			}
		}
		if got.String() != c.want {
			t.Errorf("%s: expected the files %q, found %q", name, c.want, got.String())
		}
	}
}

func TestUnzipOfBigSizes(t *testing.T) {
	content := strings.Repeat("1", 40)
	header := make([]byte, zipHeader)
	copy(header, zipMark)
	binary.LittleEndian.PutUint32(header[14:], sums(t, []byte(content)))
	binary.LittleEndian.PutUint64(header[18:], 1<<64-1) // see the extra field
	header[26], header[28] = 1, 20
	extra := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64([]byte{1, 0, 16, 0}, 40), 40)
	data := string(header) + "x" + string(extra) + content
	if files, err := Unzip([]byte(data), 100); err != nil || len(files) != 1 || string(files[0].Content) != content {
		t.Errorf("expected one file, found %q, %v", files, err)
	}
}

func TestUnzipRefuses(t *testing.T) {
	two := pack(t, zip.Deflate, true, "G/a", "G/b")
	if files, err := Unzip(two, 80); err != nil || len(files) != 2 {
		t.Errorf("expected both files, which fit, found %d, %v", len(files), err)
	}
	for _, data := range [][]byte{two, pack(t, zip.Store, false, "G/a", "G/b")} {
		if _, err := Unzip(data, 79); !errors.Is(err, ErrTooBig) {
			t.Errorf("expected an archive that holds too much to be refused, found %v", err)
		}
	}
	_, err := Unzip(pack(t, zip.Deflate, true, "G/a", "G/xx\xff\xfe"), 1000)
	if !errors.Is(err, ErrMalformedName) || err.Error() != "malformed input off : 4, length : 1" {
		t.Errorf("expected the name to be refused, found %v", err)
	}
}

func FuzzUnzip(f *testing.F) {
	f.Add(pack(f, zip.Deflate, false, "G/a", "G/b"))
	f.Add(pack(f, zip.Store, false, "G/a", "\xff"))
	f.Add(pack(f, zip.Deflate, true, "G/a", "G/b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, _ := Unzip(data, 1<<20)
		total := 0
		for _, file := range files {
			total += len(file.Content)
		}
		if total > 1<<20 {
			t.Errorf("%d bytes were read", total)
		}
	})
}
