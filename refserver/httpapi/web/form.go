package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Limits of what is read of a request. Real servers of all lines have those of Tomcat, which they ship.
const (
	// MaxForm bounds the form of a POST; parameters in a larger one are ignored. Source: Tomcat maxPostSize; measured
	// 1.4.8, 2.5.1, 3.0.3.
	MaxForm = 2 << 20
	// maxFilteredForm bounds the forms of other methods, which a filter of the framework reads. Parameters in a larger one
	// are ignored. Real servers read them to their end: 11 MiB measured on 1.4.8, 2.5.1 and 3.0.3.
	maxFilteredForm = 32 << 20
	// maxParams is how many parameters of a query and of the form of a POST count, the first ones. Source: Tomcat
	// maxParameterCount; measured 2.5.1, 3.0.3.
	maxParams = 10_000
)

// readParams reads the parameters of the query and of a form. It fails when a form of another method than POST has an
// escape that cannot be decoded, and when a body is no sequence of chunks though it says so.
func (c *Call) readParams() error {
	r := c.Request
	form := form{first: Params{}, left: maxParams}
	defer func() { c.Params, c.repeated, c.File = form.first, form.repeated, form.file }()
	form.add(r.URL.RawQuery)
	if r.Body == nil || r.Body == http.NoBody || !c.B.HTTP.ReadsForms {
		return nil
	}
	withPost := c.B.HTTP.ReadsPostForms || !strings.HasPrefix(c.Path+"/", "/v1/ns/")
	kind, parameters, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case kind == "multipart/form-data":
		c.upload = form.addParts(r, parameters["boundary"], withPost || r.Method != http.MethodPost)
	case kind != "application/x-www-form-urlencoded":
	case r.Method == http.MethodPost && withPost:
		text, err := formText(r, MaxForm)
		form.add(text)
		return err
	case r.Method == http.MethodPut, r.Method == http.MethodPatch, r.Method == http.MethodDelete:
		text, err := formText(r, maxFilteredForm)
		if err != nil {
			return err
		}
		form.left = len(text)
		if strings.EqualFold(parameters["charset"], "iso-8859-1") {
			return form.addFiltered(text, fromLatin1)
		}
		return form.addFiltered(text, toUTF8)
	}
	return nil
}

// errUnreadBody is the error of a body that is no sequence of chunks, or that its client does not send.
var errUnreadBody = errors.New("Invalid chunk header") // in the words of Tomcat

// smallForm is the size up to which a form gets its memory when its client says how long it will be.
const smallForm = 64 << 10

// formText is a form of at most so many bytes, or nothing.
func formText(r *http.Request, most int64) (text string, err error) {
	if size := r.ContentLength; size > 0 && size <= smallForm && size <= most {
		whole := make([]byte, size)
		_, err = io.ReadFull(r.Body, whole)
		text = string(whole)
	} else {
		var some []byte
		some, err = io.ReadAll(io.LimitReader(r.Body, most+1))
		text = string(some)
	}
	switch {
	case err != nil:
		return "", errUnreadBody
	case int64(len(text)) > most:
		return "", nil
	}
	return text, nil
}

// form collects parameters, at most left.
type form struct {
	// file is the first part that is called file and is one, nil for none.
	file     []byte
	first    Params
	repeated map[string][]string
	left     int
}

// add takes in encoded pairs. A pair that cannot be decoded is dropped.
func (f *form) add(encoded string) {
	for pair := range strings.SplitSeq(encoded, "&") {
		if pair == "" {
			continue
		}
		if f.left--; f.left < 0 {
			return
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil || name == "" {
			continue
		}
		if value, err = url.QueryUnescape(value); err == nil {
			f.put(name, toUTF8(value))
		}
	}
}

// addFiltered takes in encoded pairs, or fails for an escape that cannot be decoded.
func (f *form) addFiltered(encoded string, decode func(string) string) error {
	for pair := range strings.SplitSeq(encoded, "&") {
		name, value, _ := strings.Cut(pair, "=")
		for _, part := range []*string{&name, &value} {
			if bad := BadEscape(*part); bad != "" {
				return errors.New(bad)
			}
			text, _ := url.QueryUnescape(*part) // all escapes are good
			*part = decode(text)
		}
		if name != "" {
			f.put(name, value)
		}
	}
	return nil
}

func (f *form) put(name, value string) {
	first, taken := f.first[name]
	if !taken {
		f.first[name] = value
		return
	}
	if f.repeated == nil {
		f.repeated = map[string][]string{}
	}
	if f.repeated[name] == nil {
		f.repeated[name] = []string{first}
	}
	f.repeated[name] = append(f.repeated[name], value)
}

func toUTF8(text string) string { return java.UTF8(text) }

func fromLatin1(text string) string {
	runes := make([]rune, 0, len(text))
	for _, b := range []byte(text) {
		runes = append(runes, rune(b))
	}
	return string(runes)
}

// converted are the parameters of forms and methods that are no text: of several values, the first counts.
var converted = map[string]bool{
	"port": true, "weight": true, "healthy": true, "enabled": true, "ephemeral": true, "healthyOnly": true, "heartBeat": true,
	"pageNo": true, "pageSize": true, "protectThreshold": true, "checkPort": true, "useInstancePort4Check": true, "udpPort": true,
	"hasIpCount": true, "withInstances": true, "ignoreEmptyService": true, "aggregation": true, "debug": true, "count": true, "app": true,
}

// First is the first value of a parameter, also where all of them have been joined.
func (c *Call) First(name string) string {
	if all := c.repeated[name]; len(all) > 0 {
		return all[0]
	}
	return c.Params[name]
}

// joinRepeated gives the newer routes, and those that say so, all values of texts that were given more than once.
func (c *Call) joinRepeated() {
	if !c.B.Framework.JoinsRepeated || !c.Route.Enveloped && !c.Route.Joins {
		return
	}
	for name, all := range c.repeated {
		if !converted[name] {
			c.Params[name] = strings.Join(all, ",")
		}
	}
}

// BadEscape says, as Java does, what is wrong with the first escape that cannot be decoded; it is empty when all can.
func BadEscape(text string) string {
	for {
		_, rest, found := strings.Cut(text, "%")
		switch {
		case !found:
			return ""
		case len(rest) < 2:
			return "URLDecoder: Incomplete trailing escape (%) pattern"
		}
		if i := strings.IndexFunc(rest[:2], notHex); i >= 0 {
			return `URLDecoder: Illegal hex characters in escape (%) pattern - Error at index ` + strconv.Itoa(i) + ` in: "` + rest[:2] + `"`
		}
		text = rest[2:]
	}
}

func notHex(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }
