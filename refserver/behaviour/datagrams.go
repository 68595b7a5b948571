package behaviour

import "time"

// Datagrams decides how subscribers that have an address and no connection are pushed to, over UDP.
type Datagrams struct {
	// AckTimeout is how long a datagram waits for its acknowledgement until it is sent again or given up.
	// Source: nacos 2.5.1 N/constants/Constants.java:71-76; measured 1.4.8, 2.5.1.
	AckTimeout time.Duration
	// Sends is how often a datagram is sent in all while nobody acknowledges it.
	// Source: nacos 2.5.1 N/remote/udp/UdpConnector.java:133-183; measured 1.4.8, 2.5.1.
	Sends int
	// CompressFrom is the length in bytes from which a datagram is compressed.
	// Source: nacos 2.5.1 N/push/UdpPushService.java:180-193; measured 1.4.8, 2.5.1.
	CompressFrom int
	// NeedsMinorVersion is true when clients are not pushed to whose name tells the first part of a version alone.
	// Source: nacos 1.4.8 N/push/ClientInfo.java:35-110, 2.0.4 N/push/v1/ClientInfo.java:36-55 (their parser finds no
	// version, 2.0.4 fails); nacos 2.5.1 N/push/ClientInfo.java:35-60.
	NeedsMinorVersion bool
	// NeedsAddress is true when a reader whose address cannot be pushed to does not become a subscriber, and subscribers
	// are known by the ip that their address means; false when they are taken as they name themselves. (Where 1.4.8 cannot
	// resolve a name, it breaks the list of subscribers and pushes of that service, which is not copied.)
	// Source: nacos 1.4.8 N/controllers/InstanceController.java:672-687; measured 1.4.8, 2.5.1.
	NeedsAddress bool
	// SnapshotsAreOlder is true when a version with a fourth part comes before the same one without.
	// Source: measured 2.5.1 (it does not), 3.0.3 (it does, with a newer parser).
	SnapshotsAreOlder bool
	// Pollers is true when whoever polls a service is a subscriber by the address, the clusters and the agent that the
	// poll names, until no such poll came for longer than the switch defaultPushCacheMillis says; false when an address
	// is one client with one subscription to each service, which lives as HTTP clients do.
	// Source: nacos 1.4.8 N/push/PushService.java:137-142, 218-308, 479-489; nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:179-187.
	Pollers bool
	// PollerPeriod is the fixed delay between two passes that forget pollers; the first is at start. They are not pushed
	// to before it either. Source: nacos 1.4.8 N/push/PushService.java:101-107.
	PollerPeriod time.Duration
}
