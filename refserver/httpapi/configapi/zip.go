package configapi

import (
	"archive/zip"
	"io"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// archive is what an export writes and an import reads: files called group/dataId, and one that describes them.
type archive struct {
	files []archived
	// description is that of the file that describes the others, nil for none.
	description *string
	// older says that the description is in the older shape.
	older bool
}

type archived struct{ name, content string }

// Names of the file that describes the others: in the older and in the newer shape.
const (
	oldDescription = ".meta.yml"
	newDescription = ".metadata.yml"
)

// maxUnpacked bounds what an archive holds, in bytes: more is no configuration that anybody keeps in one.
const maxUnpacked = 64 << 20

// unzip reads an archive. Bytes that are none are an empty one, as to real servers.
func unzip(data []byte) (all archive, err error) {
	files, err := java.Unzip(data, maxUnpacked)
	for _, f := range files {
		text := java.UTF8(string(f.Content))
		if all.description == nil && (f.Name == oldDescription || f.Name == newDescription) {
			all.description, all.older = &text, f.Name == oldDescription
			continue
		}
		all.files = append(all.files, archived{f.Name, text})
	}
	return all, err
}

// zipped is an archive as bytes.
func (a archive) zipped() ([]byte, error) {
	var out strings.Builder
	w := zip.NewWriter(&out)
	for _, f := range a.files {
		file, err := w.Create(f.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(file, f.content); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return []byte(out.String()), nil
}

// described is a configuration as the newer description has it. The order is that of the names.
type described struct {
	App    string  `yaml:"appName"`
	DataID string  `yaml:"dataId"`
	Desc   *string `yaml:"desc,omitempty"`
	Group  string  `yaml:"group"`
	Type   string  `yaml:"type,omitempty"`
}

// description is the newer description of configurations.
type description struct {
	Items []described `yaml:"metadata"`
}

// exported are configurations with their newer description.
func exported(rows []config.Config) (archive, error) {
	var all archive
	d := description{Items: []described{}}
	for _, row := range rows {
		d.Items = append(d.Items, described{row.App, row.DataID, row.Desc, row.Group, row.Type})
		all.files = append(all.files, archived{row.Group + "/" + row.DataID, row.Content})
	}
	text, err := yaml.MarshalWithOptions(d, yaml.UseSingleQuote(true))
	if err != nil {
		return all, err
	}
	all.files = append(all.files, archived{newDescription, string(text)})
	return all, nil
}
