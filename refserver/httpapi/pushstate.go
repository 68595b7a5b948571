package httpapi

// Datagrams are pushes over UDP that nobody has acknowledged yet.
type Datagrams interface {
	// Waiting are their payloads, oldest first.
	Waiting() [][]byte
	// Forget ends the wait for their acknowledgements.
	Forget()
}

// idle has no datagrams.
type idle struct{}

func (idle) Waiting() [][]byte { return nil }
func (idle) Forget()           {}

// pushState counts pushes and their failures.
type pushState struct {
	Succeeded int         `json:"succeed"`
	Total     int         `json:"total"`
	Ratio     float32JSON `json:"ratio"`
	Detail    *pushCost   `json:"detail,omitempty"`
	Waiting   *[]string   `json:"data,omitempty"`
	Reset     bool        `json:"reset"`
}

// pushCost is what pushes take in milliseconds; it is not measured.
type pushCost struct {
	Average int `json:"avgPushCost"`
	Most    int `json:"maxPushCost"`
}

func (c *call) pushState(detail, reset bool) pushState {
	pending := c.h.b.V1.PushPackets
	succeeded, failed := c.h.registry.Pushes(reset && !pending)
	state := pushState{Succeeded: succeeded, Total: succeeded + failed, Reset: reset}
	var waiting []string
	if pending {
		waiting = []string{}
		for _, payload := range c.h.datagrams.Waiting() {
			waiting = append(waiting, string(payload))
		}
		state.Total += len(waiting)
	}
	if pending && reset {
		c.h.datagrams.Forget()
	}
	switch {
	case detail && pending:
		state.Waiting = &waiting
	case detail:
		state.Detail = &pushCost{-1, -1}
	}
	if state.Total > 0 {
		state.Ratio = float32JSON(succeeded) / float32JSON(state.Total)
	}
	return state
}
