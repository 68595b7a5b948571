package behaviour

import "embed"

// Source is the text of this package, whose comments say what each decision means and where it was found.
//
//go:embed *.go
var Source embed.FS
