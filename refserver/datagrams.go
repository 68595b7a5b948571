package refserver

// datagrams lets the HTTP port show the datagrams that wait for their acknowledgement.
type datagrams struct{ *life }

func (d datagrams) Waiting() [][]byte {
	if d.udp == nil {
		return nil
	}
	return d.udp.Waiting()
}

func (d datagrams) Forget() {
	if d.udp != nil {
		d.udp.Forget()
	}
}
