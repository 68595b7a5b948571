package behaviour

// line20 is Nacos 2.0, the first with gRPC, by what it does otherwise than 2.5.
func line20() Behaviour {
	b := line25()
	b.Server.Version = "2.0.4"
	return b
}
