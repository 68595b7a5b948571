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
}
