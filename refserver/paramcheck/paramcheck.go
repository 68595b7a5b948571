// Package paramcheck holds the rules for names, addresses and metadata that a server checks in front of its handlers,
// the same for every transport. It knows no transport and no domain.
//
// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/ParamCheckRule.java:26-58 and
// DefaultParamChecker.java:115-431; texts measured on 2.5.1.
package paramcheck

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// Params are the parameters of one request. Blank ones are not checked.
type Params struct {
	// NamespaceName is how a namespace is shown.
	NamespaceName string

	Namespace, DataID, Service, Group string
	// Cluster is one cluster name; Clusters is a comma list, whose parts are checked one by one.
	Cluster, Clusters string
	IP                string
	// Port is not checked when nil; MaxPort bounds it, 0 for 65535.
	Port    *int64
	MaxPort int64
	// MCP is the name of an MCP server.
	MCP string
	// Metadata is the length of the metadata; see Length. MaxMetadata bounds it, 0 for no bound.
	Metadata, MaxMetadata int
}

// Bounds of the length of each parameter, in characters.
const (
	maxNamespaceName = 256
	maxNamespace     = 64
	maxDataID        = 256
	maxService       = 512
	maxGroup         = 128
	maxCluster       = 64
	maxIP            = 128
	maxPort          = 65535
)

// Check is the text of the first rule that the parameters break, in the order in which a server looks at them, or
// empty when they keep all.
func Check(p Params) string {
	if text := check("namespaceShowName", p.NamespaceName, maxNamespaceName, LegalNamespaceName); text != "" {
		return text
	}
	if text := check("namespaceId/tenant", p.Namespace, maxNamespace, every(word)); text != "" {
		return text
	}
	if text := check("dataId", p.DataID, maxDataID, every(groupCharacter)); text != "" {
		return text
	}
	if text := check("serviceName", p.Service, maxService, legalService); text != "" {
		return text
	}
	if text := check("group", p.Group, maxGroup, every(groupCharacter)); text != "" {
		return text
	}
	if text := check("cluster", p.Cluster, maxCluster, every(word)); text != "" {
		return text
	}
	for part := range strings.SplitSeq(p.Clusters, ",") {
		if text := check("cluster", part, maxCluster, every(word)); text != "" {
			return text
		}
	}
	if text := check("ip", p.IP, maxIP, every(visible)); text != "" {
		return text
	}
	if most := cmp.Or(p.MaxPort, maxPort); p.Port != nil && (*p.Port < 0 || *p.Port > most) {
		return fmt.Sprintf("Param 'port' is illegal, the value should be between 0 and %d.", most)
	}
	if p.MaxMetadata > 0 && p.Metadata > p.MaxMetadata {
		return tooLong("Metadata", p.MaxMetadata)
	}
	return check("mcpName", p.MCP, maxCluster, every(word))
}

func check(name, value string, longest int, legal func(string) bool) string {
	if java.IsBlank(value) {
		return ""
	}
	if java.Length(value) > longest {
		return tooLong(name, longest)
	}
	if !legal(value) {
		return fmt.Sprintf("Param '%s' is illegal, illegal characters should not appear in the param.", name)
	}
	return ""
}

// Length is the number of characters of all keys and values of metadata.
func Length[K, V ~string](metadata map[K]V) int {
	total := 0
	for k, v := range metadata {
		total += java.Length(string(k)) + java.Length(string(v))
	}
	return total
}

func tooLong(name string, longest int) string {
	return fmt.Sprintf("Param '%s' is illegal, the param length should not exceed %d.", name, longest)
}

func every(legal func(rune) bool) func(string) bool {
	return func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return !legal(r) }) < 0
	}
}

func word(r rune) bool {
	return r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func groupCharacter(r rune) bool { return word(r) || r == ':' || r == '.' }

// visible leaves out blanks and the Chinese characters U+4E00 to U+9FA5.
func visible(r rune) bool {
	return !strings.ContainsRune(" \t\n\v\f\r", r) && (r < 0x4E00 || r > 0x9FA5)
}

// LegalNamespaceName leaves out some characters, and the empty name.
func LegalNamespaceName(s string) bool { return s != "" && !strings.ContainsAny(s, "@#$%^&*") }

// legalService takes any first character but @ and the end of a line.
func legalService(s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	return !strings.ContainsRune("@\n\r\u0085\u2028\u2029", first) && !strings.Contains(s, "@@") && every(visible)(s[size:])
}
