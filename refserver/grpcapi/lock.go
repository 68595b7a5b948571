package grpcapi

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/wire"
)

// locks are the locks that are held, by key, with the times at which they expire. They have no owners.
// Source: nacos 3.0.3 lock/src/main/java/com/alibaba/nacos/lock/service/impl/LockOperationServiceImpl.java,
// lock/src/main/java/com/alibaba/nacos/lock/core/reentrant/mutex/MutexAtomicLock.java:46-68.
type locks struct {
	b    behaviour.Locks
	now  func() time.Time
	mu   sync.Mutex
	held map[string]time.Time
}

// acquire reports whether the lock was free or had expired.
func (l *locks) acquire(key string, expiry time.Duration) bool {
	if expiry < 0 {
		expiry = l.b.DefaultExpiry
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if until, held := l.held[key]; held && now.Before(until) {
		return false
	}
	l.held[key] = now.Add(min(expiry, l.b.MaxExpiry))
	return true
}

// release reports whether the lock was held, expired or not.
func (l *locks) release(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, held := l.held[key]
	delete(l.held, key)
	return held
}

// lock takes or frees a lock. Nobody is asked whether it is his.
func (s *Server) lock(_ call, r *wire.LockOperationRequest) (any, *refusal) {
	operation, _ := lockOperation(wire.Text(text(r.LockOperationEnum)))
	if operation != wire.LockAcquire && operation != wire.LockRelease {
		return lockRefusal("There is no Handler of such operations!"), nil
	}
	in := r.LockInstance
	switch {
	case in == nil:
		return nil, nullPointer("the lock")
	case operation == wire.LockAcquire && in.ExpiredTime == nil:
		return nil, nullPointer("the expired time")
	case in.Key == nil || in.LockType == nil:
		return lockRefusal("lockType or lockKey is null."), nil
	case *in.LockType != wire.LockMutex:
		return lockRefusal("lockType: " + *in.LockType + " is not exist."), nil
	}
	answer := wire.LockOperationResponse{Response: wire.OK()}
	if operation == wire.LockAcquire {
		ms := min(int64(*in.ExpiredTime), s.locks.b.MaxExpiry.Milliseconds()) // more would not fit a duration
		answer.Result = wire.Bool(s.locks.acquire(text(in.Key), time.Duration(max(ms, -1))*time.Millisecond))
	} else {
		answer.Result = wire.Bool(s.locks.release(text(in.Key)))
	}
	return answer, nil
}

// lockOperation reads a constant as a Java server does, by its name or its number.
func lockOperation(text wire.Text) (string, bool) {
	name := strings.TrimSpace(string(text))
	constants := []string{wire.LockAcquire, wire.LockRelease, wire.LockExpire}
	if n, err := strconv.Atoi(name); err == nil && n >= 0 && n < len(constants) {
		name = constants[n]
	}
	return name, slices.Contains(constants, name)
}

// lockRefusal is an answer without error code.
func lockRefusal(message wire.Text) wire.LockOperationResponse {
	return wire.LockOperationResponse{Response: wire.Response{ResultCode: wire.CodeFail, Message: &message}}
}
