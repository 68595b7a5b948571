package web

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
)

// What the web framework below the controllers does by itself.

// suspicious is what the firewall suspects in a path.
var suspicious = regexp.MustCompile(`(?i)//|;|%(3b|2e|25|0a|0d)`)

// suspicion is what the firewall finds in a path, empty for nothing. The pattern is slow, and most paths are plain.
func suspicion(path string) string {
	if !strings.ContainsAny(path, "%;") && !strings.Contains(path, "//") {
		return ""
	}
	if _, feed, _ := strings.Cut(strings.ToLower(path), "%0a"); feed != "" || strings.HasSuffix(strings.ToLower(path), "%0a") {
		return "%0a" // looked for before a carriage return
	}
	return suspicious.FindString(path)
}

// passFirewall refuses methods that nobody uses, and paths that could mean two things.
func (c *Call) passFirewall() bool {
	switch c.Method {
	case Get, Post, Put, Patch, Delete, http.MethodHead, http.MethodOptions:
	default:
		c.rejectMethod()
		return false
	}
	if found := suspicion(c.URI); found != "" {
		c.reject(`The request was rejected because the URL contained a potentially malicious String "` + found + `"`)
		return false
	}
	for segment := range strings.SplitSeq(c.URI, "/") {
		if segment == "." || segment == ".." {
			c.reject("The request was rejected because the URL was not normalized.")
			return false
		}
	}
	return true
}

// reject answers to a path that the firewall suspects.
func (c *Call) reject(reason string) {
	if c.B.Framework.ExplainsRejections {
		c.ErrorPage(http.StatusInternalServerError, reason)
		return
	}
	c.ErrorPage(http.StatusBadRequest, NoMessage)
}

// NoMessage is the message of error pages that have none.
const NoMessage = "No message available"

// rejectMethod answers to a method that nobody uses.
func (c *Call) rejectMethod() {
	switch trace := c.Method == http.MethodTrace; {
	case c.B.Framework.ExplainsRejections && trace:
		c.connectorPage(http.StatusMethodNotAllowed, "Method Not Allowed")
	case c.B.Framework.ExplainsRejections:
		c.connectorPage(http.StatusInternalServerError, "Internal Server Error")
	case trace:
		c.Writer.Header().Set("Allow", "HEAD, DELETE, POST, GET, OPTIONS, PUT")
		c.Bare(http.StatusBadRequest)
	default:
		c.Bare(http.StatusBadRequest)
	}
}

// toContextPath sends a client on that left out the slash behind the context path.
func (c *Call) toContextPath() {
	location := "http://" + c.Host + c.URI + "/"
	if c.URL.RawQuery != "" {
		location += "?" + c.URL.RawQuery
	}
	c.Writer.Header().Set("Location", location)
	c.Bare(http.StatusFound)
}

// harden sets the headers that all answers from behind the firewall carry, errors included.
func (c *Call) harden() {
	if !c.B.Framework.Hardens {
		return
	}
	header := c.Writer.Header()
	header["X-Content-Type-Options"] = []string{"nosniff"}
	header["X-XSS-Protection"] = []string{"0"}
	header["Cache-Control"] = []string{"no-cache, no-store, max-age=0, must-revalidate"}
	header["Pragma"] = []string{"no-cache"}
	header["Expires"] = []string{"0"}
	header["X-Frame-Options"] = []string{"DENY"}
}

// Values of headers that all answers share.
var (
	varyOrigin = []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}
	ownScripts = []string{"script-src 'self'"}
)

// crossOrigin sets the headers for browsers that every answer from behind the filters carries.
func (c *Call) crossOrigin() {
	header, origin := c.Writer.Header(), c.Header.Get("Origin")
	secures := c.B.HTTP.SecuresAnswers || c.Face.Console
	if secures || origin != "" {
		header["Vary"] = varyOrigin
	}
	if origin != "" {
		header.Set("Access-Control-Allow-Origin", origin)
		header.Set("Access-Control-Allow-Credentials", "true")
	}
	if secures {
		header["Content-Security-Policy"] = ownScripts
	}
}

// badForm answers to a form whose escapes cannot be decoded, or whose body cannot be read. Real servers of 2.5.1 and 3.0.3
// answer to the latter with an error of their own: 500 after an answer too many, and 400 without a reason.
func (c *Call) badForm(err error) {
	if errors.Is(err, errUnreadBody) {
		c.ErrorPage(http.StatusBadRequest, err.Error())
		return
	}
	text := "Could not decode HTTP form payload"
	if c.B.Framework.NamesEscapes {
		text = err.Error()
	}
	c.ErrorPage(http.StatusInternalServerError, text)
}

// misplaced says whether the path ends in a slash that the framework does not take, though the filters do.
func (c *Call) misplaced() bool {
	return !c.B.Framework.TrailingSlash && strings.HasSuffix(c.Path, "/") && (c.Route == nil || !c.Route.Slash)
}

// noRoute answers for a path, or a method of a path, that nothing serves.
func (c *Call) noRoute() {
	if c.misplaced() || c.Face.Routes.anyMethod(c.Path) == nil {
		c.noPath()
		return
	}
	if c.Method == http.MethodOptions {
		c.Writer.Header().Set("Allow", c.Face.Routes.allowed(c.Path))
		if c.B.Framework.RefusesMethods {
			c.Writer.Header().Set("Accept-Patch", "")
		}
		c.Bare(http.StatusOK)
		return
	}
	c.noMethod()
}

func (c *Call) noPath() {
	switch {
	case c.Face.Console:
		c.Text(http.StatusInternalServerError, htmlEscapes.Replace("caused: No static resource "+strings.Trim(c.Path, "/")+".;"))
	case c.B.Framework.NamesEndpoints:
		c.ErrorPage(http.StatusNotFound, "No endpoint "+c.Method+" "+c.URI+".")
	default:
		c.ErrorPage(http.StatusNotFound, NoMessage)
	}
}

func (c *Call) noMethod() {
	methods := strings.TrimSuffix(strings.TrimSuffix(c.Face.Routes.allowed(c.Path), ",OPTIONS"), ",HEAD")
	v2 := strings.HasPrefix(c.Path, "/v2/")
	text := c.Harmless("caused: Request method '" + c.Method + "' not supported;")
	switch {
	case c.Face.Console:
		c.Text(http.StatusInternalServerError, "caused: Request method &#39;"+c.Method+"&#39; is not supported;")
	case c.B.Framework.RefusesMethods:
		c.Writer.Header().Set("Allow", strings.ReplaceAll(methods, ",", ", "))
		c.ErrorPage(http.StatusMethodNotAllowed, "Method '"+c.Method+"' is not supported.")
	case v2 && c.Negotiate(false) == "":
		c.Writer.Header().Set("Allow", methods)
		c.ErrorPage(http.StatusMethodNotAllowed, "Request method '"+c.Method+"' not supported")
	case v2:
		c.JSON(http.StatusInternalServerError, RestResult{Code: http.StatusInternalServerError, Message: &text})
	default:
		c.Text(http.StatusInternalServerError, text)
	}
}
