package namingapi

import "time"

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
	Succeeded int `json:"succeed"`
	Total     int `json:"total"`
	// Ratio is a whole 0 before the first push.
	Ratio   any       `json:"ratio"`
	Detail  *pushCost `json:"detail,omitempty"`
	Waiting *[]string `json:"data,omitempty"`
	Reset   bool      `json:"reset"`
}

// pushCost is what pushes take in milliseconds, -1 for unknown.
type pushCost struct {
	Average int64 `json:"avgPushCost"`
	Most    int64 `json:"maxPushCost"`
}

func costOf(d time.Duration) int64 {
	if d < 0 {
		return -1
	}
	return d.Milliseconds()
}

func (c call) pushState(detail, reset bool) pushState {
	pending := c.B.V1.PushPackets
	counts := c.registry.Pushes(reset && !pending)
	state := pushState{Succeeded: counts.Succeeded, Total: counts.Succeeded + counts.Failed, Reset: reset}
	var waiting []string
	if pending {
		waiting = []string{}
		for _, payload := range c.datagrams.Waiting() {
			waiting = append(waiting, string(payload))
		}
		state.Total += len(waiting)
	}
	if pending && reset {
		c.datagrams.Forget()
	}
	switch {
	case detail && pending:
		state.Waiting = &waiting
	case detail:
		state.Detail = &pushCost{costOf(counts.AverageCost), costOf(counts.MostCost)}
	}
	if state.Ratio = 0; state.Total > 0 {
		state.Ratio = float32JSON(state.Succeeded) / float32JSON(state.Total)
	}
	return state
}
