package namingapi

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// metadata is a parsed metadata parameter.
type metadata struct {
	values map[string]string
	// nulls are the names whose value is null, which some writes cannot store.
	nulls []string
	// absent says that the metadata itself was null, over which writes of operational metadata stumble.
	absent bool
}

// readMetadata is what became of a text.
type readMetadata struct {
	text     string
	metadata metadata
	err      error
}

// parseMetadata reads metadata as the line does. What it gives must not be changed.
func (c call) parseMetadata(text string) (metadata, error) {
	read, _ := c.Kept.(*readMetadata)
	if read == nil || read.text != text {
		m, err := c.lineMetadata(text)
		read = &readMetadata{text, m, err}
		c.Kept = read
	}
	return read.metadata, read.err
}

func (c call) lineMetadata(text string) (metadata, error) {
	m, err := parseMetadata(text)
	if err == nil && !c.B.Metadata.TakesPairs && !web.Blank(text) && !strings.HasPrefix(strings.TrimSpace(text), "{") {
		err = malformed(text)
	}
	if c.B.Registration.LowersKeys {
		for k, v := range m.values {
			delete(m.values, k)
			m.values[strings.ToLower(k)] = v
		}
	}
	if err != nil && !c.B.Metadata.RefusesMalformed {
		return metadata{values: map[string]string{}}, nil
	}
	return m, err
}

func malformed(text string) error {
	return &naming.Error{
		Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeInstanceMetadata,
		Message: "metadata format incorrect:" + text,
	}
}

// parseMetadata reads a JSON object of scalars, or key=value pairs separated by commas. Blank text is empty metadata.
func parseMetadata(text string) (metadata, error) {
	if web.Blank(text) {
		return metadata{values: map[string]string{}}, nil
	}
	if first := strings.TrimSpace(text)[0]; first == '{' || first == 'n' {
		switch members, nulls, err := wire.Texts([]byte(text)); {
		case err == nil && members == nil:
			return metadata{values: map[string]string{}, absent: true}, nil
		case err == nil:
			return metadata{values: members, nulls: nulls}, nil
		}
	}
	m := metadata{values: map[string]string{}}
	pairs := strings.TrimRight(text, ",")
	if pairs == "" {
		return m, nil
	}
	for pair := range strings.SplitSeq(pairs, ",") {
		key, value, ok := strings.Cut(pair, "=")
		if value = strings.TrimRight(value, "="); !ok || value == "" || strings.Contains(value, "=") {
			return metadata{}, malformed(text)
		}
		m.values[key] = value
	}
	return m, nil
}

// stumble is the error of reading entries of metadata that is null.
func stumble() error {
	return web.Unexpected(`Cannot invoke "java.util.Map.size()" because "m" is null`)
}

// target names an instance in a batch of metadata changes.
type target struct {
	IP          *wire.Text `json:"ip"`
	Port        wire.Int   `json:"port"`
	Ephemeral   *wire.Bool `json:"ephemeral"`
	ClusterName *wire.Text `json:"clusterName"`
}

// parseTargets reads a JSON list of instances; it is nil for null, as its members may be.
func parseTargets(text string) (targets []*target, err error) {
	err = json.NewDecoder(strings.NewReader(text)).Decode(&targets)
	return targets, err
}

func (t *target) ip() string      { return textOf(t.IP) }
func (t *target) cluster() string { return textOf(t.ClusterName) }

func textOf(t *wire.Text) string {
	if t == nil {
		return ""
	}
	return string(*t)
}
