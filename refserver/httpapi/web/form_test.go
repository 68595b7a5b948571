package web

import (
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// FuzzForm reads parameters from query and body under any type: what is read is text, and what is refused has a reason.
func FuzzForm(f *testing.F) {
	const urlencoded, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"
	for _, seed := range []struct{ kind, query, body string }{
		{urlencoded, "a=1&a=2", "a=3&b=%zz"}, {urlencoded + ";charset=ISO-8859-1", "", "a=%E9\xe9"}, {urlencoded + ";charset=nope", "%", "=&&a"},
		{parts, "a=1", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n"}, {parts, "", "--B\r\nContent-Disposition: form-data"},
		{"multipart/form-data", "", "--"}, {parts, "", "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n\xff\r\n--B--"},
		{"multipart/form-data; boundary=\"", "", ""}, {"application/json", "", `{"a":1}`}, {";;;", "a", "b"}, {"", "", "a=b"},
	} {
		for n := range 4 {
			f.Add(byte(n), seed.kind, seed.query, []byte(seed.body))
		}
	}
	b, err := behaviour.ForLine(behaviour.Line25)
	if err != nil {
		f.Fatal(err)
	}
	methods := []string{Post, Put, Patch, Delete}
	f.Fuzz(func(t *testing.T, method byte, kind, query string, body []byte) {
		r := httptest.NewRequest(methods[int(method)%len(methods)], "/nacos/v2/ns/instance", strings.NewReader(string(body)))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		c := &Call{Request: r, Server: &Server{B: b}, Face: &Face{}, Path: "/v2/ns/instance", Route: &Route{Enveloped: true}}
		if err := c.readParams(); err != nil && err.Error() == "" {
			t.Error("expected a reason")
		}
		c.joinRepeated()
		for name, value := range c.Params {
			if !utf8.ValidString(value) {
				t.Errorf("%q has the value %q", name, value)
			}
		}
	})
}
