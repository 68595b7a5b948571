package refserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
)

// grpcOffset is how far the gRPC port is above the HTTP port.
const grpcOffset = 1000

// attempts bounds the search for a pair of free ports.
const attempts = 64

// listen opens both ports as the options say.
func (o options) listen(ctx context.Context) (http, grpc net.Listener, err error) {
	if o.http != nil || o.grpc != nil {
		if o.http == nil || o.grpc == nil {
			return nil, nil, errors.New("expected both listeners, found one of them")
		}
		return o.http, o.grpc, nil
	}
	if o.port != 0 {
		return listenPair(ctx, o.host, o.port)
	}
	for range attempts {
		if http, grpc, err = listenPair(ctx, o.host, 0); err == nil {
			return http, grpc, nil
		}
	}
	return nil, nil, fmt.Errorf("found no two free ports that are %d apart in %d attempts: %w", grpcOffset, attempts, err)
}

// openPackets is how the socket for pushes over UDP is opened, nil when there shall be none.
func (o options) openPackets() func() (net.PacketConn, error) {
	if o.packets != nil || o.http != nil {
		return o.packets
	}
	return func() (net.PacketConn, error) {
		var lc net.ListenConfig
		// Not on the host of the other ports: clients name addresses of any network.
		return lc.ListenPacket(context.Background(), "udp", ":0")
	}
}

func listenPair(ctx context.Context, host string, port int) (http, grpc net.Listener, err error) {
	var lc net.ListenConfig
	http, err = lc.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, nil, fmt.Errorf("HTTP port: %w", err)
	}
	port = http.Addr().(*net.TCPAddr).Port + grpcOffset
	grpc, err = lc.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("gRPC port (HTTP port + %d): %w", grpcOffset, err), http.Close())
	}
	return http, grpc, nil
}

// front is a port that stays open while one life of the server follows another.
type front struct {
	net.Listener
	incoming chan arrival
	closed   chan struct{}
	once     sync.Once
	pump     sync.WaitGroup
}

type arrival struct {
	conn net.Conn
	err  error
}

func newFront(l net.Listener) *front {
	f := &front{Listener: l, incoming: make(chan arrival), closed: make(chan struct{})}
	f.pump.Go(f.accept)
	return f
}

func (f *front) accept() {
	for {
		conn, err := f.Listener.Accept()
		select {
		case f.incoming <- arrival{conn, err}:
		case <-f.closed:
			if conn != nil {
				conn.Close()
			}
			return
		}
	}
}

// Close closes the port.
func (f *front) Close() (err error) {
	f.once.Do(func() {
		close(f.closed)
		err = f.Listener.Close()
		f.pump.Wait()
	})
	return err
}

// open gives a listener for one life: closing it leaves the port open.
func (f *front) open() net.Listener { return &door{front: f, closed: make(chan struct{})} }

type door struct {
	front  *front
	closed chan struct{}
	once   sync.Once
}

func (d *door) Accept() (net.Conn, error) {
	select {
	case <-d.closed:
		return nil, net.ErrClosed
	default:
	}
	select {
	case a := <-d.front.incoming:
		return a.conn, a.err
	case <-d.closed:
		return nil, net.ErrClosed
	}
}

func (d *door) Close() error {
	d.once.Do(func() { close(d.closed) })
	return nil
}

func (d *door) Addr() net.Addr { return d.front.Addr() }
