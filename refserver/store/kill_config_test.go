package store_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
)

// configWriter writes a few configurations of a namespace, their variants, and the capacity of the namespace.
type configWriter int

// configKeys is how many configurations a writer writes.
const configKeys = 3

// The variants that it writes; the configuration itself has no name.
const (
	formal = ""
	beta   = config.Beta
	blue   = config.TagPrefix + "blue"
)

// configSteps are the writes that come again and again, each about another configuration: what is written, and whether
// it is put or removed. The nil one is that of a capacity.
var configSteps = []*struct {
	name string
	puts bool
}{
	{formal, true}, {formal, true}, {beta, true}, {formal, true}, {blue, true}, nil, {beta, true}, {formal, false}, {formal, true},
	{beta, false}, {formal, true}, {blue, false}, {formal, false},
}

func (w configWriter) tenant() config.CapacityKey {
	return config.CapacityKey{Tenant: fmt.Sprint("tenant-", int(w))}
}

func (w configWriter) key(n int) config.Key {
	return config.Key{Namespace: w.tenant().Tenant, Group: "G", DataID: fmt.Sprint("d", n%configKeys)}
}

func content(n int) string { return fmt.Sprint(n, " ", strings.Repeat("x", n*37%3000)) }

func (w configWriter) write(d *domains, n int) error {
	key, by, c, step := w.key(n), config.Author{User: fmt.Sprint("user-", n%3), IP: "10.0.0.1"}, d.configs, configSteps[n%len(configSteps)]
	switch {
	case step == nil:
		return c.SetCapacity(w.tenant(), config.CapacityLimits{Quota: new(n + 1), MaxSize: new(n + 2)})
	case step.puts:
		p := config.Publication{Key: key, Content: content(n), Author: by, Type: "json"}
		p.Desc, p.Tags, p.App = new(fmt.Sprint("about ", n)), new(fmt.Sprint("a,", n)), new(fmt.Sprint("app-", n%5))
		switch step.name {
		case beta:
			p.BetaIPs = "10.0.0.1"
		case blue:
			p.Tag = strings.TrimPrefix(blue, config.TagPrefix)
		}
		return c.Publish(p)
	case step.name == formal:
		return c.Remove(key, "", by)
	}
	if _, there := c.Gray(key, step.name); !there {
		return nil // the line refuses to remove it
	}
	return c.Remove(key, step.name, by)
}

// story is what a writer has written of one configuration.
type story struct {
	// versions are the numbers of the writes that made what is there.
	versions map[string]int
	history  []string
}

func (s *story) step(n int, name string, puts bool) {
	version, there := s.versions[name]
	switch {
	case puts && !there:
		s.note(config.OpInsert, name, n)
	case puts:
		s.note(config.OpUpdate, name, version)
	case there:
		s.note(config.OpDelete, name, version)
	}
	delete(s.versions, name)
	if puts {
		s.versions[name] = n
	}
}

func (s *story) note(op, name string, version int) {
	s.history = append(s.history, historyLine(config.History{Op: op, GrayName: name, Content: content(version)}))
}

func historyLine(row config.History) string { return fmt.Sprintln(row.Op, row.GrayName, row.Content) }

func (w configWriter) after(n int) (lines []string) {
	stories := make([]story, configKeys)
	for i := range stories {
		stories[i].versions = map[string]int{}
	}
	quota := 200 // of those of which operators said nothing
	for i := range n {
		if step := configSteps[i%len(configSteps)]; step == nil {
			quota = i + 1
		} else {
			stories[i%configKeys].step(i, step.name, step.puts)
		}
	}
	usage := 0
	for i, s := range stories {
		if v, there := s.versions[formal]; there {
			usage++
			lines = append(lines, formalLine(config.Config{
				Key: w.key(i), Content: content(v), Desc: new(fmt.Sprint("about ", v)), Tags: []string{"a", fmt.Sprint(v)},
				App: fmt.Sprint("app-", v%5), Author: config.Author{User: fmt.Sprint("user-", v%3)},
			}))
		}
		for _, name := range []string{beta, blue} {
			if v, there := s.versions[name]; there {
				lines = append(lines, grayLine(config.Gray{Key: w.key(i), Name: name, Content: content(v), App: fmt.Sprint("app-", v%5)}))
			}
		}
		lines = append(lines, s.history...)
	}
	return append(lines, fmt.Sprintln("quota", quota, "usage", usage))
}

func formalLine(row config.Config) string {
	return fmt.Sprintln(row.Key, row.Content, *row.Desc, row.Tags, row.App, row.User)
}

func grayLine(g config.Gray) string { return fmt.Sprintln(g.Key, g.Name, g.Content, g.App) }

func (w configWriter) found(d *domains) (lines []string) {
	for n := range configKeys {
		key := w.key(n)
		if row, known := d.configs.Detail(key); known {
			lines = append(lines, formalLine(row))
		}
		for _, name := range []string{beta, blue} {
			if g, known := d.configs.Gray(key, name); known {
				lines = append(lines, grayLine(g))
			}
		}
		for _, row := range w.history(d, n) {
			lines = append(lines, historyLine(row))
		}
	}
	capacity, err := d.configs.Capacity(w.tenant())
	if err != nil {
		return append(lines, err.Error())
	}
	return append(lines, fmt.Sprintln("quota", capacity.Quota, "usage", capacity.Usage))
}

// history is that of a configuration and its variants, the oldest row first.
func (w configWriter) history(d *domains, n int) []config.History {
	page, err := d.configs.HistoryOf(w.key(n), 1, 1<<30)
	if err != nil {
		panic(err)
	}
	slices.Reverse(page.Items)
	return page.Items
}
