package behaviour

// line14 is Nacos 1.4, where services own instances and HTTP is the only transport, by what it does otherwise than 2.0.
func line14() Behaviour {
	b := line20()
	b.Server.Version = "1.4.8"
	b.HTTP.NamesMethodParameters, b.HTTP.TellsCharset, b.HTTP.SecuresAnswers = true, false, true
	return b
}
