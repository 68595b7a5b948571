package accounts

import "github.com/nacos-tck/nacos-tck/refserver/java"

// Resource is what a request is about.
type Resource struct {
	// Kind is config, naming or ai; empty for resources that Name alone names.
	Kind string
	// Namespace, Group and Name are empty for all.
	Namespace, Group, Name string
	// Literal says that public is not another name of the default namespace.
	Literal bool
}

const defaultNamespace = "public"

// text is a resource as patterns see it: namespace:group:kind/name.
func (r Resource) text(namesDefault, forgetsGroups bool) string {
	if r.Kind == "" {
		return r.Name
	}
	namespace := r.Namespace
	switch {
	case java.IsBlank(namespace) && namesDefault:
		namespace = defaultNamespace
	case java.IsBlank(namespace), namespace == defaultNamespace && !namesDefault && !r.Literal:
		namespace = ""
	}
	group, name := r.Group, r.Name
	if java.IsBlank(name) {
		name = "*"
		if forgetsGroups {
			group = ""
		}
	}
	if java.IsBlank(group) {
		group = "*"
	}
	return namespace + ":" + group + ":" + r.Kind + "/" + name
}
