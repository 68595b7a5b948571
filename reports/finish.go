package reports

import "time"

// Finish makes the record that closes a log whose results are all in.
func Finish(log *Log, lasted time.Duration) End {
	closed := *log
	closed.End = &End{Lasted: lasted}
	return End{Lasted: lasted, Exit: Assemble(&closed).Exit}
}
