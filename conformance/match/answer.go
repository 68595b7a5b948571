// Package match is the vocabulary of checks: readers of recorded answers and Gomega matchers over histories. It reads
// the bytes that crossed the network and nothing else. A failure message begins with its reason code and a colon.
package match

import (
	"encoding/json"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/reports"
)

// Answer is what one event brought back: an HTTP answer, a gRPC answer or a message on the stream.
type Answer struct {
	Event reports.Event
	// Status is the HTTP status, 0 where there is none.
	Status int
	// Type is the payload type of a gRPC answer or message.
	Type string
	// Code is the gRPC status of a call that ended without an answer.
	Code string
	// Body is the text as it came.
	Body string
	// Header holds the HTTP headers.
	Header map[string]string
	// Err says why nothing came.
	Err string
	// naming is what content returns, once it is known.
	naming map[string]any
}

// read reads the answer of an event of the history, once for all checks.
func read(h engine.History, e reports.Event) Answer {
	return h.Once(e, func(e reports.Event) any {
		a := Read(e)
		a.naming = a.content()
		return a
	}).(Answer)
}

// Read reads the answer of an event.
func Read(e reports.Event) Answer {
	var data struct {
		Status         int               `json:"status"`
		ResponseHeader map[string]string `json:"responseHeader"`
		Type           string            `json:"type"`
		ResponseType   *string           `json:"responseType"`
		Code           string            `json:"code"`
		Body           string            `json:"body"`
		Err            string            `json:"err"`
		RequestBody    *string           `json:"requestBody"`
	}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return Answer{Event: e, Err: fmt.Sprintf("the recorded event is not readable: %v", err)}
	}
	a := Answer{Event: e, Status: data.Status, Code: data.Code, Body: data.Body, Header: data.ResponseHeader, Err: data.Err}
	switch {
	case data.ResponseType != nil:
		a.Type = *data.ResponseType
	case data.RequestBody == nil: // a message on the stream has no request
		a.Type = data.Type
	}
	return a
}

// Answered reports whether anything came back.
func (a Answer) Answered() bool { return a.Status != 0 || a.Type != "" }

// JSON is the body as a JSON object; nil when it is none. The data of a v2 envelope is looked through.
func (a Answer) JSON() map[string]any {
	var object map[string]any
	if json.Unmarshal([]byte(a.Body), &object) != nil {
		return nil
	}
	return object
}

// content is the object that carries the naming data: the body, the data of its envelope, or its service info.
func (a Answer) content() map[string]any {
	if a.naming != nil {
		return a.naming
	}
	object := a.JSON()
	for _, key := range []string{"data", "serviceInfo"} {
		if inner, ok := object[key].(map[string]any); ok {
			return inner
		}
	}
	return object
}

// Host is an instance as an answer shows it. Properties that were absent are nil in Raw.
type Host struct {
	Address, InstanceID, Cluster, Service string
	Healthy, Enabled, Ephemeral           bool
	Weight                                float64
	Metadata                              map[string]string
	// Raw is every property as it was read.
	Raw map[string]any
}

// Hosts are the instances of a list, a query, a subscription or a push; false when the answer has no such list.
func (a Answer) Hosts() ([]Host, bool) { return hostsIn(a.content()) }

func hostsIn(content map[string]any) ([]Host, bool) {
	list, ok := content["hosts"].([]any)
	if !ok {
		return nil, false
	}
	hosts := []Host{}
	for _, item := range list {
		if raw, ok := item.(map[string]any); ok {
			hosts = append(hosts, readHost(raw))
		}
	}
	return hosts, true
}

func readHost(raw map[string]any) Host {
	h := Host{Raw: raw, Metadata: map[string]string{}}
	ip, _ := raw["ip"].(string)
	port, _ := raw["port"].(float64)
	h.Address = net.JoinHostPort(ip, strconv.Itoa(int(port)))
	h.InstanceID, _ = raw["instanceId"].(string)
	h.Cluster, _ = raw["clusterName"].(string)
	h.Service, _ = raw["serviceName"].(string)
	h.Healthy, _ = raw["healthy"].(bool)
	h.Enabled, _ = raw["enabled"].(bool)
	h.Ephemeral, _ = raw["ephemeral"].(bool)
	h.Weight, _ = raw["weight"].(float64)
	metadata, _ := raw["metadata"].(map[string]any)
	for k, v := range metadata {
		h.Metadata[k] = fmt.Sprint(v)
	}
	return h
}

// Host is the instance at ip:port, false when the answer does not show it.
func (a Answer) Host(address string) (Host, bool) {
	hosts, _ := a.Hosts()
	for _, h := range hosts {
		if h.Address == address {
			return h, true
		}
	}
	return Host{}, false
}

// Addresses are the ip:port of the hosts, in the order of the answer.
func (a Answer) Addresses() []string {
	hosts, _ := a.Hosts()
	addresses := []string{}
	for _, h := range hosts {
		addresses = append(addresses, h.Address)
	}
	return addresses
}

// Names are the services of a service list; false when the answer has no such list.
func (a Answer) Names() ([]string, bool) { return namesIn(a.content()) }

func namesIn(content map[string]any) ([]string, bool) {
	for _, key := range []string{"doms", "services", "serviceNames"} {
		if list, ok := content[key].([]any); ok {
			names := []string{}
			for _, item := range list {
				names = append(names, fmt.Sprint(item))
			}
			return names, true
		}
	}
	return nil, false
}

// summary is the answer in one short line for messages.
func (a Answer) summary() string {
	switch {
	case a.Err != "" && !a.Answered():
		return "no answer (" + strings.TrimSpace(a.Code+" "+a.Err) + ")"
	case a.Status != 0:
		return fmt.Sprintf("HTTP %d %q", a.Status, shorten(a.Body))
	}
	return fmt.Sprintf("%s %s", a.Type, shorten(a.Body))
}

const longest = 160

func shorten(s string) string {
	s = strings.TrimSpace(s)
	if len(s) <= longest {
		return s
	}
	return s[:longest] + "…"
}
