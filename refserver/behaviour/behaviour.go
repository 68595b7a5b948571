// Package behaviour holds every decision in which Nacos lines and implementations differ, as one documented struct.
// A line is a value of it, a mutant is a line with one decision changed. No other code may ask for a version.
//
// Sources are given as `nacos <version> <path>`; N/ stands for naming/src/main/java/com/alibaba/nacos/naming/ and A/
// for api/src/main/java/com/alibaba/nacos/api/. "measured" means seen on a running server of that version.
package behaviour

import "time"

// Behaviour is what a server does, decision by decision, grouped by area.
type Behaviour struct {
	Server       Server
	Heartbeat    Heartbeat
	HealthChecks HealthChecks
	Registration Registration
	Deregister   Deregister
	Services     Services
	Metadata     Metadata
	View         View
	Push         Push
	Datagrams    Datagrams
	Cleaning     Cleaning
	Connections  Connections
	Requests     Requests
	Watch        Watch
	Locks        Locks
	HTTP         HTTP
	V1           V1
	Texts        Texts
	Framework    Framework
	API          API
	Durable      Durable
	Namespaces   Namespaces
	Auth         Auth
	Config       Config
	Operations   Operations
	ConfigHTTP   ConfigHTTP
	Metrics      Metrics
}

// Server is what a server says about itself.
type Server struct {
	// Version is what the server state endpoint reports.
	// Source: measured 2.5.1.
	Version string
	// AccessLogUnit is the unit in which the access log tells how long a request took.
	// Source: measured 1.4.8, 2.0.4, 2.5.1 (milliseconds), 3.0.3 (microseconds, with Tomcat 10).
	AccessLogUnit time.Duration
	// GRPC is true when the gRPC port is open, false when nothing listens there. Source: measured 1.4.8 (nothing does), 2.5.1.
	GRPC bool
	// FullState is true when the server state tells settings, false when it tells version and modes alone.
	// Source: measured 1.4.8, 2.5.1.
	FullState bool
}
