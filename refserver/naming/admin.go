package naming

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// ServiceMetadata is what operators say of a service.
type ServiceMetadata struct {
	ProtectThreshold float32
	Metadata         map[string]string
	Selector         Selector
	// Clusters are the cluster settings that were written; others have DefaultCluster.
	Clusters map[string]Cluster
}

// Selector chooses instances by labels. Without a label store, none chooses.
type Selector struct {
	// Type is none or label.
	Type       string
	Expression string
	Labels     []string
}

// Cluster is how the persistent instances of a cluster are probed.
type Cluster struct {
	Checker         Checker
	CheckPort       int
	UseInstancePort bool
	// InstancePort is shown by servers of 1.x and used by none; 0 as long as nothing was written.
	InstancePort int
	Metadata     map[string]string
}

// Checker is a kind of probe with its settings; those of other kinds are unused.
type Checker struct {
	// Type is TCP, HTTP, MYSQL or NONE.
	Type string
	// Path, Headers and ExpectedCode belong to HTTP.
	Path, Headers string
	ExpectedCode  int
	// User, Password and Command belong to MYSQL; nil when not given.
	User, Password, Command *string
}

// DefaultCluster is how clusters are probed for which nothing was written.
func DefaultCluster() Cluster {
	return Cluster{Checker: Checker{Type: "TCP"}, CheckPort: 80, UseInstancePort: true, Metadata: map[string]string{}}
}

// NoMetadata is what readers see of a service without metadata.
func NoMetadata() ServiceMetadata {
	return ServiceMetadata{Metadata: map[string]string{}, Selector: Selector{Type: "none"}, Clusters: map[string]Cluster{}}
}

// harms says whether a service of this name would break the lists of its namespace.
func (r *Registry) harms(key ServiceKey) bool {
	switch {
	case r.b.Services.AcceptsNameless:
		return false
	case r.b.Services.ListsGroupless:
		return key.Group != "" && java.IsBlank(key.Name)
	}
	return key.Nameless()
}

// CreateService makes a service with metadata. It must not exist.
func (r *Registry) CreateService(key ServiceKey, ephemeral bool, m ServiceMetadata) error {
	if r.harms(key) {
		return nil // answered like any other, but without the damage
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(key)()
	s := r.existing(key)
	if s != nil && r.b.Services.CreateExistingFails {
		return r.serviceRefusal(CodeServiceExists, r.b.Texts.ServiceExists, key)
	}
	if err := r.checkName(key); err != nil {
		return err
	}
	if !r.b.Services.CreateKeepsSettings {
		m = NoMetadata()
	}
	return r.commit(r.servicePut(key, s, ephemeral, m))
}

// UpdateService replaces the metadata of a service but for its clusters.
func (r *Registry) UpdateService(key ServiceKey, m ServiceMetadata) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(key)()
	s := r.existing(key)
	if s == nil && r.b.Services.UpdateUnknownFails {
		return checked(http.StatusBadRequest, CodeServiceNotFound, "service %s not found!", key.Grouped())
	}
	if s != nil && s.metadata != nil && r.b.Services.UpdateMerges {
		old := maps.Clone(s.metadata.Metadata)
		maps.Copy(old, m.Metadata)
		m.Metadata = old
	}
	put := r.servicePut(key, s, true, m)
	if err := r.settle(s, &put.Metadata); err != nil {
		return err
	}
	return r.commit(put)
}

// servicePut makes m the metadata of a service. Clusters stay; so does the kind of a service that exists.
func (r *Registry) servicePut(key ServiceKey, s *service, ephemeral bool, m ServiceMetadata) ServicePut {
	m.Clusters = map[string]Cluster{}
	if s != nil {
		ephemeral = s.ephemeral
	}
	if s := r.services[r.identity(key)]; s != nil && s.metadata != nil {
		m.Clusters = maps.Clone(s.metadata.Clusters)
	}
	return ServicePut{Service: key, Ephemeral: ephemeral, Metadata: m}
}

// DeleteService ends a service without instances, with its metadata.
func (r *Registry) DeleteService(key ServiceKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(key)()
	s := r.existing(key)
	if s == nil {
		if !r.b.Services.DeleteUnknownFails {
			return nil
		}
		return r.serviceRefusal(CodeServiceNotFound, r.b.Texts.DeleteUnknown, key)
	}
	if r.b.Services.DeleteNeedsEmpty && len(r.rebuild(s).hosts) > 0 {
		return checked(http.StatusBadRequest, CodeServiceNotDeleted,
			"Service %s is not empty, can't be delete. Please unregister instance first", key.Grouped())
	}
	if !r.b.Services.DeleteRemoves {
		return nil
	}
	if r.b.Services.DeleteWithdraws {
		return r.commit(append(r.withdrawals(s), ServiceRemoved{key})...)
	}
	return r.commit(ServiceRemoved{key})
}

// serviceRefusal refuses to create or delete a service: as a bad argument where nothing but its name is told.
func (r *Registry) serviceRefusal(code int, text string, key ServiceKey) *Error {
	if r.b.Services.RefusesAsArgument {
		return InvalidArgument(text, key.Grouped())
	}
	return checked(http.StatusBadRequest, code, text, key.Grouped())
}

// withdrawals ends what ephemeral clients publish for a service, and returns the changes that end the rest.
func (r *Registry) withdrawals(s *service) (changes []Change) {
	for c, p := range s.publishers {
		if c.kind != Persistent {
			r.withdraw(c, p, r.b.Push.OnDeregistration)
			continue
		}
		first := p.instances[0]
		changes = append(changes, PersistentRemoved{Service: s.key, IP: first.ip, Port: int(first.port)})
	}
	return changes
}

// ServiceDetail is a service as operators see it.
type ServiceDetail struct {
	Key       ServiceKey
	Ephemeral bool
	Metadata  ServiceMetadata
	// Clusters are those that hold instances in the view that readers get now, or all that were ever named.
	Clusters []string
}

// Cluster are the settings of a cluster.
func (d ServiceDetail) Cluster(name string) Cluster {
	if c, ok := d.Metadata.Clusters[name]; ok {
		return c
	}
	return DefaultCluster()
}

// Service is a service as operators see it.
func (r *Registry) Service(key ServiceKey) (ServiceDetail, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.existing(key)
	if s == nil {
		return ServiceDetail{}, false
	}
	d := ServiceDetail{Key: s.key, Ephemeral: s.ephemeral, Metadata: NoMetadata()}
	if s.metadata != nil {
		d.Metadata = *s.metadata
		d.Metadata.Clusters = maps.Clone(d.Metadata.Clusters)
	}
	switch {
	case r.b.Services.KeepsClusters:
		d.Clusters = append(d.Clusters, s.clusters...)
	case s.cache != nil:
		d.Clusters = append(d.Clusters, s.cache.clusters...)
	}
	return d, true
}

// CheckCluster refuses to write the settings of a cluster whose service does not exist, or whose name is not allowed.
func (r *Registry) CheckCluster(key ServiceKey, name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.checkClusterOf(key, name)
}

func (r *Registry) checkClusterOf(key ServiceKey, name string) error {
	s := r.existing(key)
	switch {
	case s == nil && r.b.Services.NamesGroupApart:
		return checked(http.StatusBadRequest, CodeServerError, "service not found groupName: %s,serviceName: %s", key.Group, key.Name)
	case s == nil:
		return checked(http.StatusBadRequest, CodeServerError, "service not found:%s", key.Grouped())
	}
	return r.checkCluster(name)
}

// settle gives every cluster of a service settings, where clusters stay once they were named: their instance port is the
// check port with which they are written first. With 0 they cannot be written, though they are in force.
func (r *Registry) settle(s *service, m *ServiceMetadata) error {
	if !r.b.Services.KeepsClusters || s == nil {
		return nil
	}
	for _, name := range append(slices.Collect(maps.Keys(m.Clusters)), s.clusters...) {
		c, ok := m.Clusters[name]
		if !ok {
			c = DefaultCluster()
		}
		c.InstancePort = cmp.Or(c.InstancePort, c.CheckPort)
		m.Clusters[name] = c
		if c.InstancePort == 0 {
			return unexpected("errCode: 101, errMsg: Nacos deserialize failed.  ")
		}
	}
	return nil
}

// UpdateCluster writes the settings of a cluster, and with them metadata of its service.
func (r *Registry) UpdateCluster(key ServiceKey, name string, c Cluster) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.turn(key)()
	if err := r.checkClusterOf(key, name); err != nil {
		return err
	}
	s := r.existing(key)
	m := NoMetadata()
	if s.metadata != nil {
		m = s.metadata.clone()
	}
	c.InstancePort = m.Clusters[name].InstancePort
	m.Clusters[name] = c
	if err := r.settle(s, &m); err != nil {
		s.metadata = &m
		return err
	}
	return r.commit(ServicePut{Service: key, Ephemeral: s.ephemeral, Metadata: m})
}

// SetHealth is the manual health write; grouped is the service as the request names it. It is refused unless the cluster is not probed, and even then for every
// instance that is there, because the write is made as if the instance were ephemeral; a line may do it otherwise.
func (r *Registry) SetHealth(key ServiceKey, grouped, cluster, ip string, port int, healthy bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.b.Services.ManualHealth {
		return r.setHealthDirectly(key, cluster, ip, port, healthy)
	}
	s := r.services[r.identity(key)]
	if s == nil || s.metadata == nil || s.metadata.Clusters[cluster].Checker.Type != "NONE" {
		return checked(http.StatusBadRequest, CodeServerError,
			r.b.Texts.StillChecked, grouped, cluster)
	}
	if c := r.clients[AddressID(ip, port, false)]; c.publication(s) != nil {
		return r.errKind(key, "persistent", "register", "ephemeral")
	}
	return nil
}

// Totals counts what the registry holds.
type Totals struct {
	Services, Instances, Subscriptions         int
	Clients                                    int
	Connections, EphemeralAddresses, Permanent int
}

// Totals counts what the registry holds now.
func (r *Registry) Totals() Totals {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := Totals{Clients: len(r.clients)}
	for _, s := range r.services {
		if s.exists {
			t.Services++
		}
	}
	for _, c := range r.clients {
		switch c.kind {
		case Connection:
			t.Connections++
		case Ephemeral:
			t.EphemeralAddresses++
		case Persistent:
			t.Permanent++
		}
		t.Subscriptions += len(c.subscriptions)
		for _, p := range c.publications {
			t.Instances += len(p.instances)
		}
	}
	return t
}
