package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestCountTests(t *testing.T) {
	for name, c := range map[string]struct {
		events string
		want   count
		says   string
	}{
		"leaves are counted, parents are not": {
			events: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"run","Package":"p","Test":"A/x"}
{"Action":"run","Package":"p","Test":"A/y"}
{"Action":"pass","Package":"p","Test":"A/x"}
{"Action":"pass","Package":"p","Test":"A/y"}
{"Action":"pass","Package":"p","Test":"A"}
{"Action":"pass","Package":"p","Elapsed":1.5}`,
			want: count{passed: 2}, says: "ok   p  2 passed, 1.5 s",
		},
		"a failure is counted where it happened and shown in full": {
			events: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"run","Package":"p","Test":"A/x"}
{"Action":"output","Package":"p","Test":"A/x","Output":"expected 1, got 2\n"}
{"Action":"fail","Package":"p","Test":"A/x"}
{"Action":"fail","Package":"p","Test":"A"}
{"Action":"fail","Package":"p"}`,
			want: count{failed: 1}, says: "FAIL p A/x\nexpected 1, got 2\n",
		},
		"a skipped test has shown nothing": {
			events: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"skip","Package":"p","Test":"A"}
{"Action":"pass","Package":"p"}`,
			want: count{failed: 1}, says: "SKIP p A",
		},
		"a package that does not build": {
			events: `{"Action":"build-output","ImportPath":"p","Output":"p.go:1: syntax error\n"}
{"Action":"build-fail","ImportPath":"p"}
{"Action":"fail","Package":"p"}`,
			want: count{failed: 1}, says: "p.go:1: syntax error",
		},
		"a package that dies in the middle of a test": {
			events: `{"Action":"run","Package":"p","Test":"A"}
{"Action":"output","Package":"p","Test":"A","Output":"panic: boom\n"}
{"Action":"fail","Package":"p"}`,
			want: count{failed: 1}, says: "panic: boom",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			got, err := countTests(strings.NewReader(c.events), &out)
			if err != nil || got != c.want {
				t.Errorf("got %+v, %v, want %+v", got, err, c.want)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("expected the output to say %q, it says:\n%s", c.says, &out)
			}
		})
	}
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	if code := run(context.Background(), []string{"good=true", "bad=false"}, &out); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	if !strings.HasSuffix(out.String(), "\n1 passed, 1 failed\n") {
		t.Errorf("the last line must be the count, got:\n%s", &out)
	}
	if code := run(context.Background(), nil, &out); code != 1 {
		t.Errorf("nothing ran: exit code %d, want 1", code)
	}
}
