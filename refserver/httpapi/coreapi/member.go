package coreapi

import (
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi/web"
	"github.com/nacos-tck/nacos-tck/refserver/naming"
)

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
func (c call) selfMember() member {
	address := c.Self()
	host, _, _ := net.SplitHostPort(address)
	raftPort := strconv.Itoa(c.Port() - raftOffset)
	m := member{
		IP: host, Port: c.Port(), State: "UP", Address: address, Reports: true,
		Extended: memberExtension{
			Refreshed: c.registry.Now().UnixMilli(), RaftPort: raftPort, Upgrades: true, Gray: true, Version: c.B.Server.Version,
			Raft: c.raftGroups(host + ":" + raftPort),
		},
	}
	m.Abilities.Remote.Connection, m.Abilities.Remote.Reports, m.Abilities.Naming.Raft = true, true, true
	return m
}

// raftAddress is the address of a member in its consensus groups.
func (m member) raftAddress() string { return net.JoinHostPort(m.IP, m.Extended.RaftPort) }

func v3Self(c call) (any, error) { return c.selfMember(), nil }

// v3Nodes are the servers of the cluster whose address begins as asked and that are in the state that is asked for.
func v3Nodes(c call) (any, error) {
	state := c.Params["state"]
	switch strings.ToUpper(state) {
	case "", "STARTING", "UP", "SUSPICIOUS", "DOWN", "ISOLATION":
	default:
		if !web.Blank(state) {
			return nil, &naming.Error{
				Flavour: naming.Checked, Status: http.StatusBadRequest, Code: naming.CodeIllegalState, Message: "Illegal state: " + state,
			}
		}
	}
	return c.members(c.Params["address"], state), nil
}

// members is this server, if it matches.
func (c call) members(address, state string) []member {
	m := c.selfMember()
	if !web.Blank(state) && !strings.EqualFold(state, m.State) || !web.Blank(address) && !strings.HasPrefix(m.Address, address) {
		return []member{}
	}
	return []member{m}
}

// own is this server as a member of its cluster.
func (c call) own() any {
	if c.B.Operations.FullMembers {
		return c.selfMember()
	}
	return c.peer()
}

// owns are the members of the cluster whose address begins as asked: this server or none.
func (c call) owns(prefix string) []any {
	if !web.Blank(prefix) && !strings.HasPrefix(c.Self(), prefix) {
		return []any{}
	}
	return []any{c.own()}
}

// memberUp is the state of a member that answers.
const memberUp = "UP"

// raftGroupNames are the consensus groups that this server belongs to.
func (c call) raftGroupNames() []string {
	if c.B.Operations.RaftGroups == "" {
		return nil
	}
	return strings.Split(c.B.Operations.RaftGroups, ",")
}

// raftGroups are those groups, which a server alone leads; peer is its address in them.
func (c call) raftGroups(peer string) groups {
	all := groups{map[string]group{}}
	for _, name := range c.raftGroupNames() {
		all.Groups[name] = group{Leader: peer, Members: []string{peer}, Term: 1}
	}
	return all
}

// peer is this server as it lists itself.
func (c call) peer() peerMember {
	own := c.selfMember()
	peer := peerMember{
		IP: own.IP, Port: own.Port, State: own.State, Address: own.Address,
		Extended: peerExtension{Refreshed: own.Extended.Refreshed, RaftPort: own.Extended.RaftPort, Version: own.Extended.Version},
	}
	if c.B.V1.PeerAbilities {
		peer.Extended.Raft = &own.Extended.Raft
		peer.Abilities = map[string]map[string]bool{
			"remoteAbility": {"supportRemoteConnection": true}, "configAbility": {"supportRemoteMetrics": false},
			"namingAbility": {"supportJraft": true},
		}
	}
	return peer
}

// peerMember is a server as the lists of 1.x and 2.0 show it.
type peerMember struct {
	IP        string                     `json:"ip"`
	Port      int                        `json:"port"`
	State     string                     `json:"state"`
	Extended  peerExtension              `json:"extendInfo"`
	Address   string                     `json:"address"`
	Failures  int                        `json:"failAccessCnt"`
	Abilities map[string]map[string]bool `json:"abilities,omitempty"`
}

type peerExtension struct {
	Refreshed int64   `json:"lastRefreshTime"`
	Raft      *groups `json:"raftMetaData,omitempty"`
	RaftPort  string  `json:"raftPort"`
	Version   string  `json:"version"`
}
