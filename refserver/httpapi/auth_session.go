package httpapi

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

// user is whose cookie the client shows, empty for nobody's.
func (s sessions) user(r *http.Request) string {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(cookie.Value, ".")
	user, err := hex.DecodeString(name)
	if err != nil || !hmac.Equal([]byte(cookie.Value), []byte(s.sign(string(user)))) {
		return ""
	}
	return string(user)
}
