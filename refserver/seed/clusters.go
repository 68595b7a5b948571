package seed

import (
	"maps"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
)

func (d Domains) cluster(path string, key naming.ServiceKey, c Cluster) step {
	wanted := naming.DefaultCluster()
	wanted.Checker = c.Checker.checker()
	wanted.CheckPort, wanted.UseInstancePort = or(c.CheckPort, wanted.CheckPort), or(c.UseInstancePort, wanted.UseInstancePort)
	maps.Copy(wanted.Metadata, c.Metadata)
	return step{path, func() bool {
		k, _ := d.Registry.KeptService(key)
		if k.Metadata == nil {
			return false
		}
		found, written := k.Metadata.Clusters[c.Name]
		return written && found.CheckPort == wanted.CheckPort && found.UseInstancePort == wanted.UseInstancePort &&
			maps.Equal(found.Metadata, wanted.Metadata) && sameChecker(found.Checker, wanted.Checker)
	}, func() error {
		p := params(key)
		p.Cluster, p.Metadata = c.Name, paramcheck.Length(c.Metadata)
		if err := d.check(p); err != nil {
			return err
		}
		return d.Registry.UpdateCluster(key, c.Name, wanted)
	}}
}

func (c Checker) checker() naming.Checker {
	switch c.Type {
	case "HTTP":
		return naming.Checker{Type: c.Type, Path: c.Path, Headers: c.Headers, ExpectedCode: or(c.ExpectedCode, 200)}
	case "MYSQL":
		return naming.Checker{Type: c.Type, User: c.User, Password: c.Password, Command: c.Command}
	}
	return naming.Checker{Type: c.Type}
}

func sameChecker(a, b naming.Checker) bool {
	return a.Type == b.Type && a.Path == b.Path && a.Headers == b.Headers && a.ExpectedCode == b.ExpectedCode &&
		sameText(a.User, b.User) && sameText(a.Password, b.Password) && sameText(a.Command, b.Command)
}
