package grpcapi_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/grpcapi"
	"github.com/nacos-tck/nacos-tck/wire"
)

// bubble runs a test in virtual time.
func bubble(t *testing.T, change func(*behaviour.Behaviour), test func(t *testing.T, w *world)) {
	t.Helper()
	bubbleLimited(t, change, grpcapi.Limits{}, test)
}

func bubbleLimited(t *testing.T, change func(*behaviour.Behaviour), limits grpcapi.Limits, test func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, startLimited(t, change, limits)) })
}

func TestConnectionHasAnIDBeforeAnyCall(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.dial()
		name, a := c.call("ServerCheckRequest", "not json")
		ms, rest, _ := strings.Cut(a.ConnectionID, "_")
		if name != "ServerCheckResponse" || len(ms) < 12 || rest != strings.Replace(c.LocalAddr().String(), ":", "_", 1) {
			t.Errorf("expected <ms>_<ip>_<port> of %s, found %s %q", c.LocalAddr(), name, a.ConnectionID)
		}
	})
}

func TestChecksComeInOrder(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		stranger, known, nameless := w.dial(), w.connect(), w.dial()
		nameless.setUp(`{"labels":{"module":"config"}}`)
		const service = `"namespace":"public","serviceName":"s","groupName":"g"`
		for _, c := range []struct {
			about      string
			on         *client
			name, body string
			want       string
			result     int
			code       int
			text       string
		}{
			{"cluster type", stranger, "DistroDataRequest", "{", "ErrorResponse", 500, 502, " invoke DistroDataRequest from sdk is forbidden"},
			{"unknown type before registration", stranger, "NoSuchRequest", "{", "ErrorResponse", 500, 302, "RequestHandler Not Found"},
			{"no type", stranger, "", "", "ErrorResponse", 500, 302, "RequestHandler Not Found"},
			{"registration before body", stranger, "InstanceRequest", "{", "ErrorResponse", 500, 301, "Connection is unregistered."},
			{"known type of another part", stranger, "ConfigQueryRequest", "{}", "ErrorResponse", 500, 301, "Connection is unregistered."},
			{"broken body", known, "InstanceRequest", "{", "ErrorResponse", 500, 502, "errCode: 101, errMsg: Nacos deserialize failed.  "},
			{"null body", known, "HealthCheckRequest", "null", "ErrorResponse", 500, 502, "Invalid request"},
			{"parameters before the handler", nameless, "InstanceRequest", `{` + service + `,"type":"xx","instance":{"port":-1}}`, "InstanceResponse", 500, 400, "Param check invalid:Param 'port' is illegal, the value should be between 0 and 65535."},
			{"blank name before the verb", nameless, "InstanceRequest", `{"type":"xx"}`, "ErrorResponse", 500, 500, "Param 'serviceName' is illegal, serviceName is blank"},
			{"verb before the instance", nameless, "InstanceRequest", `{` + service + `,"type":"xx"}`, "ErrorResponse", 400, 400, "Unsupported request type xx"},
			{"instance before the client", nameless, "InstanceRequest", `{` + service + `,"type":"registerInstance"}`, "ErrorResponse", 400, 400, "Instance can not be null."},
			{"cluster before the client", nameless, "InstanceRequest", `{` + service + `,"type":"registerInstance","instance":{"clusterName":"a_b"}}`, "ErrorResponse", 400, 400, "Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"},
			{"no verb", known, "InstanceRequest", `{` + service + `}`, "ErrorResponse", 500, 500, "Cannot invoke a method because the type is null"},
			{"no namespace", known, "InstanceRequest", `{"serviceName":"s","groupName":"g","type":"registerInstance","instance":{}}`, "ErrorResponse", 500, 500, "<none>"},
			{"null in a batch", known, "BatchInstanceRequest", `{` + service + `,"type":"batchRegisterInstance","instances":[null]}`, "BatchInstanceResponse", 500, 400, `Param check invalid:Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getIp()" because "instance" is null`},
			{"null in a batch before names", known, "BatchInstanceRequest", `{"serviceName":"@x","instances":[null]}`, "BatchInstanceResponse", 500, 400, `Param check invalid:Cannot invoke "com.alibaba.nacos.api.naming.pojo.Instance.getIp()" because "instance" is null`},
			{"no namespace again", known, "InstanceRequest", `{"serviceName":"s","groupName":"g","type":"registerInstance","instance":{}}`, "ErrorResponse", 500, 500, "Cannot invoke a method because the namespace is null"},
			{"deregister without namespace", known, "InstanceRequest", `{"serviceName":"s","groupName":"g","type":"deregisterInstance","instance":{}}`, "ErrorResponse", 500, 500, "Cannot invoke a method because the namespace is null"},
			{"legality before the namespace", known, "InstanceRequest", `{"serviceName":"s2","groupName":"g","type":"registerInstance","instance":{"clusterName":"a_b"}}`, "ErrorResponse", 400, 400, "Instance 'clusterName' should be characters with only 0-9a-zA-Z-. (current: a_b)"},
			{"a number beyond 32 bits", known, "ServiceListRequest", `{"namespace":"public","groupName":"g","pageNo":2147483648}`, "ErrorResponse", 500, 502, "errCode: 101, errMsg: Nacos deserialize failed.  "},
			{"a port beyond 32 bits", known, "InstanceRequest", `{` + service + `,"type":"registerInstance","instance":{"port":3000000000}}`, "ErrorResponse", 500, 502, "errCode: 101, errMsg: Nacos deserialize failed.  "},
			{"an interval beyond 64 bits", known, "InstanceRequest", `{` + service + `,"type":"registerInstance","instance":{"metadata":{"preserved.heart.beat.interval":"99999999999999999999"}}}`, "ErrorResponse", 500, 500, `For input string: "99999999999999999999"`},
			{"a byte order mark", known, "HealthCheckRequest", "\uFEFF{}", "HealthCheckResponse", 200, 0, "<none>"},
			{"a persistent instance without namespace goes", known, "PersistentInstanceRequest", `{"serviceName":"p","groupName":"g","type":"deregisterInstance","instance":{}}`, "InstanceResponse", 200, 0, "<none>"},
			{"a batch that is null", known, "BatchInstanceRequest", `{` + service + `,"type":"batchRegisterInstance"}`, "ErrorResponse", 500, 500, `Cannot invoke "java.util.List.iterator()" because "instances" is null`},
			{"subscribe without namespace", known, "SubscribeServiceRequest", `{"serviceName":"s3","groupName":"g","subscribe":true}`, "SubscribeServiceResponse", 200, 0, "success"},
			{"subscribe without namespace again", known, "SubscribeServiceRequest", `{"serviceName":"s3","groupName":"g","subscribe":false}`, "ErrorResponse", 500, 500, "Cannot invoke a method because the namespace is null"},
			{"subscribe a blank group", known, "SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":" "}`, "ErrorResponse", 500, 500, "Param 'groupName' is illegal, groupName is blank"},
		} {
			name, a := c.on.call(c.name, c.body)
			if name != c.want || a.ResultCode != c.result || a.ErrorCode != c.code || a.text() != c.text {
				t.Errorf("%s: expected %s %d/%d %q, found %s %d/%d %q", c.about, c.want, c.result, c.code, c.text, name, a.ResultCode, a.ErrorCode, a.text())
			}
		}
	})
}

func TestStrangersMayReadButNotWrite(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.dial()
		c.setUp(`{"labels":{"module":"NAMING"}}`)
		if hosts := c.hosts(); len(hosts) != 0 {
			t.Errorf("hosts: %v", hosts)
		}
		_, check := c.call("ServerCheckRequest", "{}")
		_, a := c.call("SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":true}`)
		want := "errCode: -401, errMsg: Client [" + check.ConnectionID + "] connection already disconnect, can't register ephemeral instance. "
		if a.ResultCode != -401 || a.ErrorCode != -401 || a.text() != want {
			t.Errorf("expected -401 %q, found %d %q", want, a.ResultCode, a.text())
		}
	})
}

func TestSetUp(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.dial()
		c.setUp(`{"labels":{"module":"config"},"abilityTable":{"a":"yes"}}`) // cannot be read
		if _, a := c.call("HealthCheckRequest", "{}"); a.ErrorCode != 301 {
			t.Errorf("after a broken set-up: %+v", a)
		}
		c.send("InstanceRequest", `{}`) // means nothing on a stream
		c.send("ConnectionSetupRequest", `{"clientVersion":"First:v1","labels":{"module":"naming","AppName":"one"},"abilityTable":{}}`)
		c.send("ConnectionSetupRequest", `{"clientVersion":"Second:v2","labels":{"module":"config"},"abilityTable":{}}`)
		if found := c.types(); !slices.Equal(found, []string{"SetupAckRequest", "SetupAckRequest"}) {
			t.Errorf("expected an acknowledgement of each set-up, found %v", found)
		}
		if body := c.messages("SetupAckRequest")[0].Body; body != `{"headers":{},"module":"internal","abilityTable":{"supportPersistentInstanceByGrpc":true}}` {
			t.Errorf("acknowledgement: %s", body)
		}
		all := w.server.Connections()
		if len(all) != 1 || all[0].Meta.Version != "First:v1" || all[0].Meta.App != "one" || all[0].Meta.ClientIP != "127.0.0.1" {
			t.Errorf("expected the first set-up to stay, found %+v", all)
		}

		silent := w.connect()
		if found := silent.types(); len(found) != 0 {
			t.Errorf("expected no acknowledgement without ability table, found %v", found)
		}
		broken := w.dial()
		broken.setUp(`{"labels":null}`)
		if found := broken.types(); !slices.Equal(found, []string{"Unknown: Application error processing RPC"}) {
			t.Errorf("expected null labels to end the stream, found %v", found)
		}
	})
}

func TestRegistrationIsListedAndEndsWithTheTransport(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		publisher, reader := w.connect(), w.connect()
		publisher.register()
		time.Sleep(time.Second)
		_, a := reader.call("ServiceQueryRequest", `{"namespace":"public","serviceName":"s","groupName":"g"}`)
		if h := a.ServiceInfo.Hosts; len(h) != 1 || h[0].InstanceID != "10.0.0.1#8080#null#g@@s" || h[0].ClusterName != "DEFAULT" {
			t.Fatalf("hosts: %+v", h)
		}
		if _, list := reader.call("ServiceListRequest", `{"namespace":"public","groupName":"g","pageNo":0,"pageSize":5}`); list.Count != 1 || !slices.Equal(list.ServiceNames, []string{"s"}) {
			t.Errorf("list: %+v", list)
		}
		if err := publisher.EndStream(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if found := publisher.types(); !slices.Equal(found, []string{"completed"}) {
			t.Errorf("expected the stream to be completed, found %v", found)
		}
		if hosts := reader.hosts(); len(hosts) != 1 {
			t.Errorf("expected the instance to outlive the stream, found %v", hosts)
		}
		publisher.Close()
		time.Sleep(700 * time.Millisecond)
		if hosts := reader.hosts(); len(hosts) != 0 {
			t.Errorf("expected the instance to end with the transport, found %v", hosts)
		}
	})
}

func TestWhatIsAbsentStaysAbsent(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		c.call("InstanceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","type":"registerInstance","instance":{"serviceName":"own","metadata":{"a":"<&>"}}}`)
		time.Sleep(time.Second)
		x := c.Call(t.Context(), "SubscribeServiceRequest", []byte(`{"namespace":"public","serviceName":"s","groupName":"g"}`), nil)
		for _, want := range []string{`"hosts":[{"instanceId":"null#0#null#own","port":0,`, `"metadata":{"a":"<&>"}`} {
			if !strings.Contains(x.Body, want) {
				t.Errorf("expected %s in %s", want, x.Body)
			}
		}
		if strings.Contains(x.Body, `"clusters"`) {
			t.Errorf("expected no clusters in %s", x.Body)
		}
		if _, a := c.call("ServiceListRequest", `{"namespace":"public","groupName":"g","pageNo":1,"pageSize":-1}`); a.ErrorCode != 500 || a.text() != "fromIndex(0) > toIndex(-1)" {
			t.Errorf("a page of negative size: %+v", a)
		}
	})
}

func TestIdleConnections(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		silent, answering, reader := w.connect(), w.connect(), w.connect()
		silent.SetAcks(wire.AckNone)
		silent.register()
		begin := time.Now()
		var gone time.Duration
		for time.Since(begin) < 40*time.Second && gone == 0 {
			time.Sleep(100 * time.Millisecond)
			if len(reader.hosts()) == 0 && time.Since(begin) > time.Second {
				gone = time.Since(begin)
			}
		}
		if gone < 25*time.Second || gone > 29*time.Second {
			t.Errorf("expected the silent client to go after 25 to 29 s, found %v", gone)
		}
		if found := silent.types(); !slices.Equal(found, []string{"ClientDetectionRequest", "completed"}) {
			t.Errorf("silent client: %v", found)
		}
		if _, a := silent.call("HealthCheckRequest", "{}"); a.ErrorCode != 301 {
			t.Errorf("expected 301 after the ejection, found %+v", a)
		}
		if found := answering.types(); !slices.Equal(found, []string{"ClientDetectionRequest"}) {
			t.Errorf("expected the answering client to stay, found %v", found)
		}
		if found := reader.types(); len(found) != 0 {
			t.Errorf("expected a client that calls not to be asked, found %v", found)
		}
		time.Sleep(31 * time.Second)
		if len(w.server.Connections()) != 2 {
			t.Errorf("connections: %+v", w.server.Connections())
		}
	})
}

func TestPushes(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		subscriber, publisher := w.connect(), w.connect()
		const subscribe = `{"namespace":"public","serviceName":"s","groupName":"g","clusters":"","subscribe":true}`
		subscriber.SetAcks(wire.AckNone)
		begin := time.Now()
		if _, a := subscriber.call("SubscribeServiceRequest", subscribe); a.text() != "success" {
			t.Fatalf("subscribe: %+v", a)
		}
		time.Sleep(8 * time.Second)
		pushes := subscriber.messages("NotifySubscriberRequest")
		if len(pushes) != 2 {
			t.Fatalf("expected the first push and its repetition, found %v", pushes)
		}
		first, second := pushes[0].At.Sub(begin), pushes[1].At.Sub(begin)
		if first < 500*time.Millisecond || first > 620*time.Millisecond || second-first < 6*time.Second || second-first > 6200*time.Millisecond {
			t.Errorf("pushes at %v and %v", first, second)
		}
		if pushes[0].Body == pushes[1].Body {
			t.Error("expected a new request id")
		}
		subscriber.SetAcks(wire.AckAll)
		time.Sleep(10 * time.Second)
		before := len(subscriber.messages("NotifySubscriberRequest"))
		publisher.register()
		time.Sleep(3 * time.Second)
		pushes = subscriber.messages("NotifySubscriberRequest")
		if len(pushes) != before+1 || !strings.Contains(pushes[before].Body, `"ip":"10.0.0.1"`) {
			t.Errorf("expected one acknowledged push of the change, found %v", pushes[before:])
		}
	})
}

func TestNegativeAcknowledgementIsRepeatedTwice(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		c.SetAcks(wire.AckFail)
		c.call("SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":true}`)
		time.Sleep(time.Second)
		c.SetAcks(wire.AckAll)
		time.Sleep(10 * time.Second)
		pushes := c.messages("NotifySubscriberRequest")
		if len(pushes) != 3 {
			t.Fatalf("expected three pushes, found %v", pushes)
		}
		if d := pushes[1].At.Sub(pushes[0].At); d < time.Second || d > 1200*time.Millisecond {
			t.Errorf("first repetition after %v", d)
		}
		if d := pushes[2].At.Sub(pushes[0].At); d < 6*time.Second || d > 6200*time.Millisecond {
			t.Errorf("second repetition after %v", d)
		}
	})
}

func TestClientThatFallsSilentDoesNotBlockTheServer(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		dead, publisher := w.connect(), w.connect()
		dead.call("SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":true}`)
		dead.FallSilent()
		for range 60 {
			publisher.register()
			time.Sleep(time.Second)
		}
		if len(w.server.Connections()) != 1 {
			t.Errorf("expected the dead client to be gone, found %+v", w.server.Connections())
		}
	})
}

func TestResetClosesNothing(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		id := w.server.Connections()[0].ID
		outcome := make(chan error, 2)
		w.server.Reset(id, "10.0.0.9:8848", func(err error) { outcome <- err })
		if err := <-outcome; err != nil {
			t.Error(err)
		}
		want := `{"headers":{},"requestId":"1","module":"internal","serverIp":"10.0.0.9","serverPort":"8848","connectionId":"` + id + `"}`
		if m := c.messages("ConnectResetRequest"); len(m) != 1 || m[0].Body != want {
			t.Errorf("expected %s, found %v", want, m)
		}
		w.server.Reset("nope", "noport", func(err error) { outcome <- err })
		if err := <-outcome; err != nil || len(w.server.Connections()) != 1 {
			t.Errorf("unknown connection: %v, %v", err, w.server.Connections())
		}
	})
}

func TestFaultsOfConnections(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		cut, hole := w.connect(), w.connect()
		hole.register()
		_, a := cut.call("ServerCheckRequest", "{}")
		_, b := hole.call("ServerCheckRequest", "{}")
		if !w.server.CloseConnection(a.ConnectionID) || !w.server.BlackHole(b.ConnectionID) || w.server.BlackHole("nope") {
			t.Error("faults did not find their connections")
		}
		time.Sleep(10 * time.Second)
		if left := w.server.Connections(); len(left) != 1 || left[0].ID != b.ConnectionID {
			t.Errorf("expected only the black hole to be left, found %v", left)
		}
		time.Sleep(20 * time.Second)
		if left := w.server.Connections(); len(left) != 0 {
			t.Errorf("expected the black hole to be detected, found %v", left)
		}
	})
}

func TestDecisionsMatter(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*behaviour.Connections)
		test   func(t *testing.T, w *world)
	}{
		"opening registers": {func(b *behaviour.Connections) { b.OpeningRegisters = true }, func(t *testing.T, w *world) {
			c := w.dial()
			if err := c.OpenStream(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
			c.register()
		}},
		"no set-up needed": {func(b *behaviour.Connections) { b.NeedsSetup = false }, func(t *testing.T, w *world) {
			if _, a := w.dial().call("HealthCheckRequest", "{}"); a.ResultCode != wire.CodeSuccess {
				t.Errorf("found %+v", a)
			}
		}},
		"strangers write in vain": {func(b *behaviour.Connections) { b.RefusesStrangers = false }, func(t *testing.T, w *world) {
			c := w.dial()
			c.setUp(`{}`)
			c.register()
			if hosts := c.hosts(); len(hosts) != 0 {
				t.Errorf("found %v", hosts)
			}
		}},
		"errors of run time lose their code": {func(b *behaviour.Connections) { b.RuntimeErrorsKeepCodes = false }, func(t *testing.T, w *world) {
			c := w.dial()
			c.setUp(`{}`)
			_, a := c.call("SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":true}`)
			if a.ResultCode != 500 || a.ErrorCode != 500 || !strings.HasPrefix(a.text(), "errCode: -401, ") {
				t.Errorf("found %d %d %q", a.ResultCode, a.ErrorCode, a.text())
			}
		}},
		"stream end unregisters": {func(b *behaviour.Connections) { b.EndsOnStreamEnd = true }, func(t *testing.T, w *world) {
			c := w.connect()
			if err := c.EndStream(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
			if left := w.server.Connections(); len(left) != 0 {
				t.Errorf("found %v", left)
			}
		}},
		"transport close unnoticed": {func(b *behaviour.Connections) { b.EndsOnClose = false }, func(t *testing.T, w *world) {
			w.connect().Close()
			time.Sleep(19 * time.Second)
			if left := w.server.Connections(); len(left) != 1 {
				t.Errorf("found %v", left)
			}
			time.Sleep(5 * time.Second)
			if left := w.server.Connections(); len(left) != 0 {
				t.Errorf("found %v", left)
			}
		}},
		"answering client thrown out": {func(b *behaviour.Connections) { b.KeepsAnswering = false }, func(t *testing.T, w *world) {
			w.connect()
			time.Sleep(25 * time.Second)
			if left := w.server.Connections(); len(left) != 0 {
				t.Errorf("found %v", left)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(b *behaviour.Behaviour) { c.change(&b.Connections) }, c.test)
		})
	}
}

func TestCloseWithOpenQuestions(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c := w.connect()
		c.SetAcks(wire.AckNone)
		c.call("SubscribeServiceRequest", `{"namespace":"public","serviceName":"s","groupName":"g","subscribe":true}`)
		time.Sleep(time.Second)
		w.server.Close()
		w.server.Close()
	})
}

// A server that stops ends the streams of its clients as a real one does, and does not wait for those who read nothing.
func TestClientsSeeTheServerStop(t *testing.T) {
	bubble(t, nil, func(t *testing.T, w *world) {
		c, frozen := w.connect(), w.connect()
		if !w.server.BlackHole(w.server.Connections()[1].ID) {
			t.Fatal("no black hole")
		}
		begin := time.Now()
		w.server.Close()
		if took := time.Since(begin); took > time.Second {
			t.Errorf("stopping took %v", took)
		}
		time.Sleep(time.Second)
		if found := c.types(); len(found) != 1 || !strings.HasPrefix(found[0], "Canceled") {
			t.Errorf("expected the stream to be cancelled, found %v", found)
		}
		if x := frozen.Call(t.Context(), "HealthCheckRequest", []byte("{}"), nil); x.Code != "Unavailable" {
			t.Errorf("expected no server any more, found %+v", x)
		}
	})
}
