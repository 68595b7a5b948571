package configapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
)

// publication is what a form publishes under a key, the same in all versions of the API but for the names of two
// parameters: those of the user, empty for none, and of the tags.
func (c call) publication(key config.Key, userName, tagsName string) config.Publication {
	return config.Publication{
		Key: key, Content: c.Params["content"], Type: c.Params["type"], App: c.Params.OptionalText("appName"),
		Tags: c.Params.OptionalText(tagsName), Desc: c.Params.OptionalText("desc"), Use: c.Params.OptionalText("use"),
		Effect: c.Params.OptionalText("effect"), Schema: c.Params.OptionalText("schema"),
		EncryptedDataKey: c.encryptedDataKey(), Author: c.configAuthor(userName),
		CASMD5: c.Header.Get("casMd5"), BetaIPs: c.Header.Get("betaIps"), Tag: c.Params["tag"],
	}
}

// encryptedDataKey is the key that the client encrypted the content with, empty for none.
func (c call) encryptedDataKey() string {
	if key := c.Params["encryptedDataKey"]; !web.Blank(key) {
		return key
	}
	return ""
}

// configAuthor is who writes: the user that a parameter names, the one whose credentials let the request pass, or the one
// that says that it logs in with it. An empty name stands for no such parameter.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/utils/RequestUtil.java; measured with and
// without authentication.
func (c call) configAuthor(userName string) config.Author {
	author := config.Author{IP: c.clientIP()}
	if userName != "" {
		author.User = c.Params[userName]
	}
	if web.Blank(author.User) {
		author.User = c.knownUser(c.Call)
	}
	if author.User == "" {
		author.User = c.Params["username"]
	}
	return author
}

// importAuthor is who writes what is brought in at once.
func (c call) importAuthor() config.Author {
	if c.B.ConfigHTTP.ReadsUser {
		return c.configAuthor("src_user")
	}
	return config.Author{User: c.Params["src_user"], IP: c.clientIP()}
}

// clientIP is the address that a request claims to come from, the one that betas are for.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/utils/WebUtils.java; measured.
func (c call) clientIP() string {
	if forwarded := c.Header.Get("X-Forwarded-For"); !web.Blank(forwarded) {
		first, _, _ := strings.Cut(forwarded, ",")
		return strings.TrimSpace(first)
	}
	if actual := c.Header.Get("X-Real-IP"); !web.Blank(actual) {
		return actual
	}
	return web.HostOf(c.RemoteAddr, c.RemoteAddr)
}
