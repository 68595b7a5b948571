package naming

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

// Namespace is a namespace as operators set it up. Services need none: they live in any namespace that is named.
type Namespace struct {
	ID, Name string
	// Description is nil when none was given.
	Description *string
}

// Bounds of what the storage of real servers has room for, in characters.
// Source: nacos 2.5.1 distribution/conf/derby-schema.sql:180-192; measured 1.4.8, 2.5.1, 3.0.3.
const (
	maxNamespaceName        = 128
	maxNamespaceDescription = 256
)

// tooLong says whether a storage has no room for a namespace.
func (n Namespace) tooLong() bool {
	return java.Length(n.Name) > maxNamespaceName || n.Description != nil && java.Length(*n.Description) > maxNamespaceDescription
}

// errNamespace is the failure of a storage.
func (r *Registry) errNamespace(text string) error {
	if r.b.Namespaces.RuntimeFailures {
		return runtimeError(http.StatusInternalServerError, "%s", text)
	}
	return unexpected("%s", text)
}

// NamespacePut is a namespace, in place of what was known of it before.
type NamespacePut struct {
	Namespace Namespace
}

func (c NamespacePut) apply(r *Registry, _ time.Time) {
	if i := r.indexOf(c.Namespace.ID); i >= 0 {
		r.created[i] = c.Namespace
		return
	}
	r.created = append(r.created, c.Namespace)
}

// NamespaceRemoved ends a namespace. What lives in it stays.
type NamespaceRemoved struct {
	ID string
}

func (c NamespaceRemoved) apply(r *Registry, _ time.Time) {
	r.created = slices.DeleteFunc(r.created, func(n Namespace) bool { return n.ID == c.ID })
}

// namespacesTurn is the subject of all writes of namespaces.
type namespacesTurn struct{}

func (r *Registry) indexOf(id string) int {
	return slices.IndexFunc(r.created, func(n Namespace) bool { return n.ID == id })
}

var namespaceID = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)

const maxNamespaceID = 128

// CheckNamespace refuses a namespace that cannot be created, whether its id is taken or not.
func (r *Registry) CheckNamespace(n Namespace) error {
	if err := r.CheckNamespaceID(n.ID); err != nil {
		return err
	}
	if err := r.CheckNamespaceName(n.Name); err != nil {
		return err
	}
	return r.CheckReserved(n.ID)
}

// CheckNamespaceID refuses what no namespace can have as its id.
func (r *Registry) CheckNamespaceID(id string) error {
	illegal := func(format string, args ...any) error {
		return checked(http.StatusBadRequest, CodeNamespaceIllegal, format, args...)
	}
	switch {
	case !namespaceID.MatchString(id):
		return illegal("namespaceId [%s] mismatch the pattern", id)
	case java.Length(id) > maxNamespaceID:
		return illegal("too long namespaceId, over %d", maxNamespaceID)
	}
	return nil
}

// CheckReserved refuses an id that the line keeps for itself.
func (r *Registry) CheckReserved(id string) error {
	if b := r.b.Namespaces; b.ReservesDefault && id == b.DefaultID {
		return checked(http.StatusBadRequest, CodeNamespaceTaken, "namespaceId [%s] is default namespace id and already exist.", id)
	}
	return nil
}

// CheckNamespaceName refuses what no namespace can be called, where the line looks at it.
func (r *Registry) CheckNamespaceName(name string) error {
	if r.b.Namespaces.ChecksNames && !paramcheck.LegalNamespaceName(name) {
		return checked(http.StatusBadRequest, CodeNamespaceIllegal, "namespaceName [%s] contains illegal char", name)
	}
	return nil
}

// PutNamespace sets up a namespace, or replaces name and description of the one with its id.
func (r *Registry) PutNamespace(n Namespace) error {
	if err := r.CheckNamespace(n); err != nil {
		return err
	}
	if n.tooLong() {
		return r.errNamespace("Namespace creation failed")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(namespacesTurn{})()
	return r.commit(NamespacePut{n})
}

// CreateNamespace sets up a namespace and says whether it did: it does not when the id is taken.
func (r *Registry) CreateNamespace(n Namespace) (created bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(namespacesTurn{})()
	if r.indexOf(n.ID) >= 0 {
		return false, nil
	}
	if n.tooLong() {
		return false, r.errNamespace("Namespace creation failed")
	}
	err = r.commit(NamespacePut{n})
	return err == nil, err
}

// UpdateNamespace replaces name and description of a namespace. An unknown one stays unknown.
func (r *Registry) UpdateNamespace(n Namespace) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(namespacesTurn{})()
	if r.indexOf(n.ID) < 0 {
		return nil
	}
	if n.tooLong() {
		return r.errNamespace("Namespace update failed")
	}
	return r.commit(NamespacePut{n})
}

// DeleteNamespace ends a namespace. An unknown one has ended already.
func (r *Registry) DeleteNamespace(id string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(namespacesTurn{})()
	if r.indexOf(id) < 0 {
		return nil
	}
	return r.commit(NamespaceRemoved{id})
}

// CreatedNamespace is a namespace that operators set up.
func (r *Registry) CreatedNamespace(id string) (n Namespace, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := r.indexOf(id); i >= 0 {
		return r.created[i], true
	}
	return Namespace{}, false
}

// CreatedNamespaces are the namespaces that operators set up, in order of their ids.
func (r *Registry) CreatedNamespaces() []Namespace {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := slices.Clone(r.created)
	slices.SortFunc(all, func(a, b Namespace) int { return strings.Compare(a.ID, b.ID) })
	return all
}
