package refserver

import (
	"strings"
	"testing"
)

// RunT gives a test a server: one of its own that ends with the test, or the one that ExistingVariable names. The test
// fails at once when that cannot be done. An existing server does not heed the options but WithLine, which says how to
// name things there; options that it cannot do without fail the test.
func RunT(t testing.TB, opts ...Option) *Server {
	t.Helper()
	s, err := New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	if s.existing, err = findExisting(t); err != nil {
		t.Fatalf("refserver: %v", err)
	}
	if s.existing != nil {
		if only := s.options.embeddedOnly(); len(only) > 0 {
			t.Fatalf("refserver: %s makes this test use an existing server, which cannot heed %s: unset the variable",
				ExistingVariable, strings.Join(only, ", "))
		}
		return s
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatalf("start the reference server: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the reference server: %v", err)
		}
	})
	return s
}
