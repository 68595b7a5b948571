package seed

// Collect is what the domains of a server hold, as a seed that makes the same again in empty ones. Ephemeral instances are
// not in it: they belong to clients.
func Collect(d Domains) Seed {
	var s Seed
	d.collectNaming(&s)
	d.collectConfigs(&s)
	d.collectAccounts(&s)
	d.collectSettings(&s)
	return s
}
