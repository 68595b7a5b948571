package probe

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// readOnlyCommand is the command whose answer is looked at: a database that is read-only is not alive.
const readOnlyCommand = "show global variables where variable_name='read_only'"

// changesData matches commands that the probe refuses, as the driver of the real server does: it only asks.
var changesData = regexp.MustCompile(`(?i)^(\s|/\*[^*]*\*/)*(insert|update|delete|drop|create|alter|truncate|rename)\b`)

// probeMySQL logs in, unless the connection of an earlier probe still lives, and runs the command.
func (p *Prober) probeMySQL(ctx context.Context, t Target) Result {
	err := p.command(ctx, t)
	switch {
	case err == nil:
		return Result{Outcome: Passed, Response: Measured, Reason: "mysql:+ok"}
	case errors.Is(err, errReadOnly):
		return Result{Outcome: Failed, Response: Longest, Reason: "mysql:error:" + err.Error()}
	}
	return Result{Outcome: FailedAtOnce, Response: Longest, Reason: "mysql:" + err.Error()}
}

var errReadOnly = errors.New("current node is slave!")

func (p *Prober) command(ctx context.Context, t Target) error {
	s, err := p.session(ctx, t)
	if err != nil {
		return err
	}
	command := text(t.Command)
	switch {
	case t.Command == nil:
		err = errors.New("SQL String cannot be NULL")
	case strings.TrimSpace(command) == "":
		err = errors.New("SQL String cannot be empty")
	case changesData.MatchString(command):
		err = errors.New("Statement.executeQuery() cannot issue statements that do not produce result sets.")
	default:
		err = s.run(ctx, command)
	}
	if s.lives() {
		p.sessions.give(t.Owner, s)
	} else {
		s.Close()
	}
	return err
}

// session is the connection of the target's owner, a new one when there is none that lives.
func (p *Prober) session(ctx context.Context, t Target) (session, error) {
	if s, ok := p.sessions.take(t.Owner); ok && s.lives() {
		return s, nil
	}
	cfg := mysql.NewConfig()
	cfg.User, cfg.Passwd, cfg.Net, cfg.Addr = text(t.User), text(t.Password), "tcp", t.address()
	cfg.Timeout, cfg.ReadTimeout, cfg.WriteTimeout = p.b.Timeout, p.b.Timeout, p.b.Timeout
	cfg.DialFunc, cfg.Logger = p.dial, &mysql.NopLogger{}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return session{}, err
	}
	conn, err := connector.Connect(ctx)
	return session{conn}, err
}

// session is a connection to a database.
type session struct{ driver.Conn }

func (s session) lives() bool {
	v, ok := s.Conn.(driver.Validator)
	return ok && v.IsValid()
}

// run sends a command and reads the first row of its answer.
func (s session) run(ctx context.Context, command string) error {
	rows, err := s.Conn.(driver.QueryerContext).QueryContext(ctx, command, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	if command != readOnlyCommand {
		return nil
	}
	row := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); errors.Is(err, io.EOF) || err == nil && len(row) < 2 {
		return errors.New("Illegal operation on empty result set.")
	} else if err != nil {
		return err
	}
	if value, ok := row[1].([]byte); ok && string(value) == "ON" {
		return errReadOnly
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
