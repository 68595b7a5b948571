package httpapi

import (
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/config"
)

// publication is what a form publishes under a key, the same in all versions of the API but for the names of two
// parameters: those of the user and of the tags.
func (c call) publication(key config.Key, userName, tagsName string) config.Publication {
	return config.Publication{
		Key: key, Content: c.params["content"], Type: c.params["type"], App: c.params.optionalText("appName"),
		Tags: c.params.optionalText(tagsName), Desc: c.params.optionalText("desc"), Use: c.params.optionalText("use"),
		Effect: c.params.optionalText("effect"), Schema: c.params.optionalText("schema"),
		EncryptedDataKey: c.encryptedDataKey(), Author: c.configAuthor(c.params[userName]),
		CASMD5: c.Header.Get("casMd5"), BetaIPs: c.Header.Get("betaIps"), Tag: c.params["tag"],
	}
}

// encryptedDataKey is the key that the client encrypted the content with, empty for none.
func (c call) encryptedDataKey() string {
	if key := c.params["encryptedDataKey"]; !blank(key) {
		return key
	}
	return ""
}

// configAuthor is who writes: the user that the request names, or the one that it comes from.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/utils/RequestUtil.java.
func (c call) configAuthor(user string) config.Author {
	if blank(user) {
		user = c.params["username"]
	}
	return config.Author{User: user, IP: c.clientIP()}
}

// clientIP is the address that a request claims to come from, the one that betas are for.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/utils/WebUtils.java; measured.
func (c call) clientIP() string {
	if forwarded := c.Header.Get("X-Forwarded-For"); !blank(forwarded) {
		first, _, _ := strings.Cut(forwarded, ",")
		return strings.TrimSpace(first)
	}
	if actual := c.Header.Get("X-Real-IP"); !blank(actual) {
		return actual
	}
	return hostOf(c.RemoteAddr, c.RemoteAddr)
}
