// Package seed is a state of a server as plain data: namespaces, services, configurations, users, roles, permissions,
// capacities and switches. It reads them from YAML, brings them into the domains of a server, and writes what the domains hold as such YAML.
//
// What a seed names is as the seed says after it was applied, whatever was there before; all else stays. Applied again,
// it changes nothing. What an item leaves out has its start value: a configuration without tags loses those it had.
//
// A seed holds what outlives a server, without what the server makes of it itself: ids, times, authors, history.
package seed

import "strconv"

// Seed is a state, or part of one.
type Seed struct {
	Namespaces  []Namespace  `yaml:"namespaces,omitempty"`
	Services    []Service    `yaml:"services,omitempty"`
	Configs     []Config     `yaml:"configs,omitempty"`
	Users       []User       `yaml:"users,omitempty"`
	Roles       []Role       `yaml:"roles,omitempty"`
	Permissions []Permission `yaml:"permissions,omitempty"`
	Capacities  []Capacity   `yaml:"capacities,omitempty"`
	Switches    []Switch     `yaml:"switches,omitempty"`

	// places say where items stand that were read, by their paths.
	places places
}

// IsZero says whether there is nothing in it.
func (s Seed) IsZero() bool {
	return len(s.Namespaces)+len(s.Services)+len(s.Configs)+len(s.Users)+len(s.Roles)+len(s.Permissions)+
		len(s.Capacities)+len(s.Switches) == 0
}

// Namespace is a namespace as operators set it up. Services and configurations need none: they live in any that is named.
type Namespace struct {
	ID          string  `yaml:"id"`
	Name        string  `yaml:"name"`
	Description *string `yaml:"description,omitempty"`
}

// Service is a service with its instances. One that says nothing of itself but its names and has instances is made by
// these, as by clients that register; otherwise it is made as by operators.
type Service struct {
	// Namespace and Group are the default ones of the line when they are empty.
	Namespace string `yaml:"namespace,omitempty"`
	Group     string `yaml:"group,omitempty"`
	Name      string `yaml:"name"`
	// Ephemeral instances are registered at each start, as over HTTP, and get no beats: unless their clients come and
	// send some, they turn unhealthy and expire as others do. Persistent ones stay until they are deregistered.
	Ephemeral        bool              `yaml:"ephemeral,omitempty"`
	ProtectThreshold float32           `yaml:"protectThreshold,omitempty"`
	Metadata         map[string]string `yaml:"metadata,omitempty"`
	Selector         *Selector         `yaml:"selector,omitempty"`
	Clusters         []Cluster         `yaml:"clusters,omitempty"`
	Instances        []Instance        `yaml:"instances,omitempty"`
	// InstanceMetadata is what operators said of instances, whether these are there or not, on lines that keep it apart.
	InstanceMetadata []InstanceMetadata `yaml:"instanceMetadata,omitempty"`
}

// Selector chooses instances by labels.
type Selector struct {
	// Type is none or label.
	Type       string `yaml:"type"`
	Expression string `yaml:"expression,omitempty"`
}

// Cluster is how persistent instances of a cluster are probed.
type Cluster struct {
	Name    string  `yaml:"name"`
	Checker Checker `yaml:"checker"`
	// CheckPort is 80 when it is nil. UseInstancePort, true when it is nil, probes the ports of instances instead.
	CheckPort       *int              `yaml:"checkPort,omitempty"`
	UseInstancePort *bool             `yaml:"useInstancePort,omitempty"`
	Metadata        map[string]string `yaml:"metadata,omitempty"`
}

// Checker is a kind of probe with its settings.
type Checker struct {
	// Type is TCP, HTTP, MYSQL or NONE, for instances that keep the health that they are given.
	Type string `yaml:"type"`
	// Path, Headers and ExpectedCode belong to HTTP; the code is 200 when it is nil.
	Path         string `yaml:"path,omitempty"`
	Headers      string `yaml:"headers,omitempty"`
	ExpectedCode *int   `yaml:"expectedCode,omitempty"`
	// User, Password and Command belong to MYSQL.
	User     *string `yaml:"user,omitempty"`
	Password *string `yaml:"password,omitempty"`
	Command  *string `yaml:"command,omitempty"`
}

// Instance is an instance of a service.
type Instance struct {
	IP   string `yaml:"ip"`
	Port int    `yaml:"port"`
	// Cluster is the default one when it is empty. Weight is 1, Healthy and Enabled are true when they are nil. The health
	// of an instance that is there already stays what probes made of it.
	Cluster string   `yaml:"cluster,omitempty"`
	Weight  *float64 `yaml:"weight,omitempty"`
	Healthy *bool    `yaml:"healthy,omitempty"`
	Enabled *bool    `yaml:"enabled,omitempty"`
	// App is the application, that of clients which name none when it is nil.
	App      *string           `yaml:"app,omitempty"`
	Metadata map[string]string `yaml:"metadata,omitempty"`
	// Nulls are the names of metadata whose value is null.
	Nulls []string `yaml:"nulls,omitempty"`
	// ID is the one that the line generates when it is nil.
	ID *string `yaml:"id,omitempty"`
}

// InstanceMetadata is what operators said of an address.
type InstanceMetadata struct {
	IP       string            `yaml:"ip"`
	Port     int               `yaml:"port"`
	Cluster  string            `yaml:"cluster,omitempty"`
	Weight   *float64          `yaml:"weight,omitempty"`
	Enabled  *bool             `yaml:"enabled,omitempty"`
	Metadata map[string]string `yaml:"metadata,omitempty"`
}

// Config is a configuration or, when it names Beta or Tag, a variant of one, which has Content and AppName alone.
type Config struct {
	// Namespace and Group are the default ones of the line when they are empty.
	Namespace string `yaml:"namespace,omitempty"`
	Group     string `yaml:"group,omitempty"`
	DataID    string `yaml:"dataId"`
	// Beta is the comma list of addresses that a beta is for, Tag the tag of another variant.
	Beta string `yaml:"beta,omitempty"`
	Tag  string `yaml:"tag,omitempty"`
	// Type is one of the line's, text when it is nil. The empty one is that of configurations which were imported without.
	Type             *string  `yaml:"type,omitempty"`
	Tags             []string `yaml:"tags,omitempty"`
	AppName          string   `yaml:"appName,omitempty"`
	Desc             *string  `yaml:"desc,omitempty"`
	Use              *string  `yaml:"use,omitempty"`
	Effect           *string  `yaml:"effect,omitempty"`
	Schema           *string  `yaml:"schema,omitempty"`
	EncryptedDataKey string   `yaml:"encryptedDataKey,omitempty"`
	Content          string   `yaml:"content"`
}

// User is a user. One with a password in clear text keeps its hash as long as that is one of this password.
type User struct {
	Name string `yaml:"name"`
	// Password is clear text, PasswordHash its bcrypt hash; there is one of them.
	Password     string `yaml:"password,omitempty"`
	PasswordHash string `yaml:"passwordHash,omitempty"`
}

// Role is a role of a user.
type Role struct {
	Role string `yaml:"role"`
	User string `yaml:"user"`
}

// Permission lets a role act on resources.
type Permission struct {
	Role string `yaml:"role"`
	// Resource is a pattern such as dev:*:*, Action one of r, w and rw. Lines differ in what the pattern of the default
	// namespace begins with: nothing (:*:*) or, on line 3.0, public.
	Resource string `yaml:"resource"`
	Action   string `yaml:"action"`
}

// Capacity is how many configurations there may be in a namespace, in a group of the namespace without id, or, when it names
// neither, in all, and how big they may be in bytes. What is 0 is as on servers where nobody said anything.
type Capacity struct {
	Namespace    string `yaml:"namespace,omitempty"`
	Group        string `yaml:"group,omitempty"`
	Quota        int    `yaml:"quota,omitempty"`
	MaxSize      int    `yaml:"maxSize,omitempty"`
	MaxAggrCount int    `yaml:"maxAggrCount,omitempty"`
	MaxAggrSize  int    `yaml:"maxAggrSize,omitempty"`
}

// Switch is a setting of naming as operators write it.
type Switch struct {
	Entry string `yaml:"entry"`
	Value string `yaml:"value"`
}

// places are where items stand in a file.
type places struct {
	file  string
	lines map[string]int
}

// of is where an item stands, or its path when it was not read from a file.
func (p places) of(path string) string {
	if line, known := p.lines[path]; known {
		return p.file + ":" + strconv.Itoa(line) + ": " + path
	}
	return path
}
