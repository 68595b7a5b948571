package accounts

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// Settings are how authentication is set up. The zero value has it off.
type Settings struct {
	// Open guards the API for clients over HTTP and gRPC, Admin that for administrators, Console the console. They are
	// nacos.core.auth.enabled, .admin.enabled and .console.enabled. Lines with one switch obey Open alone.
	Open, Admin, Console bool
	// Secret signs tokens: at least 32 bytes as base64.
	Secret string
	// TokenLife is how long tokens are good, 5 hours when it is 0.
	TokenLife time.Duration
	// IdentityKey and IdentityValue are the header with which servers pass the guard of HTTP.
	IdentityKey, IdentityValue string
	// Uncached makes new users, roles and permissions known to checks at once: nacos.core.auth.caching.enabled=false.
	Uncached bool
	// Hardened closes what lines leave open.
	Hardened bool
}

// defaultLife is how long tokens are good.
const defaultLife = 18000 * time.Second

// shortest is how many bytes a secret has at least.
const shortest = 32

// Life is how many seconds new tokens are good.
func (s Settings) Life() int64 { return int64(cmp.Or(s.TokenLife, defaultLife) / time.Second) }

// On says whether anything is guarded.
func (s Settings) On() bool { return s.Open || s.Admin || s.Console }

// Shipped are settings with the switches as a line is shipped.
func (s Settings) Shipped(b behaviour.Auth) Settings {
	s.Open, s.Admin, s.Console = false, b.SeparateSwitches, b.SeparateSwitches
	return s
}

// SettingError says which setting keeps a server from starting.
type SettingError struct {
	// Setting is Secret or Identity.
	Setting Setting
	text    string
}

// Setting names one of the settings that a line may insist on.
type Setting string

// What lines insist on where authentication is on.
const (
	Secret   Setting = "secret"
	Identity Setting = "identity"
)

func (e *SettingError) Error() string { return e.text }

// Check says what a server of a line does not start with, as a *SettingError. The text about the secret ends in that of the
// real server.
func (s Settings) Check(b behaviour.Auth) error {
	if !s.On() {
		return nil
	}
	if b.NeedsIdentity && (s.IdentityKey == "" || s.IdentityValue == "") {
		return &SettingError{Identity, "expected a header name and a value, such as serverIdentity:security, with which servers of this line pass where authentication is on, found none"}
	}
	if n := len(s.secret()); b.NeedsSecret && n < shortest {
		return &SettingError{Secret, fmt.Sprintf("expected base64 of at least 32 bytes that sign tokens where authentication is on, found %d bytes: "+
			"the length of secret key must great than or equal 32 bytes; And the secret key  must be encoded by base64.", n)}
	}
	return nil
}

// secret is the secret in bytes, nil when it is no base64.
func (s Settings) secret() []byte {
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding} {
		if secret, err := encoding.DecodeString(s.Secret); err == nil {
			return secret
		}
	}
	return nil
}
