package reports

import (
	"encoding/json"
	"io"
)

// WriteJSON renders the run for programs, in the shape of docs/schema/report.schema.json.
func WriteJSON(w io.Writer, run *Run) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(run)
}
