package java

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"unicode/utf8"
)

// ZipFile is a file of an archive.
type ZipFile struct {
	Name    string
	Content []byte
}

// ErrTooBig refuses an archive that holds more than there is room for.
var ErrTooBig = errors.New("the archive holds more than there is room for")

// Unzip reads the files of an archive from its beginning, whatever its directory says, as long as they can be read: what
// comes after a file that is encrypted, damaged or cut off is not looked at. Directories are left out. The error is
// ErrTooBig or ErrMalformedName.
// Source: java.util.zip.ZipInputStream of OpenJDK 17; nacos 2.5.1
// config/src/main/java/com/alibaba/nacos/config/server/utils/ZipUtils.java; measured 2.5.1.
func Unzip(data []byte, room int64) (files []ZipFile, err error) {
	z := &zipStream{data}
	for {
		e, err := z.next()
		if err != nil {
			return files, refusal(err)
		}
		content, err := z.read(e, room)
		isFile := !strings.HasSuffix(e.name, "/")
		switch {
		case errors.Is(err, errCRC) && e.method == zipStored && isFile:
			continue // the end of the file is known all the same
		case err != nil:
			return files, refusal(err)
		case isFile:
			room -= int64(len(content))
			files = append(files, ZipFile{e.name, content})
		}
	}
}

// ErrMalformedName refuses an archive with a name that is no text. The error says where in the name.
var ErrMalformedName = errors.New("malformed input")

var (
	errEnd = errors.New("no further file can be read")
	errCRC = errors.New("invalid entry CRC")
)

// refusal is an error that refuses an archive as a whole, nil for one that ends it.
func refusal(err error) error {
	if errors.Is(err, ErrMalformedName) || errors.Is(err, ErrTooBig) {
		return err
	}
	return nil
}

// What stands in front of a file and, where a flag says so, behind it. Numbers are little-endian.
const (
	zipHeader     = 30 // signature, flags (at 6), method (8), sum (14), packed size (18), size (22), lengths of name (26) and extra (28)
	zipDescriptor = 16 // signature or nothing, sum, packed size, size
	zipMark       = "PK\x03\x04"
	zipMarkBehind = "PK\x07\x08"

	zipStored, zipDeflated = 0, 8

	zipEncrypted, zipBehind = 1, 8
)

// zipEntry is what an archive says of a file before its content.
type zipEntry struct {
	name          string
	flags, method uint16
	zipSums
}

type zipSums struct {
	crc          uint32
	packed, size uint64
}

func readSums(b []byte) zipSums {
	return zipSums{binary.LittleEndian.Uint32(b), uint64(binary.LittleEndian.Uint32(b[4:])), uint64(binary.LittleEndian.Uint32(b[8:]))}
}

// zipStream is an archive from where it is read next.
type zipStream struct{ data []byte }

// take are the next n bytes.
func (z *zipStream) take(n int) ([]byte, error) {
	if n > len(z.data) {
		return nil, errEnd
	}
	taken := z.data[:n]
	z.data = z.data[n:]
	return taken, nil
}

func (z *zipStream) next() (e zipEntry, err error) {
	h, err := z.take(zipHeader)
	if err != nil || string(h[:4]) != zipMark {
		return e, errEnd
	}
	e.flags, e.method, e.zipSums = binary.LittleEndian.Uint16(h[6:]), binary.LittleEndian.Uint16(h[8:]), readSums(h[14:])
	name, err := z.take(int(binary.LittleEndian.Uint16(h[26:])))
	if err != nil {
		return e, err
	}
	e.name = string(name)
	for at, r := range e.name {
		if _, size := utf8.DecodeRuneInString(e.name[at:]); r == utf8.RuneError && size == 1 {
			return e, fmt.Errorf("%w off : %d, length : %d", ErrMalformedName, at, malformed(e.name[at:]))
		}
	}
	if e.flags&zipEncrypted != 0 || e.flags&zipBehind != 0 && e.method != zipDeflated {
		return e, errEnd
	}
	extra, err := z.take(int(binary.LittleEndian.Uint16(h[28:])))
	if e.packed == 1<<32-1 && e.size == 1<<32-1 {
		e.readZip64(extra)
	}
	return e, err
}

// readZip64 finds the sizes of a file that may be bigger than 32 bits can tell.
func (e *zipEntry) readZip64(extra []byte) {
	for len(extra) > 4 {
		tag, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return
		}
		if tag == 1 && size >= 16 {
			e.size, e.packed = binary.LittleEndian.Uint64(extra), binary.LittleEndian.Uint64(extra[8:])
		}
		extra = extra[size:]
	}
}

// read is the content of a file, when it is as the archive says.
func (z *zipStream) read(e zipEntry, room int64) ([]byte, error) {
	switch e.method {
	case zipStored:
		if e.size > uint64(len(z.data)) {
			return nil, errEnd
		}
		content, err := z.take(int(e.size))
		switch {
		case int64(len(content)) > room:
			return nil, ErrTooBig
		case len(content) > 0 && crc32.ChecksumIEEE(content) != e.crc:
			return nil, errCRC
		}
		return content, err
	case zipDeflated:
		return z.inflate(e, room)
	}
	return nil, errEnd
}

func (z *zipStream) inflate(e zipEntry, room int64) ([]byte, error) {
	from := bytes.NewReader(z.data)
	unpacked := flate.NewReader(from)
	content, err := io.ReadAll(io.LimitReader(unpacked, room+1))
	switch {
	case err != nil:
		return nil, errEnd
	case int64(len(content)) > room:
		return nil, ErrTooBig
	}
	packed := len(z.data) - from.Len()
	z.data = z.data[packed:]
	if e.flags&zipBehind != 0 {
		if len(z.data) < zipDescriptor {
			return nil, errEnd
		}
		if bytes.HasPrefix(z.data, []byte(zipMarkBehind)) {
			z.data = z.data[len(zipMarkBehind):]
		}
		e.zipSums = readSums(z.data)
		z.data = z.data[zipDescriptor-len(zipMarkBehind):]
	}
	if (zipSums{crc32.ChecksumIEEE(content), uint64(packed), uint64(len(content))}) != e.zipSums {
		return nil, errEnd
	}
	return content, nil
}
