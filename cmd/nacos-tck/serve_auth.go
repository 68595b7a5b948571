package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/nacos-tck/nacos-tck/refserver"
)

// authFlags are who may do what.
type authFlags struct {
	mode, secret, identity, admin string
	cache, hardened               bool
}

func (f *authFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.mode, "auth", "off", "ask for credentials: on, off, or `shipped` as the line is shipped (line 3.0: administrators and console, others: nobody)")
	flags.StringVar(&f.secret, "auth-secret", "", "`base64` of at least 32 bytes that sign tokens")
	flags.StringVar(&f.identity, "auth-identity", "", "`header:value` with which servers pass")
	flags.StringVar(&f.admin, "auth-admin", "", "`name:password` of an administrator who is there from the start")
	flags.BoolVar(&f.cache, "auth-cache", true, "learn of new users, roles and permissions only every 15 s, as servers are shipped")
	flags.BoolVar(&f.hardened, "hardened", false, "close what the line leaves open where --auth is on")
}

func (f *authFlags) options() ([]refserver.Option, error) {
	a := refserver.Authentication{}
	var ok bool
	switch f.mode {
	case "on":
		a.Open, a.Admin, a.Console = true, true, true
	case "shipped":
		a.Shipped = true
	case "off":
		if f.secret != "" || f.identity != "" || f.hardened || !f.cache {
			return nil, usage("--auth-secret, --auth-identity, --auth-cache, --hardened: expected --auth on or shipped beside them")
		}
	default:
		return nil, usage("--auth: expected on, shipped or off, found %q", f.mode)
	}
	a.Secret, a.Uncached, a.Hardened = f.secret, !f.cache, f.hardened
	if a.IdentityKey, a.IdentityValue, ok = strings.Cut(f.identity, ":"); f.identity != "" && !ok {
		return nil, usage("--auth-identity: expected header:value, found %q", f.identity)
	}
	if a.Administrator, a.Password, ok = strings.Cut(f.admin, ":"); f.admin != "" && (!ok || a.Administrator == "" || a.Password == "") {
		return nil, usage("--auth-admin: expected name:password, neither of them empty")
	}
	return []refserver.Option{refserver.WithAuthentication(a)}, nil
}
