package naming

import (
	"fmt"

	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// watchKey is how messages about watched services name one.
func watchKey(key ServiceKey) string {
	return fmt.Sprintf("%s@@%s@@%s", key.Namespace, key.Group, key.Name)
}

// named gives a service without a namespace of a name the default one, which those who watch take it for.
func (r *Registry) named(key ServiceKey) ServiceKey {
	if java.IsBlank(key.Namespace) {
		key.Namespace = r.b.Registration.DefaultNamespace
	}
	return key
}
