package namingapi

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// beatInfo is the instance that a full beat describes.
type beatInfo struct {
	IP          *wire.Text           `json:"ip"`
	Port        wire.Int             `json:"port"`
	Weight      *wire.Double         `json:"weight"`
	ServiceName *wire.Text           `json:"serviceName"`
	Cluster     *wire.Text           `json:"cluster"`
	Metadata    map[string]wire.Text `json:"metadata"`
	Ephemeral   *wire.Bool           `json:"ephemeral"`
}

// beatClass is what Java calls a full beat.
const beatClass = "com.alibaba.nacos.naming.healthcheck.RsInfo"

// parseBeat reads the JSON of a full beat; it is nil for null.
func parseBeat(text string) (b *beatInfo, err error) {
	err = json.NewDecoder(strings.NewReader(text)).Decode(&b)
	return b, err
}

func (b *beatInfo) ip() string      { return textOf(b.IP) }
func (b *beatInfo) cluster() string { return textOf(b.Cluster) }

func v1Beat(c call) (any, error) {
	b, err := c.readBeat(c.Params.Optional("clusterName", c.B.Registration.DefaultCluster), c.Params.Optional("ip", ""))
	if err != nil {
		return nil, err
	}
	port, err := web.Number(c.Params.Optional("port", "0"))
	if err != nil {
		return nil, err
	}
	if b.full == nil {
		b.port = port
	}
	grouped, err := c.Params.Required("serviceName")
	if err == nil {
		err = checkGrouped(grouped)
	}
	if err != nil {
		return nil, err
	}
	return c.beat(c.namespace(), grouped, b)
}

// beatRequest is a beat as a request describes it.
type beatRequest struct {
	ip, cluster string
	port        int
	full        *beatInfo
}

// readBeat reads the JSON of a full beat, whose address and cluster win over those of the request.
func (c call) readBeat(cluster, ip string) (beatRequest, error) {
	b := beatRequest{ip: ip, cluster: cluster}
	text := c.Params.Optional("beat", "")
	if text == "" {
		return b, nil
	}
	full, err := parseBeat(text)
	switch {
	case err != nil && c.B.Heartbeat.RefusesMalformed:
		return b, &web.Unreadable{Status: http.StatusSwitchingProtocols, Class: beatClass, Reason: cmp.Or(web.NotObject(beatClass, text), err.Error())}
	case err != nil, full == nil:
		return b, nil
	}
	b.full = full
	if !web.Blank(full.cluster()) && c.B.Heartbeat.FullBeatClusterWins {
		b.cluster = full.cluster()
	}
	b.ip, b.port = full.ip(), int(full.Port)
	return b, nil
}

func (c call) beat(namespace, grouped string, b beatRequest) (any, error) {
	k := c.key(namespace, grouped)
	beat := naming.Beat{IP: b.ip, Port: b.port, Cluster: b.cluster, Attributes: c.attributes()}
	if b.full != nil {
		full, err := c.fullBeat(namespace, grouped, b)
		if err != nil {
			return nil, err
		}
		beat.Full = full
	}
	code, err := c.registry.Beat(k, beat)
	if err != nil {
		return nil, err
	}
	terse := b.full != nil && !c.B.Heartbeat.FullAnswer
	interval := c.registry.BeatInterval(k, b.ip, b.port, b.cluster)
	if terse {
		interval = c.B.Heartbeat.DefaultInterval.Milliseconds()
	}
	answer := struct {
		Interval int64 `json:"clientBeatInterval"`
		Code     int   `json:"code"`
		Light    *bool `json:"lightBeatEnabled,omitempty"`
	}{Interval: interval, Code: code}
	if c.B.Heartbeat.LightBeatFlag && !terse && (code == c.B.Heartbeat.CodeOK || c.B.Heartbeat.LightBeatFlagOnUnknown) {
		answer.Light = new(c.registry.Switches().LightBeatEnabled || !c.B.Heartbeat.ObeysLightBeatSwitch)
	}
	return web.Raw{Value: answer}, nil
}

func (c call) fullBeat(namespace, grouped string, b beatRequest) (*naming.FullBeat, error) {
	in := naming.Instance{
		IP: b.ip, Port: b.port, Cluster: b.cluster, Weight: c.B.Heartbeat.FullBeatWeight,
		Healthy: true, Enabled: true, Metadata: map[string]string{}, NoIP: b.full.IP == nil && c.B.Heartbeat.FullBeatNeedsAddress,
		NoMetadata: b.full.Metadata == nil && c.B.Heartbeat.FullBeatNullMetadata,
	}
	if c.B.Heartbeat.FullBeatCarriesData {
		if b.full.Weight != nil {
			in.Weight = float64(*b.full.Weight)
		}
		for k, v := range b.full.Metadata {
			in.Metadata[k] = string(v)
		}
	}
	if err := c.setID(&in, grouped); err != nil {
		return nil, err
	}
	full := &naming.FullBeat{Instance: in, Ephemeral: b.full.Ephemeral == nil || bool(*b.full.Ephemeral)}
	if b.full.ServiceName != nil {
		full.Service = c.key(namespace, string(*b.full.ServiceName))
	}
	return full, nil
}
