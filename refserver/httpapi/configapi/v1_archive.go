package configapi

import (
	"errors"
	"regexp"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// errMetadata refuses a file that describes nothing or in a way that cannot be read.
var errMetadata = errors.New("the metadata of the archive is illegal")

// publications are what an archive publishes over v1, where the description may be of either shape or missing.
func (a archive) publications() (all []config.Publication, strange []strangeMember, err error) {
	if a.description != nil && !a.older {
		d, err := readDescription(*a.description)
		switch {
		case err != nil:
			return nil, nil, web.Unexpected(err.Error())
		case !d.complete():
			return nil, nil, errMetadata
		}
		all, strange = a.match(d, consoleWords)
		return all, strange, nil
	}
	apps, err := a.apps()
	if err != nil {
		return nil, nil, err
	}
	for _, f := range a.files {
		parts := java.Split(f.name, "/")
		if len(parts) != 2 {
			strange = append(strange, strangeMember{f.name})
			continue
		}
		p := config.Publication{Key: config.Key{Group: parts[0], DataID: parts[1]}, Content: f.content}
		if app, known := apps[metaName(p.Group, p.DataID)]; known {
			p.App = &app
		}
		all = append(all, p)
	}
	return all, strange, nil
}

// metaName is how the older description names a configuration.
func metaName(group, dataID string) string {
	if dot := strings.LastIndexByte(dataID, '.'); dot >= 0 {
		dataID = dataID[:dot] + "~" + dataID[dot+1:]
	}
	return group + "." + dataID + ".app"
}

var lineEnds = regexp.MustCompile(`[\r\n]+|\|`)

// apps are the applications that the older description names.
func (a archive) apps() (map[string]string, error) {
	apps := map[string]string{}
	if a.description == nil {
		return apps, nil
	}
	lines := lineEnds.Split(*a.description, -1)
	for len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if len(lines) == 1 && lines[0] == "" && *a.description != "" {
		lines = nil
	}
	for _, line := range lines {
		parts := java.Split(line, "=")
		if len(parts) != 2 {
			return nil, errMetadata
		}
		apps[parts[0]] = parts[1]
	}
	return apps, nil
}

// metaText names the applications of configurations in the older format.
func metaText(rows []config.Config) string {
	var b strings.Builder
	for _, row := range rows {
		if !web.Blank(row.App) {
			b.WriteString(metaName(row.Group, row.DataID) + "=" + row.App + "\r\n")
		}
	}
	return b.String()
}

// metadataText describes configurations in the newer format.
func metadataText(rows []config.Config) string {
	if len(rows) == 0 {
		return "metadata: []\n"
	}
	var b strings.Builder
	b.WriteString("metadata:\n")
	for _, row := range rows {
		b.WriteString("- appName: " + scalar(row.App) + "\n  dataId: " + scalar(row.DataID) + "\n")
		if row.Desc != nil {
			b.WriteString("  desc: " + scalar(*row.Desc) + "\n")
		}
		b.WriteString("  group: " + scalar(row.Group) + "\n")
		if row.Type != "" {
			b.WriteString("  type: " + scalar(row.Type) + "\n")
		}
	}
	return b.String()
}

var (
	plainScalar  = regexp.MustCompile(`^[^\s\-?:,\[\]{}#&*!|>'"%@` + "`" + `][^\x00-\x1f:#]*$`)
	otherScalars = regexp.MustCompile(`^(?i:~|null|true|false|yes|no|on|off|=|<<|[-+.]?[0-9][0-9_.,:xabcdefot+-]*|[-+]?\.(?:inf|nan))$`)
	unprintable  = regexp.MustCompile(`[\x00-\x1f]`)
)

// scalar is a text in YAML, quoted where it would be something else without.
func scalar(text string) string {
	switch {
	case unprintable.MatchString(text):
		return string(web.Encode(text))
	case plainScalar.MatchString(text) && !otherScalars.MatchString(text) && !strings.HasSuffix(text, " "):
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
