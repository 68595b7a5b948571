package refserver

import (
	"cmp"
	"fmt"
	"io"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/seed"
)

// Seed is a state to start with: namespaces, services, configurations, users, roles, permissions, capacities and
// switches. Package seed has the types of its items and says what they mean. ReadSeed reads one from a file, seed.Parse from elsewhere.
type Seed = seed.Seed

// ReadSeed reads a seed from a YAML file, and the contents of configurations that it refers to from files in the same
// directory or below. The error has a line for each mistake, with file and line, what was expected and what was found.
func ReadSeed(file string) (Seed, error) { return seed.Read(file) }

// SeedError says what of a seed the server refuses, a line for each item. Start and Restart return it.
type SeedError struct{ Err error }

func (e *SeedError) Error() string { return e.Err.Error() }
func (e *SeedError) Unwrap() error { return e.Err }

// sow brings the seed into a memory that nobody uses yet.
func (s *Server) sow(m memory) error {
	if s.options.seed.IsZero() {
		return nil
	}
	if err := s.options.seed.Apply(s.domains(m)); err != nil {
		return &SeedError{err}
	}
	return nil
}

// domains are those of a memory. The administrator whom WithAuthentication names is not for seeds.
func (s *Server) domains(m memory) seed.Domains {
	d := seed.Domains{Registry: m.registry, Configs: m.configs, Accounts: m.accounts}
	if a := s.options.authentication; a.Password != "" {
		d.Spared = cmp.Or(a.Administrator, accounts.Administrator)
	}
	return d
}

// Dump writes, as YAML that ReadSeed reads, what of the server outlives a restart with a data directory: a server that
// starts with it has the same state. Passwords are bcrypt hashes. Left out are ephemeral instances, which belong to
// clients, and what servers make of a state themselves: ids, times, authors, history. The state of a server that was
// closed is that of its end.
func (s *Server) Dump(out io.Writer) error {
	l := s.current()
	if _, err := fmt.Fprintf(out, "# State of a Nacos %s server, for nacos-tck serve --seed and refserver.WithSeed.\n", s.b.Server.Version); err != nil {
		return err
	}
	return seed.Collect(s.domains(l.memory)).Write(out)
}
