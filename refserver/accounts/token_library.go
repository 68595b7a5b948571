package accounts

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// newLibrary parses as the library does that older servers read tokens with: signatures may be padded, texts and numbers
// stand for each other, and nothing behind the claims matters. Source: jjwt 0.11.2, which they ship; measured 1.4.8.
func newLibrary(methods []string) *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods(methods), jwt.WithStrictDecoding(), jwt.WithPaddingAllowed(), jwt.WithJSONNumber(), jwt.WithoutClaimsValidation())
}

// endless is the life of tokens that tell no end.
const endless = 1<<63 - 1

// readByLibrary reads a token as older servers do.
func (t *tokens) readByLibrary(token string, now time.Time) (user string, left int64, err error) {
	claims := jwt.MapClaims{}
	token = java.Trim(token)
	read, err := t.library.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return t.secret, nil })
	if err != nil || strings.ContainsAny(token, "\r\n") || compressed(read) { // base64 of Go does not mind line ends
		return "", 0, refuse(tokenInvalid)
	}
	from, hasFrom, ok := moment(claims["nbf"])
	end, ends, legible := moment(claims["exp"])
	switch left = end - now.Unix(); {
	case !ok, !legible, hasFrom && now.Unix() < from:
		return "", 0, refuse(tokenInvalid)
	case !ends:
		left = endless
	case left < 0:
		return "", 0, refuse(tokenExpired)
	}
	if sub := claims["sub"]; sub != nil {
		user = fmt.Sprint(sub)
	}
	if user == "" {
		return "", 0, failure.NewArgument("Cannot pass null or empty values to constructor")
	}
	return user, left, nil
}

// compressed says whether a token is to be inflated first, as none is.
func compressed(t *jwt.Token) bool {
	kind, _ := t.Header["zip"].(string)
	return kind != ""
}

// moment is a time in seconds, if a claim tells one: a number, or a text with a number or a date. ok is false for others.
func moment(claim any) (seconds int64, told, ok bool) {
	switch claim := claim.(type) {
	case nil:
		return 0, false, true
	case json.Number:
		f, err := claim.Float64()
		return int64(f), true, err == nil && f < 1<<62
	case string:
		if n, err := strconv.ParseInt(claim, 10, 64); err == nil {
			return n, true, true
		}
		at, err := time.Parse(time.RFC3339, claim)
		return at.Unix(), true, err == nil
	}
	return 0, false, false
}
