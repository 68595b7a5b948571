package probe

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// database is the part of a MySQL server that a probe sees: https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html.
type database struct {
	logins, commands atomic.Int64
	// refuses logins, or commands, with an error.
	refusesLogin, refusesCommand bool
	// row is the only row of the answer to a command, none when it is nil.
	row []string
	// columns is the number of columns of the answer.
	columns int
	// after is the number of commands after which the connection ends, 0 for never.
	after int64
}

func (d *database) serve(conn net.Conn) {
	greeting := "\x0a8.0.0\x00\x01\x00\x00\x00saltsalt\x00\x00\xa2\x21\x02\x00\x08\x00\x15" +
		strings.Repeat("\x00", 10) + "saltsaltsalt\x00mysql_native_password\x00"
	if writePacket(conn, 0, greeting) != nil {
		return
	}
	if _, err := readPacket(conn); err != nil {
		return
	}
	d.logins.Add(1)
	if d.refusesLogin {
		_ = writePacket(conn, 2, "\xff\x15\x04#28000Access denied")
		return
	}
	_ = writePacket(conn, 2, ok)
	for {
		command, err := readPacket(conn)
		if err != nil || command[0] != comQuery {
			return
		}
		n := d.commands.Add(1)
		if d.answer(conn) != nil || n == d.after {
			return
		}
	}
}

const (
	ok       = "\x00\x00\x00\x02\x00\x00\x00"
	eof      = "\xfe\x00\x00\x02\x00"
	comQuery = 3
)

func (d *database) answer(conn net.Conn) error {
	if d.refusesCommand {
		return writePacket(conn, 1, "\xff\x28\x04#42000You have an error in your SQL syntax")
	}
	packets := []string{string([]byte{byte(d.columns)})}
	for range d.columns {
		packets = append(packets, "\x03def\x00\x00\x00\x01c\x00\x0c\x21\x00\x00\x01\x00\x00\xfd\x00\x00\x00\x00\x00")
	}
	packets = append(packets, eof)
	if d.row != nil {
		row := ""
		for _, value := range d.row {
			row += string([]byte{byte(len(value))}) + value
		}
		packets = append(packets, row)
	}
	packets = append(packets, eof)
	for n, p := range packets {
		if err := writePacket(conn, n+1, p); err != nil {
			return err
		}
	}
	return nil
}

func writePacket(w io.Writer, sequence int, payload string) error {
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(payload)))
	_, err := w.Write(append(append(head[:3], byte(sequence)), payload...))
	return err
}

func readPacket(r io.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	head[3] = 0
	payload := make([]byte, binary.LittleEndian.Uint32(head))
	_, err := io.ReadFull(r, payload)
	return payload, err
}

func TestMySQL(t *testing.T) {
	selects := new("select 1")
	readOnly := new(readOnlyCommand)
	cases := map[string]struct {
		database *database
		command  *string
		outcome  Outcome
		response Response
		logins   int64
		commands int64
	}{
		"answers":             {&database{columns: 1, row: []string{"1"}}, selects, Passed, Measured, 1, 1},
		"answers with no row": {&database{columns: 1}, selects, Passed, Measured, 1, 1},
		"may be written":      {&database{columns: 2, row: []string{"read_only", "OFF"}}, readOnly, Passed, Measured, 1, 1},
		"is read-only":        {&database{columns: 2, row: []string{"read_only", "ON"}}, readOnly, Failed, Longest, 1, 1},
		"tells nothing":       {&database{columns: 2}, readOnly, FailedAtOnce, Longest, 1, 1},
		"refuses the login":   {&database{refusesLogin: true}, selects, FailedAtOnce, Longest, 1, 0},
		"refuses the command": {&database{refusesCommand: true}, selects, FailedAtOnce, Longest, 1, 1},
		"no command":          {&database{}, nil, FailedAtOnce, Longest, 1, 0},
		"empty command":       {&database{}, new(" "), FailedAtOnce, Longest, 1, 0},
		"command that writes": {&database{}, new(" /* x */ Drop table t"), FailedAtOnce, Longest, 1, 0},
		"command like one":    {&database{columns: 1}, new("select updates"), Passed, Measured, 1, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, checks(t, behaviour.Line25))
				s.serve(c.database.serve)
				s.expect(s.probe(Target{Kind: MySQL, User: new("u"), Password: new("p"), Command: c.command}), c.outcome, c.response)
				if l, n := c.database.logins.Load(), c.database.commands.Load(); l != c.logins || n != c.commands {
					t.Errorf("expected %d logins and %d commands, found %d and %d", c.logins, c.commands, l, n)
				}
				s.prober.Close()
			})
		})
	}
}

// TestMySQLConnectionIsKept: one login serves many probes; the probe that finds its end fails, the next one logs in again.
func TestMySQLConnectionIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &database{columns: 1, after: 3}
		s := newSite(t, checks(t, behaviour.Line25))
		s.serve(d.serve)
		for n, want := range []Outcome{Passed, Passed, Passed, FailedAtOnce, Passed} {
			got := s.probe(Target{Kind: MySQL, Command: new("select 1"), Owner: "o"})
			if got.Outcome != want {
				t.Errorf("probe %d: expected outcome %d, found %d: %s", n, want, got.Outcome, got.Reason)
			}
		}
		if n := d.logins.Load(); n != 2 {
			t.Errorf("expected 2 logins, found %d", n)
		}
		s.prober.Close()
	})
}

func TestNoMySQL(t *testing.T) {
	cases := map[string]func(net.Conn){
		"hangs":  func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) },
		"closes": func(net.Conn) {},
		"talks":  func(conn net.Conn) { _, _ = io.WriteString(conn, "hello\r\n") },
	}
	for name, talk := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, checks(t, behaviour.Line25))
				s.serve(talk)
				s.expect(s.probe(Target{Kind: MySQL, Command: new("select 1")}), FailedAtOnce, Longest)
			})
		})
	}
}
