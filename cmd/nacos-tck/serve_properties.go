package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// propertyFlags are properties of a server as its operators set them.
type propertyFlags struct{ given []string }

func (f *propertyFlags) register(flags *pflag.FlagSet) {
	flags.StringArrayVar(&f.given, "property", nil, "`name=value` of a property of configurations ("+strings.Join(refserver.ConfigProperties(), ", ")+"); may be repeated")
}

func (f *propertyFlags) options() ([]refserver.Option, error) {
	settings := refserver.DefaultConfigSettings()
	for _, property := range f.given {
		name, value, ok := strings.Cut(property, "=")
		if !ok {
			return nil, usage("--property: expected name=value, found %q", property)
		}
		if err := settings.Set(name, value); err != nil {
			return nil, usage("--property: %w", err)
		}
	}
	return []refserver.Option{refserver.WithConfigSettings(settings)}, nil
}
