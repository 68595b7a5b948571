package wire

// Payloads of locks, since 3.0.

// What a LockOperationRequest wants. A server knows that locks expire, but not by request.
const (
	LockAcquire = "ACQUIRE"
	LockRelease = "RELEASE"
	LockExpire  = "EXPIRE"
)

// LockMutex is the only type of lock.
const LockMutex = "NACOS_LOCK"

// LockOperationRequest takes or frees a lock.
type LockOperationRequest struct {
	Request
	LockInstance      *LockInstance `json:"lockInstance,omitempty"`
	LockOperationEnum *Text         `json:"lockOperationEnum,omitempty"`
}

// LockInstance names a lock.
type LockInstance struct {
	Key *Text `json:"key,omitempty"`
	// ExpiredTime is how long the lock is held at most, in ms; a negative one is replaced by the server's default.
	ExpiredTime *Int           `json:"expiredTime,omitempty"`
	LockType    *Text          `json:"lockType,omitempty"`
	Params      map[string]any `json:"params,omitempty"`
}

// LockOperationResponse says whether the lock was taken or freed.
type LockOperationResponse struct {
	Response
	Result Bool `json:"result"`
}
