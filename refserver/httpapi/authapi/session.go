package authapi

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// sessions are the cookies of logins. A cookie says whose it is and is signed, so that nothing need be kept.
type sessions struct{ key []byte }

const sessionCookie = "JSESSIONID"

func newSessions() sessions {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return sessions{key}
}

// begin gives the client the cookie of a user; of nobody when the name is empty.
func (s sessions) begin(c call, user string) {
	http.SetCookie(c.Writer, &http.Cookie{Name: sessionCookie, Value: s.sign(user), Path: c.Face.ContextPath, HttpOnly: true})
}

func (s sessions) sign(user string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(user))
	return strings.ToUpper(hex.EncodeToString([]byte(user)) + "." + hex.EncodeToString(mac.Sum(nil)))
}

// knownUser is who is known to ask, empty for nobody: by the cookie of a login where that is kept, which is made where it
// is missing, else by the credentials that the guard took. Source: measured 1.4.8, 2.5.1.
func (c call) knownUser() string {
	switch {
	case c.B.Auth.KeepsSessions:
		return c.sessions.continued(c)
	case c.Access.User != nil:
		return *c.Access.User
	}
	return ""
}

// continued is whose session it is, empty for nobody's, which begins where there is none.
func (s sessions) continued(c call) (user string) {
	user, there := s.find(c.Request)
	if !there {
		s.begin(c, "")
	}
	return user
}

// find is whose cookie the client shows, empty for nobody's, and whether it shows one.
func (s sessions) find(r *http.Request) (user string, there bool) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return "", false
	}
	name, _, _ := strings.Cut(cookie.Value, ".")
	decoded, err := hex.DecodeString(name)
	if err != nil || !hmac.Equal([]byte(cookie.Value), []byte(s.sign(string(decoded)))) {
		return "", false
	}
	return string(decoded), true
}
