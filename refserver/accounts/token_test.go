package accounts

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// signed is a token with these claims and, where it is given, another header than that of HS256.
func signed(claims string, header ...string) string {
	head := `{"alg":"HS256"}`
	if len(header) > 0 {
		head = header[0]
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	mac := hmac.New(sha256.New, Settings{Secret: secret}.secret())
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// TestSignedTokensOfEveryShape: measured 1.4.8 and 2.5.1, each with the same tokens. An outcome is a user, or a refusal
// behind an exclamation mark.
func TestSignedTokensOfEveryShape(t *testing.T) {
	const (
		invalid   = "!token invalid!"
		expired   = "!token expired!"
		nobody    = `!Cannot invoke "Object.hashCode()" because "key" is null`
		unnamed   = "!Cannot pass null or empty values to constructor"
		illegible = "!errCode: 101, errMsg: Nacos deserialize for class [com.alibaba.nacos.plugin.auth.impl.jwt.NacosJwtPayload] failed.  "
		header    = "!unsupported signature algorithm"
	)
	older, _ := newDirectory(t, "1.4")
	newer, _ := newDirectory(t, "2.5")
	for _, c := range []struct{ token, older, newer string }{
		{signed(`{"sub":"u","exp":4102444800}`), "u", "u"},
		{signed(`{"sub":"u"}`), "u", "u"},
		{signed(`{"sub":"u","exp":0}`), expired, expired},
		{signed(`{"sub":"u","exp":-1}`), expired, expired},
		{signed(`{"sub":"u","exp":null}`), "u", expired},
		{signed(`{"sub":"u","exp":""}`), invalid, expired},
		{signed(`{"sub":"u","exp":"4102444800"}`), "u", "u"},
		{signed(`{"sub":"u","exp":"5"}`), expired, expired},
		{signed(`{"sub":"u","exp":"soon"}`), invalid, illegible},
		{signed(`{"sub":"u","exp":"2099-01-01T00:00:00Z"}`), "u", illegible},
		{signed(`{"sub":"u","exp":4102444800.5}`), "u", "u"},
		{signed(`{"sub":"u","exp":4.1e9}`), "u", "u"},
		{signed(`{"sub":"u","exp":true}`), invalid, illegible},
		{signed(`{"sub":"u","exp":[1]}`), invalid, illegible},
		{signed(`{"sub":"u","exp":99999999999999999999}`), invalid, illegible},
		{signed(`{"sub":"u","nbf":4102444800}`), invalid, "u"},
		{signed(`{"sub":"u","nbf":1}`), "u", "u"},
		{signed(`{"sub":"u","nbf":"x"}`), invalid, "u"},
		{signed(`{"sub":"u","iat":4102444800,"iss":1,"aud":["a"],"jti":{}}`), "u", "u"},
		{signed(`{"sub":"a","sub":"u"}`), "u", "u"},
		{signed(`{"sub":5}`), "5", "5"},
		{signed(`{"sub":true}`), "true", "true"},
		{signed(`{"sub":["u"]}`), "[u]", illegible},
		{signed(`{"sub":null}`), unnamed, nobody},
		{signed(`{"SUB":"u"}`), unnamed, nobody},
		{signed(`{}`), unnamed, nobody},
		{signed(`[]`), invalid, illegible},
		{signed(``), invalid, illegible},
		{signed(`{`), invalid, illegible},
		{signed(`{"sub":"u"}{}`), "u", "u"},
		{signed(`{"sub":"u"}`, `{"typ":"JWT","alg":"HS256"}`), "u", header},
		{signed(`{"sub":"u"}`, `{"alg":"RS256"}`), invalid, header},
		{signed(`{"sub":"u"}`, `{"alg":"HS256","zip":"DEF"}`), invalid, header},
		{signed(`{"sub":"u"}`, `{"alg":5}`), invalid, header},
		{signed(`{"sub":"u"}`, `{}`), invalid, header},
		{" " + signed(`{"sub":"u"}`) + " ", "u", header},
		{signed(`{"sub":"u"}`) + ".", invalid, "u"},
		{signed(`{"sub":"u"}`) + "=", "u", "!Invalid signature"},
		{signed(`{"sub":"u"}`) + "\n", "u", "!Invalid signature"},
		{signed(`{"sub":"u"}`)[:30] + "\n" + signed(`{"sub":"u"}`)[30:], invalid, "!Invalid signature"},
	} {
		for _, side := range []struct {
			d        *Directory
			expected string
		}{{older, c.older}, {newer, c.newer}} {
			caller, err := side.d.Authenticate(Credentials{Token: c.token})
			found := caller.User
			if err != nil {
				found = "!" + err.Error()
			}
			if found != side.expected {
				t.Errorf("%s: expected %s, found %s", c.token, side.expected, found)
			}
		}
	}
}

// TestLivesOfTokens: a token that does not say when it ends ends now where servers read tokens themselves.
func TestLivesOfTokens(t *testing.T) {
	for line, expected := range map[behaviour.Line]int64{"1.4": endless, "2.5": 0} {
		d, _ := newDirectory(t, line)
		if caller, err := d.Authenticate(Credentials{Token: signed(`{"sub":"u"}`)}); err != nil || caller.Left != expected {
			t.Errorf("line %s: expected %d s, found %d s, %v", line, expected, caller.Left, err)
		}
	}
}

// TestTokensOfNobodyAreFailuresOfTheirKind: the transports render them apart.
func TestTokensOfNobodyAreFailuresOfTheirKind(t *testing.T) {
	for line, flavour := range map[behaviour.Line]failure.Flavour{"1.4": failure.Argument, "2.5": failure.Unexpected} {
		d, _ := newDirectory(t, line)
		_, err := d.Authenticate(Credentials{Token: signed(`{}`)})
		var e *failure.Error
		if !errors.As(err, &e) || e.Flavour != flavour {
			t.Errorf("line %s: expected flavour %d, found %v", line, flavour, err)
		}
	}
}
