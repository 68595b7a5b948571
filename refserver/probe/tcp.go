package probe

import "context"

// probeTCP connects and hangs up.
func (p *Prober) probeTCP(ctx context.Context, t Target) Result {
	ctx, cancel := context.WithTimeout(ctx, p.b.Timeout)
	defer cancel()
	conn, err := p.dial(ctx, "tcp", t.address())
	switch {
	case err == nil:
		conn.Close()
		return Result{Outcome: Passed, Response: Measured, Reason: "tcp:ok+"}
	case unreachable(err) && p.b.RefusedAtOnce:
		return Result{Outcome: FailedAtOnce, Response: Longest, Reason: "tcp:unable2connect:" + err.Error()}
	case timedOut(err):
		return Result{Outcome: Failed, Response: Doubled, Reason: "tcp:timeout"}
	}
	return Result{Outcome: Failed, Response: Longest, Reason: "tcp:error:" + err.Error()}
}
