package seed

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// Check refuses what no line can have, and what is there twice. The error has a line for each mistake. Apply checks what
// depends on the line.
func (s Seed) Check() error {
	c := &checker{places: s.places, seen: map[string]string{}}
	for i, n := range s.Namespaces {
		c.at("namespaces[%d]", i).named("id", n.ID).once("namespace", n.ID)
	}
	for i, sv := range s.Services {
		c.service(fmt.Sprintf("services[%d]", i), sv)
	}
	for i, cf := range s.Configs {
		c.at("configs[%d]", i).config(cf)
	}
	for i, u := range s.Users {
		c.at("users[%d]", i).named("name", u.Name).once("user", u.Name).password(u)
	}
	for i, r := range s.Roles {
		c.at("roles[%d]", i).named("role", r.Role).named("user", r.User).once("role", r.Role, r.User)
	}
	for i, p := range s.Permissions {
		c.at("permissions[%d]", i).named("role", p.Role).once("permission", p.Role, p.Resource, p.Action).permission(p)
	}
	for i, cp := range s.Capacities {
		c.at("capacities[%d]", i).once("capacity", cp.Namespace, cp.Group).capacity(cp)
	}
	for i, sw := range s.Switches {
		c.at("switches[%d]", i).named("entry", sw.Entry).once("switch", sw.Entry, sw.part())
	}
	return errors.Join(c.problems...)
}

type checker struct {
	places   places
	seen     map[string]string
	path     string
	problems []error
}

func (c *checker) at(format string, args ...any) *checker {
	c.path = fmt.Sprintf(format, args...)
	return c
}

func (c *checker) complain(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf("%s: %s", c.places.of(c.path), fmt.Sprintf(format, args...)))
}

// named refuses a name that is missing.
func (c *checker) named(key, value string) *checker {
	if strings.TrimSpace(value) == "" {
		c.complain("expected %s to have a value, found %q: name it", key, value)
	}
	return c
}

// once refuses what has these names and came before.
func (c *checker) once(what string, names ...string) *checker {
	id := what
	for _, name := range names {
		id += " " + strconv.Quote(name)
	}
	if first, taken := c.seen[id]; taken {
		c.complain("expected %s once, found it again after %s: take one out", id, first)
		return c
	}
	c.seen[id] = c.places.of(c.path)
	return c
}

// oneOf refuses a value that is none of these.
func (c *checker) oneOf(key, value string, all ...string) {
	if !slices.Contains(all, value) {
		c.complain("expected %s to be one of %s, found %q: correct it", key, strings.Join(all, ", "), value)
	}
}

func (c *checker) within(key string, value *float64, least, most float64) {
	if value != nil && (*value < least || *value > most) {
		c.complain("expected %s from %g to %g, found %g: correct it", key, least, most, *value)
	}
}

// The greatest port, and the weights between which lines differ in what they make of them.
const (
	maxPort   = 65535
	maxWeight = 10000
)

func (c *checker) service(path string, s Service) {
	c.at("%s", path).named("name", s.Name).once("service", s.Namespace, cmp.Or(s.Group, defaultGroup), s.Name)
	threshold := float64(s.ProtectThreshold)
	if c.within("protectThreshold", &threshold, 0, 1); math.IsNaN(threshold) {
		c.complain("expected protectThreshold from 0 to 1, found none: correct it")
	}
	if s.Selector != nil {
		c.oneOf("selector.type", s.Selector.Type, "none", "label")
	}
	for i, cl := range s.Clusters {
		c.at("%s.clusters[%d]", path, i).named("name", cl.Name).once("cluster", path, cl.Name)
		c.oneOf("checker.type", cl.Checker.Type, "TCP", "HTTP", "MYSQL", "NONE")
		if cl.CheckPort != nil {
			c.port("checkPort", *cl.CheckPort)
		}
	}
	for i, in := range s.Instances {
		c.at("%s.instances[%d]", path, i).named("ip", in.IP).once("instance", path, in.IP, strconv.Itoa(in.Port), cmp.Or(in.Cluster, defaultCluster))
		c.port("port", in.Port)
		c.within("weight", in.Weight, 0, maxWeight)
		for _, name := range in.Nulls {
			if _, taken := in.Metadata[name]; taken {
				c.complain("expected %q in metadata or in nulls, found it in both: take one out", name)
			}
		}
	}
	for i, m := range s.InstanceMetadata {
		c.at("%s.instanceMetadata[%d]", path, i).named("ip", m.IP).once("instance metadata", path, m.IP, strconv.Itoa(m.Port), cmp.Or(m.Cluster, defaultCluster))
		c.port("port", m.Port)
		c.within("weight", m.Weight, 0, maxWeight)
	}
}

func (c *checker) port(key string, port int) {
	if port < 0 || port > maxPort {
		c.complain("expected %s from 0 to %d, found %d: correct it", key, maxPort, port)
	}
}

// The names that lines give to what names none.
const (
	defaultGroup   = "DEFAULT_GROUP"
	defaultCluster = "DEFAULT"
)

func (c *checker) config(cf Config) {
	c.named("dataId", cf.DataID).once("configuration", cf.Namespace, cmp.Or(cf.Group, defaultGroup), cf.DataID, cf.Beta, cf.Tag)
	if cf.Beta != "" && cf.Tag != "" {
		c.complain("expected beta or tag, found both: make two entries of it")
	}
	if strings.TrimSpace(cf.Beta+cf.Tag) == "" && cf.Beta+cf.Tag != "" {
		c.complain("expected beta and tag to have values, found blanks: name them or take them out")
	}
	if cf.Beta+cf.Tag == "" {
		for _, tag := range cf.Tags {
			if tag == "" && cf.Tags[len(cf.Tags)-1] == "" || strings.Contains(tag, ",") {
				c.complain("expected tags without commas, none of them empty at the end, found %q: correct it", tag)
			}
		}
		return
	}
	for _, f := range []struct {
		key   string
		given bool
	}{
		{"type", cf.Type != nil}, {"tags", len(cf.Tags) > 0}, {"desc", cf.Desc != nil}, {"use", cf.Use != nil},
		{"effect", cf.Effect != nil}, {"schema", cf.Schema != nil}, {"encryptedDataKey", cf.EncryptedDataKey != ""},
	} {
		if f.given {
			c.complain("expected nothing but content and appName of a variant for some readers, found %s: take it out", f.key)
		}
	}
}

func (c *checker) password(u User) {
	switch _, err := bcrypt.Cost([]byte(u.PasswordHash)); {
	case (u.Password == "") == (u.PasswordHash == ""):
		c.complain("expected one of password and passwordHash: leave one of them")
	case u.PasswordHash != "" && err != nil:
		c.complain("expected passwordHash to be a bcrypt hash such as $2a$10$…, found something else (%v): correct it, or write the password", err)
	}
}

func (c *checker) permission(p Permission) {
	c.oneOf("action", p.Action, "r", "w", "rw")
	if _, err := regexp.Compile(strings.ReplaceAll(p.Resource, "*", ".*")); err != nil || p.Resource == "" {
		c.complain("expected resource to be a pattern such as dev:*:*, found %q: correct it", p.Resource)
	}
}

func (c *checker) capacity(cp Capacity) {
	if cp.Namespace != "" && cp.Group != "" {
		c.complain("expected namespace or group, found both: make two entries of it")
	}
	for key, limit := range map[string]int{"quota": cp.Quota, "maxSize": cp.MaxSize, "maxAggrCount": cp.MaxAggrCount, "maxAggrSize": cp.MaxAggrSize} {
		if limit < 0 {
			c.complain("expected %s from 0, found %d: correct it", key, limit)
		}
	}
}

// part is what a switch changes of those that have several values under one entry: the version of one kind of clients.
func (s Switch) part() string {
	kind, _, several := strings.Cut(s.Value, ":")
	if s.Entry != "pushVersion" || !several {
		return ""
	}
	return kind
}
