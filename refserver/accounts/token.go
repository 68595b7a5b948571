package accounts

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
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
	// read parses by the algorithms that are read.
	read *jwt.Parser
}

func newTokens(b behaviour.Auth, s Settings, c *clock.Clock) *tokens {
	t := &tokens{own: b.OwnTokens, secret: s.secret(), life: s.TokenLife, on: s.On(), clock: c}
	if t.life == 0 {
		t.life = defaultLife
	}
	methods := []string{}
	for _, m := range []*jwt.SigningMethodHMAC{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
		if t.own || len(t.secret) >= m.Hash.Size() {
			methods = append(methods, m.Alg())
		}
	}
	t.read = jwt.NewParser(jwt.WithValidMethods(methods), jwt.WithStrictDecoding(), jwt.WithoutClaimsValidation())
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

// claims are what a token says.
type claims struct {
	jwt.RegisteredClaims
}

// endless is the life of tokens that tell no end.
const endless = 1<<63 - 1

// verify reads a token: whom it is for and how long it is good, endless for ever. What is refused is a *Refusal.
func (t *tokens) verify(token string) (user string, left time.Duration, err error) {
	if t.own {
		if err := legible(token); err != nil {
			return "", 0, err
		}
	}
	var c claims
	if len(t.secret) < shortest {
		return "", 0, t.invalid(jwt.ErrTokenUnverifiable)
	}
	if _, err := t.read.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.secret, nil }); err != nil {
		return "", 0, t.invalid(err)
	}
	now := t.clock.Now()
	if !t.own && c.NotBefore != nil && now.Before(c.NotBefore.Time) {
		return "", 0, refuse(tokenInvalid)
	}
	if c.ExpiresAt == nil {
		return c.Subject, endless, nil
	}
	if left = c.ExpiresAt.Sub(now.Truncate(time.Second)); left < 0 {
		return "", 0, refuse("token expired!")
	}
	return c.Subject, left, nil
}

const tokenInvalid = "token invalid!"

// headers are the only headers that servers read which read tokens themselves: {"alg":"HS256"} and its like.
var headers = map[string]bool{"eyJhbGciOiJIUzI1NiJ9": true, "eyJhbGciOiJIUzM4NCJ9": true, "eyJhbGciOiJIUzUxMiJ9": true}

// legible refuses what has no three parts, of which the last is not empty, and headers that no server writes.
func legible(token string) error {
	parts := strings.Split(strings.TrimRight(token, "."), ".")
	if len(parts) != 3 {
		return refuse(tokenInvalid)
	}
	if !headers[parts[0]] {
		return refuse("unsupported signature algorithm")
	}
	return nil
}

// invalid is the refusal of a token that cannot be read.
func (t *tokens) invalid(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case !t.own:
		return refuse(tokenInvalid)
	case errors.Is(err, jwt.ErrTokenMalformed) && (errors.As(err, &syntax) || errors.As(err, &kind)):
		return failure.NewUnexpected("errCode: 101, errMsg: Nacos deserialize for class [com.alibaba.nacos.plugin.auth.impl.jwt.NacosJwtPayload] failed.  ")
	default:
		return refuse("Invalid signature")
	}
}
