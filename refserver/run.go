package refserver

import "testing"

// RunT starts a server for a test and closes it when the test ends. The test fails at once when that cannot be done.
func RunT(t testing.TB, opts ...Option) *Server {
	t.Helper()
	s, err := New(opts...)
	if err == nil {
		err = s.Start(t.Context())
	}
	if err != nil {
		t.Fatalf("start the reference server: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the reference server: %v", err)
		}
	})
	return s
}
