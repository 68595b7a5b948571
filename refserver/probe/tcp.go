package probe

import "context"

// probeTCP connects and hangs up. Real servers keep the connection until the next probe, which costs them one for each
// instance, and take a target that resets it then for one that failed as well as passed.
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
