package wire

// Requests that servers send to each other, and their answers. What they carry besides is not read here.

// DistroDataRequest exchanges what clients published.
type DistroDataRequest struct {
	Request
	DataOperation *Text `json:"dataOperation,omitempty"`
}

// DistroDataResponse answers a DistroDataRequest.
type DistroDataResponse struct{ Response }

// MemberReportRequest says that a server of the cluster lives.
type MemberReportRequest struct {
	Request
	Node *Member `json:"node,omitempty"`
}

// Member is a server of the cluster.
type Member struct {
	IP   *Text `json:"ip,omitempty"`
	Port Int   `json:"port"`
}

// UnmarshalJSON gives an absent port the value that stands for none.
func (m *Member) UnmarshalJSON(b []byte) error { return Unmarshal(b, m) }

func (m *Member) setDefaults() { *m = Member{Port: -1} }

// MemberReportResponse answers a MemberReportRequest.
type MemberReportResponse struct{ Response }

// ServerLoaderInfoRequest asks what a server has to bear.
type ServerLoaderInfoRequest struct{ Request }

// ServerLoaderInfoResponse tells numbers as text.
type ServerLoaderInfoResponse struct {
	Response
	LoaderMetrics map[string]string `json:"loaderMetrics"`
}

// ServerReloadRequest makes a server shed SDK clients down to a count.
type ServerReloadRequest struct {
	Request
	ReloadCount  Int   `json:"reloadCount"`
	ReloadServer *Text `json:"reloadServer,omitempty"`
}

// ServerReloadResponse answers a ServerReloadRequest.
type ServerReloadResponse struct{ Response }
