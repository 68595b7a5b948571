package match_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/onsi/gomega/types"

	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/reports"
)

const instance = "127.0.0.9:8080"

// story is a hand-written history of one instance.
type story []reports.Event

func newStory() *story {
	s := story{}
	return s.add(reports.KindFact, "instance", 0, instance)
}

func (s *story) add(kind reports.Kind, name string, at float64, data any) *story {
	b, _ := json.Marshal(data)
	moment := time.Duration(at * float64(time.Second))
	*s = append(*s, reports.Event{
		Timeline: "t", Seq: len(*s), Kind: kind, Name: name, Sent: moment, Received: moment + 10*time.Millisecond, Data: b,
	})
	return s
}

func (s *story) step(name string, at float64, status int, body string) *story {
	return s.add(reports.KindRequest, name, at, map[string]any{"status": status, "body": body, "requestBody": ""})
}

// slow adds a step whose answer comes long after it.
func (s *story) slow(name string, from, to float64) *story {
	s.step(name, from, 200, "ok")
	(*s)[len(*s)-1].Received = time.Duration(to * float64(time.Second))
	return s
}

func (s *story) sample(at float64, body string) *story {
	return s.add(reports.KindSample, "list", at, map[string]any{"status": 200, "body": body, "requestBody": ""})
}

// samples adds a read every half second that shows the instance as said.
func (s *story) samples(from, to float64, state string) *story {
	for at := from; at < to; at += 0.5 {
		s.sample(at, view(state))
	}
	return s
}

func view(state string) string {
	switch state {
	case "absent":
		return `{"hosts":[]}`
	case "unknown":
		return `ok`
	}
	return fmt.Sprintf(`{"hosts":[{"ip":"127.0.0.9","port":8080,"healthy":%t,"weight":1.0,"metadata":{}}]}`, state == "healthy")
}

func (s *story) history() engine.History { return engine.NewHistory(engine.Window{}, *s...) }

func code(t *testing.T, m types.GomegaMatcher, h engine.History) string {
	t.Helper()
	matched, err := m.Match(h)
	if err != nil {
		t.Fatal(err)
	}
	if matched {
		return ""
	}
	message := m.FailureMessage(h)
	for i, r := range message {
		if r == ':' {
			return message[:i]
		}
	}
	t.Fatalf("expected a reason code and a colon, found %q", message)
	return ""
}

func TestTransitions(t *testing.T) {
	window := engine.Window{After: 15 * time.Second, Until: 20 * time.Second}
	base := func() *story { return newStory().step("beat", 1, 200, "ok") }
	for name, test := range map[string]struct {
		history *story
		matcher types.GomegaMatcher
		want    string
	}{
		"in its window":        {base().samples(1.5, 17, "healthy").samples(17, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), ""},
		"too early":            {base().samples(1.5, 10, "healthy").samples(10, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.TooEarly},
		"just too early":       {base().samples(1.5, 15.5, "healthy").samples(15.5, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.TooEarly},
		"at the lower bound":   {base().samples(1.5, 16, "healthy").samples(16, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), ""},
		"within the grace":     {base().samples(1.5, 22, "healthy").samples(22, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), ""},
		"too late":             {base().samples(1.5, 23, "healthy").samples(23, 40, "unhealthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.TooLate},
		"never":                {base().samples(1.5, 40, "healthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.Never},
		"not observed":         {base().samples(1.5, 10, "healthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.Unobserved},
		"removed, not flipped": {base().samples(1.5, 17, "healthy").samples(17, 40, "absent"), match.TurnsUnhealthy().Since("beat").Within(window), match.Never},
		"no step":              {newStory().samples(1.5, 40, "healthy"), match.TurnsUnhealthy().Since("beat").Within(window), match.Missing},
		"nothing readable":     {base().samples(1.5, 40, "unknown"), match.TurnsUnhealthy().Since("beat").Within(window), match.NoAnswer},
		"unreadable reads do not count": {base().samples(1.5, 15, "healthy").samples(15, 16.5, "unknown").samples(16.5, 40, "unhealthy"),
			match.TurnsUnhealthy().Since("beat").Within(window), ""},
		"disappears":              {base().samples(1.5, 18, "unhealthy").samples(18, 40, "absent"), match.Disappears().Since("beat").Within(window), ""},
		"never there, never gone": {base().samples(1.5, 40, "absent"), match.Disappears().Since("beat").Within(window), match.Missing},
		"gone at once, there before": {newStory().samples(0.1, 0.9, "healthy").step("beat", 1, 200, "ok").samples(1.5, 40, "absent"),
			match.Disappears().Since("beat").Within(engine.Window{Until: time.Second}), ""},
		"gone before, gone after": {newStory().samples(0.1, 0.9, "absent").step("beat", 1, 200, "ok").samples(1.5, 40, "absent"),
			match.Disappears().Since("beat").Within(engine.Window{Until: time.Second}), match.Missing},
		"a window that opens at once": {newStory().step("beat", 1, 200, "ok").samples(1.01, 3, "healthy"),
			match.Appears().Since("beat").Within(engine.Window{Until: time.Second}), ""},
		"appears":                    {base().samples(1.5, 17, "absent").samples(17, 40, "healthy"), match.Appears().Since("beat").Within(window), ""},
		"turns healthy":              {base().samples(1.5, 17, "unhealthy").samples(17, 40, "healthy"), match.TurnsHealthy().Since("beat").Within(window), ""},
		"another series is not read": {base().samples(1.5, 17, "healthy").samples(17, 40, "unhealthy"), match.TurnsUnhealthy().In("other").Since("beat").Within(window), match.NoAnswer},
		"the last step of the name counts": {base().samples(1.5, 12, "healthy").step("beat", 12, 200, "ok").samples(12.5, 20, "healthy").samples(20, 50, "unhealthy"),
			match.TurnsUnhealthy().Since("beat").Within(window), match.TooEarly},
	} {
		t.Run(name, func(t *testing.T) {
			if got := code(t, test.matcher, test.history.history()); got != test.want {
				t.Errorf("expected %q, found %q: %s", test.want, got, test.matcher.FailureMessage(nil))
			}
		})
	}
}

func TestLasting(t *testing.T) {
	base := func() *story { return newStory().step("register", 1, 200, "ok") }
	for name, test := range map[string]struct {
		history *story
		matcher types.GomegaMatcher
		want    string
	}{
		"to the end of the recording":  {base().samples(1.5, 40, "healthy"), match.IsHealthy().Since("register"), ""},
		"until a moment":               {base().samples(1.5, 16, "healthy").samples(16, 40, "unhealthy"), match.IsHealthy().Since("register").Until(15 * time.Second), ""},
		"ends before that moment":      {base().samples(1.5, 14, "healthy").samples(14, 40, "unhealthy"), match.IsHealthy().Since("register").Until(15 * time.Second), match.Gone},
		"unhealthy is listed":          {base().samples(1.5, 40, "unhealthy"), match.IsListed().Since("register"), ""},
		"absent is not listed":         {base().samples(1.5, 40, "absent"), match.IsListed().Since("register"), match.Gone},
		"absent":                       {base().samples(1.5, 40, "absent"), match.IsAbsent().Since("register"), ""},
		"comes back":                   {base().samples(1.5, 10, "absent").samples(10, 40, "healthy"), match.IsAbsent().Since("register"), match.Gone},
		"a late view is passed over":   {base().samples(1.5, 2, "absent").samples(2, 40, "healthy"), match.IsListed().Since("register").From(time.Second), ""},
		"no read is no proof":          {base(), match.IsAbsent().Since("register"), match.NoAnswer},
		"an unreadable view, no proof": {base().samples(1.5, 40, "unknown"), match.IsAbsent().Since("register"), match.NoAnswer},
		"a slow step, all reads agree": {newStory().slow("register", 1, 3).samples(3.1, 8, "healthy"),
			match.IsHealthy().Since("register").From(time.Second).Until(2 * time.Second), ""},
		"a slow step, a change": {newStory().slow("register", 1, 3).samples(3.1, 4.6, "unhealthy").samples(4.6, 8, "healthy"),
			match.IsHealthy().Since("register").From(time.Second).Until(2 * time.Second), match.NoAnswer},
		"a recording that ends earlier": {base().samples(1.5, 8, "healthy"), match.IsHealthy().Since("register").Until(15 * time.Second), match.Unobserved},
	} {
		t.Run(name, func(t *testing.T) {
			if got := code(t, test.matcher, test.history.history()); got != test.want {
				t.Errorf("expected %q, found %q: %s", test.want, got, test.matcher.FailureMessage(nil))
			}
		})
	}
}

func TestAnswering(t *testing.T) {
	h := newStory().
		step("beat", 1, 200, `{"clientBeatInterval":5000,"code":10200,"lightBeatEnabled":true}`).
		step("refused", 2, 400, "Param 'ip' is required.").
		step("list", 3, 200, view("healthy")).
		step("enveloped", 4, 200, `{"code":0,"message":"success","data":`+view("unhealthy")+`}`).
		add(reports.KindFact, "service", 0, "s1").
		step("names", 3, 200, `{"count":2,"doms":["s1","s2"]}`).
		step("others", 3, 200, `{"code":0,"data":{"count":1,"services":["s2"]}}`).
		add(reports.KindRequest, "dead", 5, map[string]any{"status": 0, "body": "", "err": "connection refused", "requestBody": ""}).
		add(reports.KindRequest, "grpc", 6, map[string]any{"type": "X", "responseType": "ErrorResponse", "body": `{"errorCode":301}`, "requestBody": ""}).
		history()
	for name, test := range map[string]struct {
		matcher types.GomegaMatcher
		want    string
	}{
		"code":                {match.AnswersCode("beat", 10200), ""},
		"wrong code":          {match.AnswersCode("beat", 20404), match.WrongCode},
		"status and text":     {match.Answers("refused").WithStatus(400).WithText("Param 'ip' is required.\r\n"), ""},
		"wrong status":        {match.Answers("refused").WithStatus(500), match.WrongStatus},
		"wrong text":          {match.Answers("refused").WithText("no"), match.WrongBody},
		"part of the text":    {match.Answers("refused").Containing("'ip'"), ""},
		"another part":        {match.Answers("refused").Containing("'port'"), match.WrongBody},
		"no answer":           {match.Answers("dead"), match.NoAnswer},
		"no such step":        {match.Answers("nothing"), match.Missing},
		"grpc":                {match.Answers("grpc").WithType("ErrorResponse").WithProperty("errorCode", 301), ""},
		"wrong type":          {match.Answers("grpc").WithType("InstanceResponse"), match.WrongType},
		"absent property":     {match.Answers("grpc").WithProperty("message", nil), ""},
		"present property":    {match.Answers("beat").WithProperty("code", nil), match.WrongCode},
		"only the instance":   {match.Answers("list").ShowingOnly(h, "instance"), ""},
		"through an envelope": {match.Answers("enveloped").ShowingOnly(h, "instance"), ""},
		"none":                {match.Answers("list").ShowingOnly(h), match.Unexpected},
		"twice":               {match.Answers("list").ShowingOnly(h, "instance", "instance"), match.Missing},
		"no view":             {match.Answers("beat").ShowingOnly(h), match.WrongBody},
		"a property of it":    {match.Answers("list").Showing(h, "instance", "weight 1", func(x match.Host) bool { return x.Weight == 1 }), ""},
		"another value":       {match.Answers("list").Showing(h, "instance", "weight 2", func(x match.Host) bool { return x.Weight == 2 }), match.WrongBody},
		"a name":              {match.Answers("names").Naming(h, "service"), ""},
		"no such name":        {match.Answers("others").Naming(h, "service"), match.Missing},
		"not the name":        {match.Answers("others").NotNaming(h, "service"), ""},
		"a name too many":     {match.Answers("names").NotNaming(h, "service"), match.Unexpected},
		"no names at all":     {match.Answers("beat").NotNaming(h, "service"), match.WrongBody},
		"any test":            {match.Answers("beat").Satisfying("three keys", func(a match.Answer) bool { return len(a.JSON()) == 3 }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := code(t, test.matcher, h); got != test.want {
				t.Errorf("expected %q, found %q: %s", test.want, got, test.matcher.FailureMessage(nil))
			}
		})
	}
}

func TestArrivals(t *testing.T) {
	window := engine.Window{After: 0, Until: 600 * time.Millisecond}
	push := func(s *story, at float64, state string) *story {
		return s.add(reports.KindPush, "a.push", at, map[string]any{"type": "NotifySubscriberRequest", "body": `{"serviceInfo":` + view(state) + `}`})
	}
	shows := func(a match.Answer) bool { _, found := a.Host(instance); return found }
	for name, test := range map[string]struct {
		history *story
		matcher types.GomegaMatcher
		want    string
	}{
		"in time":              {push(newStory().step("register", 1, 200, "ok"), 1.55, "healthy"), match.Arrives("a.push").Since("register").Within(window), ""},
		"too late":             {push(newStory().step("register", 1, 200, "ok"), 3, "healthy"), match.Arrives("a.push").Since("register").Within(window), match.TooLate},
		"never":                {newStory().step("register", 1, 200, "ok"), match.Arrives("a.push").Since("register").Within(window), match.Never},
		"not this one":         {push(newStory().step("register", 1, 200, "ok"), 1.5, "absent"), match.Arrives("a.push").Where("with the instance", shows).Since("register").Within(window), match.Never},
		"earlier ones":         {push(newStory(), 0.5, "healthy").step("register", 1, 200, "ok"), match.Arrives("a.push").Since("register").Within(window), match.Never},
		"silence":              {newStory().step("bye", 1, 200, "ok").sample(5, view("absent")), match.StaysSilent("a.push", "bye"), ""},
		"broken silence":       {push(newStory().step("bye", 1, 200, "ok"), 3, "healthy").sample(5, view("absent")), match.StaysSilent("a.push", "bye"), match.Unexpected},
		"silence until a step": {push(newStory().step("bye", 1, 200, "ok").step("hello", 2, 200, "ok"), 3, "healthy"), match.StaysSilent("a.push", "bye", "hello"), ""},
		"no silence until it":  {push(newStory().step("bye", 1, 200, "ok"), 1.5, "healthy").step("hello", 2, 200, "ok"), match.StaysSilent("a.push", "bye", "hello"), match.Unexpected},
		"nobody listens":       {newStory().step("bye", 1, 200, "ok"), match.StaysSilent("a.push", "bye"), match.Unobserved},
	} {
		t.Run(name, func(t *testing.T) {
			if got := code(t, test.matcher, test.history.history()); got != test.want {
				t.Errorf("expected %q, found %q: %s", test.want, got, test.matcher.FailureMessage(nil))
			}
		})
	}
}
