package authapi

import (
	"crypto/rand"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/accounts"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// login is the answer to a good login.
type login struct {
	Token string `json:"accessToken"`
	// Life is in seconds.
	Life          int64  `json:"tokenTtl"`
	Administrator bool   `json:"globalAdmin"`
	User          string `json:"username"`
}

// v1Login wants both parameters, whatever else the caller shows.
func v1Login(c call) (any, error) {
	for _, name := range []string{"username", "password"} {
		if _, err := c.Params.Present(name); err != nil {
			return nil, err
		}
	}
	return c.login()
}

func v3Login(c call) (any, error) {
	answer, err := c.login()
	return web.Raw{Value: answer}, err
}

func (c call) login() (any, error) {
	caller, err := c.accounts.Authenticate(c.loginCredentials())
	if err != nil {
		return nil, err
	}
	switch {
	case c.B.Auth.KeepsSessions:
		c.sessions.begin(c, caller.User)
	case c.B.Auth.GuardBeginsSessions:
		c.sessions.continued(c)
	}
	life := caller.Left
	if !c.B.Auth.TellsRemainingLife {
		life = c.accounts.Settings().Life()
	}
	c.Writer.Header().Set("Authorization", bearer+caller.Token)
	return login{caller.Token, life, c.accounts.IsAdministrator(caller.User), caller.User}, nil
}

// bootstrapped is the first administrator, with the password as it was given or drawn.
type bootstrapped struct {
	User     string `json:"username"`
	Password string `json:"password"`
}

// bootstrap makes the first administrator, or nobody when there is one.
func (c call) bootstrap() (*bootstrapped, error) {
	password := c.Params["password"]
	if web.Blank(password) {
		password = rand.Text()
	}
	done, err := c.accounts.Bootstrap(password)
	if err != nil || !done {
		return nil, err
	}
	return &bootstrapped{accounts.Administrator, password}, nil
}

func bootstrapV1(c call) (any, error) {
	made, err := c.bootstrap()
	if err == nil && made == nil {
		return web.RestResult{Code: http.StatusConflict, Data: "have admin user cannot use it"}, nil
	}
	return made, err
}

func bootstrapV3(c call) (any, error) {
	made, err := c.bootstrap()
	if err == nil && made == nil {
		return web.Raw{Value: web.Envelope{Code: http.StatusConflict, Message: new("have admin user cannot use it.")}}, nil
	}
	return made, err
}
