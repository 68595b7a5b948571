package wire

import (
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// The answers that servers give most often are written without reflection, byte for byte as encoding/json would.

// answerSize is about what an answer takes, but for its hosts, hostSize what each of them takes.
const answerSize, hostSize = 192, 384

// appendViewed writes an answer that holds a view.
func appendViewed(r *Response, view *ServiceInfo) []byte {
	b := appendResponse(append(make([]byte, 0, answerSize), '{'), r)
	if view != nil {
		b = appendServiceInfo(property(b, "serviceInfo"), view)
	}
	return append(b, '}')
}

func appendResponse(b []byte, r *Response) []byte {
	b = whole(b, "resultCode", r.ResultCode)
	b = whole(b, "errorCode", r.ErrorCode)
	b = optional(b, "message", r.Message)
	b = optional(b, "requestId", r.RequestID)
	return truth(b, "success", r.Success)
}

func appendServiceInfo(b []byte, v *ServiceInfo) []byte {
	b = append(slices.Grow(b, answerSize+hostSize*len(v.Hosts)), '{')
	b = optional(b, "name", v.Name)
	b = optional(b, "groupName", v.GroupName)
	b = optional(b, "clusters", v.Clusters)
	b = whole(b, "cacheMillis", v.CacheMillis)
	b = appendHosts(property(b, "hosts"), v.Hosts)
	b = whole(b, "lastRefTime", v.LastRefTime)
	b = quoted(property(b, "checksum"), v.Checksum)
	if v.AllIPs != nil {
		b = truth(b, "allIPs", *v.AllIPs)
	}
	if v.AllIps != nil {
		b = truth(b, "allIps", *v.AllIps)
	}
	b = truth(b, "reachProtectionThreshold", v.ReachProtectionThreshold)
	return append(truth(b, "valid", v.Valid), '}')
}

func appendHosts(b []byte, hosts []Instance) []byte {
	if hosts == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range hosts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendInstance(b, &hosts[i])
	}
	return append(b, ']')
}

func appendInstance(b []byte, in *Instance) []byte {
	b = append(b, '{')
	b = optional(b, "instanceId", in.InstanceID)
	b = optional(b, "ip", in.IP)
	b = whole(b, "port", in.Port)
	b = in.Weight.appendTo(property(b, "weight"))
	b = truth(b, "healthy", in.Healthy)
	b = truth(b, "enabled", in.Enabled)
	b = truth(b, "ephemeral", in.Ephemeral)
	b = optional(b, "clusterName", in.ClusterName)
	b = optional(b, "serviceName", in.ServiceName)
	b = appendTexts(property(b, "metadata"), in.Metadata)
	b = whole(b, "instanceHeartBeatInterval", in.InstanceHeartBeatInterval)
	b = whole(b, "instanceHeartBeatTimeOut", in.InstanceHeartBeatTimeOut)
	b = whole(b, "ipDeleteTimeout", in.IPDeleteTimeout)
	return append(optional(b, "instanceIdGenerator", in.InstanceIDGenerator), '}')
}

func appendTexts(b []byte, m map[string]Text) []byte {
	switch {
	case m == nil:
		return append(b, "null"...)
	case len(m) == 0:
		return append(b, "{}"...)
	}
	b = append(b, '{')
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(quoted(b, name), ':')
		b = quoted(b, string(m[name]))
	}
	return append(b, '}')
}

// property begins a property of an object: a comma, unless it is the first, and its name.
func property(b []byte, name string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	b = append(b, '"')
	b = append(b, name...)
	return append(b, `":`...)
}

func optional(b []byte, name string, t *Text) []byte {
	if t == nil {
		return b
	}
	return quoted(property(b, name), string(*t))
}

func whole(b []byte, name string, n Int) []byte {
	return strconv.AppendInt(property(b, name), int64(n), 10)
}

func truth(b []byte, name string, v Bool) []byte {
	return strconv.AppendBool(property(b, name), bool(v))
}

// quoted writes plain text as it is, and leaves any other to encoding/json.
func quoted(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			escaped, _ := marshal(text) // text can always be written
			return append(b, escaped...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}
