package behaviour

// Durable decides what a server keeps over a restart.
type Durable struct {
	// Model names the data model of what is kept. A data directory is read by all lines of the model that wrote it, and
	// by no other: 2.x and 3.x find their persistent instances and metadata in the same Raft groups, whereas 1.x keeps
	// whole services with their lists, and nothing moves them to 2.x but a cluster of 2.0 or 2.1 that writes both.
	// Source: nacos 1.4.8 N/consistency/KeyBuilder.java:27-86; 2.5.1 N/constants/Constants.java:28-34; 3.0.3 as 2.5.1.
	Model string
}
