package refserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"

	"github.com/nacos-tck/nacos-tck/refserver/probe"
)

// How far the other ports are above the HTTP port.
const (
	grpcOffset    = 1000
	clusterOffset = 1001
)

// MaxPort is the highest HTTP port that leaves room for the other ports.
const MaxPort = 65535 - clusterOffset

// attempts bounds the search for free ports.
const attempts = 64

// ports are the listeners of a server. It has no gRPC ports where the line has none, and may have no cluster port and no
// console.
type ports struct{ http, grpc, cluster, console net.Listener }

// close closes those that are open.
func (p ports) close() error {
	var problems []error
	for _, l := range []net.Listener{p.http, p.grpc, p.cluster, p.console} {
		if l != nil {
			problems = append(problems, l.Close())
		}
	}
	return errors.Join(problems...)
}

// ConsoleError is why the port of the console could not be opened.
type ConsoleError struct {
	Port int
	Err  error
}

func (e *ConsoleError) Error() string { return fmt.Sprintf("console port %d: %v", e.Port, e.Err) }

// Unwrap is the error of the network.
func (e *ConsoleError) Unwrap() error { return e.Err }

// PortError is why a port of the server could not be opened.
type PortError struct {
	// What is HTTP port, gRPC port or cluster port.
	What string
	Port int
	Err  error
}

func (e *PortError) Error() string { return fmt.Sprintf("%s %d: %v", e.What, e.Port, e.Err) }

// Unwrap is the error of the network.
func (e *PortError) Unwrap() error { return e.Err }

// listen opens the ports as the options say; those for gRPC only when they are wanted.
func (o options) listen(ctx context.Context, grpc bool) (ports, error) {
	p, err := o.listenServer(ctx, grpc)
	if err != nil || o.console == nil {
		return p, err
	}
	p.console, err = new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(o.host, strconv.Itoa(*o.console)))
	if err != nil {
		return ports{}, errors.Join(&ConsoleError{*o.console, err}, p.close())
	}
	return p, nil
}

// listenServer opens all ports but that of the console.
func (o options) listenServer(ctx context.Context, grpc bool) (ports, error) {
	if given := o.listeners; given != (ports{}) {
		if given.http == nil || given.grpc == nil {
			return ports{}, errors.New("expected listeners for HTTP and gRPC, found one of them")
		}
		if !grpc {
			return ports{http: given.http}, ports{grpc: given.grpc, cluster: given.cluster}.close()
		}
		return given, nil
	}
	if o.port != 0 {
		return listenFrom(ctx, o.host, o.port, grpc)
	}
	var problem error
	for range attempts {
		p, err := listenFrom(ctx, o.host, 0, grpc)
		if err == nil {
			return p, nil
		}
		problem = err
	}
	return ports{}, fmt.Errorf("found no free ports that are %d and %d above another in %d attempts: %w", grpcOffset, clusterOffset, attempts, problem)
}

// openPackets is how the socket for pushes over UDP is opened, nil when there shall be none.
func (o options) openPackets() func() (net.PacketConn, error) {
	if o.packets != nil || o.listeners.http != nil {
		return o.packets
	}
	return func() (net.PacketConn, error) {
		var lc net.ListenConfig
		// Not on the host of the other ports: clients name addresses of any network.
		return lc.ListenPacket(context.Background(), "udp", ":0")
	}
}

// dialer is how persistent instances are reached, nil when they are not.
func (o options) dialer() probe.Dial {
	if o.dial != nil || o.listeners.http != nil {
		return o.dial
	}
	return (&net.Dialer{}).DialContext
}

// listenFrom opens the HTTP port, any one when it is 0, and those that belong to it.
func listenFrom(ctx context.Context, host string, port int, grpc bool) (ports, error) {
	opened := make([]net.Listener, 0, 3)
	for _, wanted := range []struct {
		what   string
		offset int
	}{{"HTTP port", 0}, {"gRPC port", grpcOffset}, {"cluster port", clusterOffset}} {
		if wanted.offset > 0 && !grpc {
			return ports{http: opened[0]}, nil
		}
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port+wanted.offset)))
		if err != nil {
			problems := []error{&PortError{wanted.what, port + wanted.offset, err}}
			for _, l := range opened {
				problems = append(problems, l.Close())
			}
			return ports{}, errors.Join(problems...)
		}
		port = l.Addr().(*net.TCPAddr).Port - wanted.offset
		opened = append(opened, l)
	}
	return ports{http: opened[0], grpc: opened[1], cluster: opened[2]}, nil
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
