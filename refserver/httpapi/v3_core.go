package httpapi

import (
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/naming"
	"github.com/nacos-tck/nacos-tck/wire"
)

// v3ReloadCurrent and its kin answer with nothing but that they were heard.
func v3ReloadCurrent(c *call) (any, error) { return c.heard(loaderReloadCurrent) }
func v3ReloadClient(c *call) (any, error)  { return c.heard(loaderReloadClient) }
func v3SmartReload(c *call) (any, error)   { return c.heard(loaderSmartReload) }

func (c *call) heard(serve func(*call) (any, error)) (any, error) {
	_, err := serve(c)
	return nil, err
}

// v3Load is what the servers of a cluster have to bear, this one being all of it.
type v3Load struct {
	Detail    []v3ServerLoad `json:"detail"`
	Members   int            `json:"memberCount"`
	Metrics   int            `json:"metricsCount"`
	Completed bool           `json:"completed"`
	Max       int            `json:"max"`
	Min       int            `json:"min"`
	Avg       int            `json:"avg"`
	// Threshold is a number as text.
	Threshold string `json:"threshold"`
	Total     int    `json:"total"`
}

type v3ServerLoad struct {
	Address string `json:"address"`
	SDK     int    `json:"sdkConCount"`
	All     int    `json:"conCount"`
	Load    string `json:"load"`
	CPU     string `json:"cpu"`
}

func v3LoaderCluster(c *call) (any, error) {
	all := c.h.loader.Connections()
	sdk := sdkClients(all)
	return v3Load{
		Detail:  []v3ServerLoad{{c.self(), sdk, len(all), "0.0", "0.0"}},
		Members: 1, Metrics: 1, Completed: true, Max: sdk, Min: sdk, Avg: sdk, Total: sdk,
		Threshold: string(encode(wire.Double(float64(sdk) * 1.1))),
	}, nil
}

// member is a server of the cluster. What consensus groups it leads is left out: a server alone has none to choose.
type member struct {
	IP        string          `json:"ip"`
	Port      int             `json:"port"`
	State     string          `json:"state"`
	Extended  memberExtension `json:"extendInfo"`
	Address   string          `json:"address"`
	Failures  int             `json:"failAccessCnt"`
	Abilities memberAbilities `json:"abilities"`
	Reports   bool            `json:"grpcReportEnabled"`
}

type memberExtension struct {
	Refreshed int64  `json:"lastRefreshTime"`
	Raft      groups `json:"raftMetaData"`
	RaftPort  string `json:"raftPort"`
	Upgrades  bool   `json:"readyToUpgrade"`
	Gray      bool   `json:"supportGrayModel"`
	Version   string `json:"version"`
}

// groups are the consensus groups that a server belongs to.
type groups struct {
	Groups map[string]group `json:"metaDataMap"`
}

type group struct {
	Leader  string   `json:"leader"`
	Members []string `json:"raftGroupMember"`
	Term    int      `json:"term"`
}

type memberAbilities struct {
	Remote struct {
		Connection bool `json:"supportRemoteConnection"`
		Reports    bool `json:"grpcReportEnabled"`
	} `json:"remoteAbility"`
	Config struct {
		Metrics bool `json:"supportRemoteMetrics"`
	} `json:"configAbility"`
	Naming struct {
		Raft bool `json:"supportJraft"`
	} `json:"namingAbility"`
}

// raftOffset is how far the port of the consensus groups is below the HTTP port.
const raftOffset = 1000

// selfMember is this server, which is alone and thus leads every group.
func (c *call) selfMember() member {
	address := c.self()
	host, _, _ := net.SplitHostPort(address)
	raftPort := strconv.Itoa(c.h.port() - raftOffset)
	m := member{
		IP: host, Port: c.h.port(), State: "UP", Address: address, Reports: true,
		Extended: memberExtension{
			Refreshed: c.h.registry.Now().UnixMilli(), RaftPort: raftPort, Upgrades: true, Gray: true, Version: c.h.b.Server.Version,
			Raft: c.raftGroups(host + ":" + raftPort),
		},
	}
	m.Abilities.Remote.Connection, m.Abilities.Remote.Reports, m.Abilities.Naming.Raft = true, true, true
	return m
}

// raftAddress is the address of a member in its consensus groups.
func (m member) raftAddress() string { return net.JoinHostPort(m.IP, m.Extended.RaftPort) }

func v3Self(c *call) (any, error) { return c.selfMember(), nil }

// v3Nodes are the servers of the cluster whose address begins as asked and that are in the state that is asked for.
func v3Nodes(c *call) (any, error) {
	state := c.params["state"]
	switch strings.ToUpper(state) {
	case "", "STARTING", "UP", "SUSPICIOUS", "DOWN", "ISOLATION":
	default:
		if !blank(state) {
			return nil, &naming.Error{
				Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeIllegalState, Message: "Illegal state: " + state,
			}
		}
	}
	return c.members(c.params["address"], state), nil
}

// members is this server, if it matches.
func (c *call) members(address, state string) []member {
	m := c.selfMember()
	if !blank(state) && !strings.EqualFold(state, m.State) || !blank(address) && !strings.HasPrefix(m.Address, address) {
		return []member{}
	}
	return []member{m}
}
