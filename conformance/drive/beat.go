package drive

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/nacos-tck/nacos-tck/wire"
)

// LightBeat renews the instance by its address alone.
func (s *Session) LightBeat(api API, name string, i Instance) wire.HTTPExchange {
	return s.Beat(api, name, i.beatQuery(api), nil)
}

// FullBeat renews the instance with the JSON that a 1.x client sends; keys in change replace or, when nil, remove
// properties of it.
func (s *Session) FullBeat(api API, name string, i Instance, change map[string]any) wire.HTTPExchange {
	s.withdrawAtEnd(api, i)
	q := i.beatQuery(api)
	q.Set("beat", i.beatJSON(change))
	return s.Beat(api, name, q, nil)
}

// FormBeat is a full beat that travels in the body.
func (s *Session) FormBeat(api API, name string, i Instance) wire.HTTPExchange {
	s.withdrawAtEnd(api, i)
	return s.Beat(api, name, i.beatQuery(api), url.Values{"beat": {i.beatJSON(nil)}})
}

// Beat sends any parameters to where beats go. Nothing is withdrawn for it.
func (s *Session) Beat(api API, name string, query, form url.Values) wire.HTTPExchange {
	return s.Do(name, wire.HTTPRequest{Method: http.MethodPut, Path: api.Path("instance/beat"), Query: query, Form: form})
}

// beatQuery is the instance as a beat names it: the v2 beat wants the grouped service name.
func (i Instance) beatQuery(api API) url.Values {
	q := i.Query()
	if api == V2 {
		q.Set("serviceName", i.Service.Grouped())
		q.Del("groupName")
	}
	return q
}

func (i Instance) beatJSON(change map[string]any) string {
	beat := map[string]any{
		"serviceName": i.Service.Grouped(), "ip": i.IP, "port": i.Port, "cluster": "DEFAULT",
		"weight": 1.0, "ephemeral": true, "scheduled": false, "metadata": map[string]string{},
	}
	for k, v := range change {
		if v == nil {
			delete(beat, k)
		} else {
			beat[k] = v
		}
	}
	body, _ := json.Marshal(beat) // strings and numbers always encode
	return string(body)
}
