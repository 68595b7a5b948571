package accounts

import (
	"cmp"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// tokens signs and reads the tokens that logins get.
type tokens struct {
	own    bool
	secret []byte
	life   time.Duration
	on     bool
	clock  *clock.Clock
	// library parses as that of older servers does.
	library *jwt.Parser
}

func newTokens(b behaviour.Auth, s Settings, c *clock.Clock) *tokens {
	t := &tokens{own: b.OwnTokens, secret: s.secret(), life: cmp.Or(s.TokenLife, defaultLife), on: s.On(), clock: c}
	methods := []string{}
	for _, m := range []*jwt.SigningMethodHMAC{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
		if len(t.secret) >= m.Hash.Size() {
			methods = append(methods, m.Alg())
		}
	}
	t.library = newLibrary(methods)
	return t
}

// disabledToken is what logins get where nothing is guarded and no secret is set.
const disabledToken = "AUTH_DISABLED"

// create makes a token for a user.
func (t *tokens) create(user string) (string, error) {
	switch short := len(t.secret) < shortest; {
	case short && t.own && !t.on:
		return disabledToken, nil
	case short:
		return "", failure.NewUnexpected("The specified key byte array is %d bits which is not secure enough for any JWT HMAC-SHA algorithm.", 8*len(t.secret))
	}
	method := jwt.SigningMethodHS256
	if t.own && len(t.secret) >= 64 {
		method = jwt.SigningMethodHS512
	} else if t.own && len(t.secret) >= 48 {
		method = jwt.SigningMethodHS384
	}
	token := jwt.NewWithClaims(method, jwt.RegisteredClaims{Subject: user, ExpiresAt: jwt.NewNumericDate(t.clock.Now().Add(t.life))})
	delete(token.Header, "typ") // Nacos tells the algorithm alone, and reads no other header
	signed, err := token.SignedString(t.secret)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed, nil
}

// verify reads a token: whom it is for and how many seconds it is good, endless for ever. What is refused is a *Refusal.
func (t *tokens) verify(token string) (user string, left int64, err error) {
	if len(t.secret) < shortest {
		return "", 0, refuse(tokenInvalid)
	}
	now := t.clock.Now()
	if t.own {
		return readOwn(token, t.secret, now.Unix())
	}
	return t.readByLibrary(token, now)
}

// Refusals of tokens.
const (
	tokenInvalid = "token invalid!"
	tokenExpired = "token expired!"
)
