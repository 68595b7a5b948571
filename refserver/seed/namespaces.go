package seed

import (
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

func (d Domains) namespace(path string, n Namespace) step {
	wanted := naming.Namespace{ID: n.ID, Name: n.Name, Description: n.Description}
	return step{path, func() bool {
		found, known := d.Registry.CreatedNamespace(n.ID)
		return known && found.Name == n.Name && sameText(found.Description, n.Description)
	}, func() error { return d.Registry.PutNamespace(wanted) }}
}
