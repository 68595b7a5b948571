package accounts

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// headers are the only headers that servers read which read tokens themselves: {"alg":"HS256"} and its like.
var headers = map[string]*jwt.SigningMethodHMAC{
	"eyJhbGciOiJIUzI1NiJ9": jwt.SigningMethodHS256, "eyJhbGciOiJIUzM4NCJ9": jwt.SigningMethodHS384,
	"eyJhbGciOiJIUzUxMiJ9": jwt.SigningMethodHS512,
}

// readOwn reads a token as servers do that read tokens themselves: three parts, one of the known headers, the signature
// to the letter, and of the claims sub and exp alone, in seconds; now stands for an end that is missing.
// Source: nacos 2.5.1 AP/jwt/NacosSignatureAlgorithm.java:75-135; measured 2.5.1, 3.0.3 with tokens forged in every field.
func readOwn(token string, secret []byte, now int64) (user string, left int64, err error) {
	header, rest, _ := strings.Cut(strings.TrimRight(token, "."), ".")
	claims, signature, three := strings.Cut(rest, ".")
	if !three || strings.Contains(signature, ".") {
		return "", 0, refuse(tokenInvalid)
	}
	method := headers[header]
	if method == nil {
		return "", 0, refuse("unsupported signature algorithm")
	}
	expected, err := method.Sign(header+"."+claims, secret)
	if err != nil || !hmac.Equal([]byte(base64.RawURLEncoding.EncodeToString(expected)), []byte(signature)) {
		return "", 0, refuse("Invalid signature")
	}
	user, end, err := readClaims(claims, now)
	switch {
	case err != nil:
		return "", 0, err
	case end < now:
		return "", 0, refuse(tokenExpired)
	}
	return user, end - now, nil
}

// readClaims reads whom a token is for and when it ends, in seconds. Numbers and texts stand for each other as they do for
// the library that real servers read JSON with; null stands for no user, and for an end at 0.
func readClaims(part string, now int64) (user string, end int64, err error) {
	text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return "", 0, failure.NewArgument("Illegal base64 character")
	}
	var all map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil || all == nil {
		return "", 0, errClaims
	}
	switch sub := all["sub"].(type) {
	case string:
		user = sub
	case json.Number:
		user = sub.String()
	case bool:
		user = strconv.FormatBool(sub)
	case nil:
		return "", 0, failure.NewUnexpected(`Cannot invoke "Object.hashCode()" because "key" is null`)
	default:
		return "", 0, errClaims
	}
	if exp, given := all["exp"]; given {
		end, err = seconds(exp)
	} else {
		end = now
	}
	return user, end, err
}

// seconds is the end of a token.
func seconds(exp any) (int64, error) {
	switch exp := exp.(type) {
	case nil:
		return 0, nil
	case string:
		if exp = java.Trim(exp); exp == "" {
			return 0, nil
		}
		if n, err := strconv.ParseInt(exp, 10, 64); err == nil {
			return n, nil
		}
	case json.Number:
		if n, err := exp.Int64(); err == nil {
			return n, nil
		}
		if f, err := exp.Float64(); err == nil && math.Abs(f) < math.MaxInt64 && strings.ContainsAny(exp.String(), ".eE") {
			return int64(f), nil
		}
	}
	return 0, errClaims
}

// errClaims is the failure of servers that cannot read what a token says, in its beginning.
var errClaims = failure.NewUnexpected("errCode: 101, errMsg: Nacos deserialize for class [com.alibaba.nacos.plugin.auth.impl.jwt.NacosJwtPayload] failed.  ")
