package accounts

import (
	"cmp"
	"encoding/base64"
	"errors"
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

// Check says what a server of a line does not start with. The beginning of the text about the secret is that of the real server.
func (s Settings) Check(b behaviour.Auth) error {
	if !s.On() {
		return nil
	}
	if b.NeedsIdentity && (s.IdentityKey == "" || s.IdentityValue == "") {
		return errors.New("authentication is on, but the identity of servers is missing: set a header name and a value, as in serverIdentity:security")
	}
	if n := len(s.secret()); b.NeedsSecret && n < shortest {
		return fmt.Errorf("the length of secret key must great than or equal 32 bytes; And the secret key  must be encoded by base64.: found %d bytes", n)
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
