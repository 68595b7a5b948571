package configapi

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/java"
)

// The signs of a long poll: entries end with pollLine, the words of an entry stand between pollWords.
const (
	pollWord = "\x02"
	pollLine = "\x01"
)

// maxPollKeys bounds the keys of a long poll.
const maxPollKeys = 10000

// errPoll refuses a long poll that cannot be read.
var errPoll = errors.New("invalid probeModify")

// parsePoll reads dataId, group, md5 and namespace of each entry. The namespace may be missing; without its end, the last
// entry is skipped; of several about one key the last counts. namespace makes ids of the names of namespaces.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/utils/MD5Util.java:118-162.
func parsePoll(text string, namespace func(string) string) ([]config.Listened, error) {
	keys, places := make([]config.Listened, 0, strings.Count(text, pollLine)), map[config.Key]int{}
	for {
		entry, rest, whole := strings.Cut(text, pollLine)
		words := strings.Split(entry, pollWord)
		if len(words) > 4 {
			return nil, errPoll
		}
		if !whole {
			return keys, nil
		}
		if len(words) < 3 || web.Blank(words[0]) || web.Blank(words[1]) {
			return nil, errPoll
		}
		l := config.Listened{Key: config.Key{DataID: words[0], Group: words[1]}, MD5: words[2], Unnamed: len(words) == 3 || web.Blank(words[3])}
		if !l.Unnamed {
			l.Namespace = words[3]
		}
		l.Namespace = namespace(l.Namespace)
		if place, known := places[l.Key]; known {
			keys[place] = l
		} else {
			places[l.Key] = len(keys)
			keys = append(keys, l)
		}
		if len(keys) > maxPollKeys {
			return nil, errPoll
		}
		text = rest
	}
}

// v1Poll answers which keys the client does not have as they are served to it: at once when it asks for that or any
// differs, else when one changes or the time is up.
// Source: nacos 1.4.8 and 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/service/LongPollingService.java.
func v1Poll(c call) (any, error) {
	poll, err := c.poll()
	if err != nil {
		return nil, failure.NewArgument("%s", err)
	}
	asked, long := c.Header["Long-Pulling-Timeout"]
	if !long {
		c.pollOnce(c.configs.Changed(poll))
		return web.Answered{}, nil
	}
	hold, legal := java.Integer(asked[0], 64)
	if !legal && c.B.ConfigHTTP.PollChecksTimeoutFirst {
		return nil, failure.NewArgument("%s", java.NotANumber(asked[0]))
	}
	atOnce := strings.EqualFold(c.Header.Get("Long-Pulling-Timeout-No-Hangup"), "true")
	if atOnce && !c.configs.HoldsAlways() || !legal {
		changed := c.configs.Changed(poll)
		if !legal && !atOnce && len(changed) == 0 {
			return nil, failure.NewArgument("%s", java.NotANumber(asked[0]))
		}
		c.pollAnswer(changed)
		return web.Answered{}, nil
	}
	held := c.configs.Hold(poll, time.Duration(min(max(hold, 0), 1<<40))*time.Millisecond)
	c.Params = nil // the request may be big and is held for long
	select {
	case changed := <-held.Done():
		c.pollAnswer(changed)
	case <-c.Context().Done():
		held.Cancel()
	}
	return web.Answered{}, nil
}

// poll is the long poll that a request asks for.
func (c call) poll() (config.Poll, error) {
	text := c.Params["Listening-Configs"]
	if web.Blank(text) {
		return config.Poll{}, errPoll
	}
	text, err := decodePoll(text)
	if err != nil {
		return config.Poll{}, err
	}
	keys, err := parsePoll(text, c.others)
	return config.Poll{Keys: keys, IP: c.clientIP(), Tag: c.Header.Get("Vipserver-Tag"), App: c.Header.Get("Client-AppName")}, err
}

// Polled are the configurations that a long poll names.
func (a *API) Polled(c *web.Call) ([]config.Key, error) {
	poll, err := call{c, a}.poll()
	keys := make([]config.Key, len(poll.Keys))
	for i, l := range poll.Keys {
		keys[i] = l.Key
	}
	return keys, err
}

// pollAnswer tells what changed.
func (c call) pollAnswer(changed []config.Listened) {
	if len(changed) == 0 {
		c.Bare(http.StatusOK)
		return
	}
	c.uncached()
	c.Send(http.StatusOK, "application/json", []byte(encodeChanged(changed)+"\n"))
}

func encodeChanged(changed []config.Listened) string {
	var b strings.Builder
	for _, l := range changed {
		b.WriteString(l.DataID + pollWord + l.Group)
		if !l.Unnamed {
			b.WriteString(pollWord + l.Namespace)
		}
		b.WriteString(pollLine)
	}
	return encodeURL(b.String())
}

// bodyVersion is the first version of clients that get nothing in headers.
const bodyVersion = 204

// pollOnce answers a request that does not wait: in headers, and to newer clients not at all.
// Source: nacos 1.4.8 config/src/main/java/com/alibaba/nacos/config/server/controller/ConfigServletInner.java:88-115; measured.
func (c call) pollOnce(changed []config.Listened) {
	if versionNumber(c.Header.Get("Client-Version")) < bodyVersion {
		var old strings.Builder
		for _, l := range changed {
			old.WriteString(l.DataID + ":" + l.Group + ";")
		}
		c.raw("Probe-Modify-Response", old.String())
		c.raw("Probe-Modify-Response-New", encodeChanged(changed))
	}
	c.uncached()
	c.Bare(http.StatusOK)
}

// versionNumber makes a number of the parts of a version that are numbers; a client that names none is of version 2.0.0.
func versionNumber(version string) int {
	if version == "" {
		return 200
	}
	sum := 0
	for part := range strings.SplitSeq(version, ".") {
		if n, err := strconv.ParseInt(part, 10, 32); err == nil {
			sum = sum*10 + int(n)
		}
	}
	return sum
}
