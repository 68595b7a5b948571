package config

import (
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Namespace is the id under which the configurations of a namespace are stored, by the name that a request gives it, where
// the line normalizes names: see behaviour.Config.NormalizesV1Publish and its neighbours.
func (c *Center) Namespace(name string) string {
	if java.IsBlank(name) || slices.ContainsFunc(c.b.NamespaceAliases, func(a string) bool { return strings.EqualFold(a, name) }) {
		return c.b.DefaultNamespace
	}
	return java.Trim(name)
}

// stored is a key as it is stored, whatever the request did: the blank namespace is the one without id.
func stored(key Key) Key {
	if java.IsBlank(key.Namespace) {
		key.Namespace = ""
	}
	return key
}
