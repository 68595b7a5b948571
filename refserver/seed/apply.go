package seed

import (
	"errors"
	"fmt"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

// Domains are those of one server.
type Domains struct {
	Registry *naming.Registry
	Configs  *config.Center
	Accounts *accounts.Directory
	// Spared is a user whom seeds leave alone, empty for none.
	Spared string
}

// step brings one item into a domain.
type step struct {
	path string
	// stands says whether the item is as the seed says; put makes it so, as a client would.
	stands func() bool
	put    func() error
}

// Apply brings a seed into the domains of a server and serves it. Nothing is written of what is as the seed says already.
// The error has a line for each item that the line refuses; others may have been written then: who wants all or nothing
// lets the domains write to a log that can be given up.
func (s Seed) Apply(d Domains) error {
	if err := s.Check(); err != nil {
		return err
	}
	steps := d.steps(s)
	var problems []error
	for _, step := range steps {
		if step.stands() {
			continue
		}
		if err := step.put(); err != nil {
			problems = append(problems, fmt.Errorf("%s: expected what a client of this line can write, it is refused with %q: correct it", s.places.of(step.path), err.Error()))
		}
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	for _, step := range steps {
		if !step.stands() {
			problems = append(problems, fmt.Errorf("%s: expected it to be as written once all was applied, found it otherwise: "+
				"another item contradicts it, or this line does not keep all of it", s.places.of(step.path)))
		}
	}
	d.Configs.Dump()
	d.Accounts.Refresh()
	return errors.Join(problems...)
}

func (d Domains) steps(s Seed) (steps []step) {
	for i, n := range s.Namespaces {
		steps = append(steps, d.namespace(fmt.Sprintf("namespaces[%d]", i), n))
	}
	for i, sv := range s.Services {
		steps = append(steps, d.service(fmt.Sprintf("services[%d]", i), sv)...)
	}
	for i, c := range s.Configs {
		steps = append(steps, d.config(fmt.Sprintf("configs[%d]", i), c))
	}
	for i, u := range s.Users {
		if u.Name == d.Spared {
			continue
		}
		steps = append(steps, d.user(fmt.Sprintf("users[%d]", i), u))
	}
	for i, r := range s.Roles {
		steps = append(steps, d.role(fmt.Sprintf("roles[%d]", i), r))
	}
	for i, p := range s.Permissions {
		steps = append(steps, d.permission(fmt.Sprintf("permissions[%d]", i), p))
	}
	for i, c := range s.Capacities {
		steps = append(steps, d.capacity(fmt.Sprintf("capacities[%d]", i), c))
	}
	for i, sw := range s.Switches {
		steps = append(steps, d.switched(fmt.Sprintf("switches[%d]", i), sw))
	}
	return steps
}

// sameText says whether two texts are the same, or both missing.
func sameText(a, b *string) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// or is what a pointer points to, or the fallback.
func or[T any](p *T, fallback T) T {
	if p == nil {
		return fallback
	}
	return *p
}
