package naming

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/durable"
)

func TestRefusedConnectMakesUnhealthyAtOnceAndNeverRemoves(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", closed, instance(1))
		w.wait(1900 * time.Millisecond)
		if !w.healthy(in) {
			t.Error("nobody is probed before 2 s")
		}
		if n := w.until(in, false); n != 1 {
			t.Errorf("expected unhealthy after 1 connect, found %d", n)
		}
		if at := w.gaps("10.0.0.1:1")[0]; at < 2*time.Second || at >= 7*time.Second {
			t.Errorf("expected the first connect in [2 s, 7 s), found %v", at)
		}
		w.wait(5 * time.Minute)
		w.healthy(in)
	})
}

func TestOtherFailuresCount(t *testing.T) {
	for name, answer := range map[string]target{"deaf": deaf, "strange": failsUpTo(1000)} {
		inWorld(t, func(w *world) {
			in := w.at("10.0.0.1:1", answer, instance(1))
			if n := w.until(in, false); n != 3 {
				t.Errorf("%s: expected unhealthy after 3 connects, found %d", name, n)
			}
		})
	}
}

func TestRecoveryNeedsThreePasses(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", failsUpTo(5), instance(1))
		w.until(in, false)
		if n := w.until(in, true); n != 8 {
			t.Errorf("expected healthy after 5 failures and 3 passes, found %d connects", n)
		}
	})
}

func TestOppositeAnswerStartsTheCountAnew(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", func(ctx context.Context, n int) (net.Conn, error) {
			if n%3 == 0 {
				return open(ctx, n)
			}
			return nil, errStrange
		}, instance(1))
		w.wait(2 * time.Minute)
		if !w.healthy(in) {
			t.Error("two failures and a pass in turns leave an instance healthy")
		}
	})
}

func TestCheckTimesSwitch(t *testing.T) {
	inWorld(t, func(w *world) {
		if err := w.SetSwitch("healthCheckTimes", "1", false); err != nil {
			t.Fatal(err)
		}
		unhealthy := instance(1)
		unhealthy.Healthy = false
		in := w.at("10.0.0.1:1", open, unhealthy)
		if w.healthy(in) {
			t.Error("a registration may say that its instance is unhealthy")
		}
		if n := w.until(in, true); n != 1 {
			t.Errorf("expected healthy after 1 connect, found %d", n)
		}
	})
}

func TestCheckSwitchStopsProbes(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", closed, instance(1))
		if err := w.SetSwitch("check", "false", false); err != nil {
			t.Fatal(err)
		}
		w.wait(time.Minute)
		if n := len(w.gaps("10.0.0.1:1")); n != 0 || !w.healthy(in) {
			t.Errorf("expected no probe, found %d", n)
		}
		if err := w.SetSwitch("check", "true", false); err != nil {
			t.Fatal(err)
		}
		w.until(in, false)
	})
}

// TestIntervalsAdapt: the first interval is kept for one more round, then each answer moves it.
func TestIntervalsAdapt(t *testing.T) {
	inWorld(t, func(w *world) {
		w.at("10.0.0.1:1", open, instance(1))
		w.at("10.0.0.2:1", closed, instance(1))
		w.wait(3 * time.Minute)
		for address, end := range map[string]time.Duration{"10.0.0.1:1": time.Second, "10.0.0.2:1": 5 * time.Second} {
			gaps := w.gaps(address)
			off := (end - gaps[len(gaps)-1]).Abs() // whole milliseconds stop short of the longest
			if gaps[1] != gaps[0] || gaps[2] == gaps[1] || off > 5*time.Millisecond {
				t.Errorf("%s: expected two equal gaps, then a way to %v, found %v", address, end, gaps)
			}
		}
		if err := w.SetSwitch("tcpHealthParams", `{"max":3000,"min":2000,"factor":0.5}`, false); err != nil {
			t.Fatal(err)
		}
		w.wait(time.Minute)
		for address, end := range map[string]time.Duration{"10.0.0.1:1": 2 * time.Second, "10.0.0.2:1": 3 * time.Second} {
			if gaps := w.gaps(address); gaps[len(gaps)-1] != end {
				t.Errorf("%s: expected %v after the change of the switch, found %v", address, end, gaps[len(gaps)-1])
			}
		}
	})
}

func TestEphemeralIsNotProbed(t *testing.T) {
	inWorld(t, func(w *world) {
		w.register(instance(1))
		w.wait(14 * time.Second)
		if n := len(w.gaps("10.0.0.1:1")); n != 0 {
			t.Errorf("expected no probe, found %d", n)
		}
	})
}

func TestDeregisteredInstanceIsNotProbed(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", open, instance(1))
		w.wait(20 * time.Second)
		if err := w.Deregister(service1, in.IP, in.Port, in.Cluster, false); err != nil {
			t.Fatal(err)
		}
		before := len(w.gaps("10.0.0.1:1"))
		w.wait(time.Minute)
		if n := len(w.gaps("10.0.0.1:1")); n != before {
			t.Errorf("expected %d probes, found %d", before, n)
		}
	})
}

// TestAnswerForGoneInstance: an instance that goes while its probe runs does not come back.
func TestAnswerForGoneInstance(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", func(ctx context.Context, n int) (net.Conn, error) {
			time.Sleep(400 * time.Millisecond)
			return closed(ctx, n)
		}, instance(1))
		for len(w.gaps("10.0.0.1:1")) == 0 {
			w.wait(10 * time.Millisecond)
		}
		if err := w.Deregister(service1, in.IP, in.Port, in.Cluster, false); err != nil {
			t.Fatal(err)
		}
		w.wait(5 * time.Second)
		if all := w.Publishers(service1); len(all) != 0 {
			t.Errorf("expected no instance, found %+v", all)
		}
	})
}

func TestCheckerChangesWhileRunning(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:1", closed, instance(1))
		w.until(in, false)
		w.checker("DEFAULT", Cluster{Checker: Checker{Type: "NONE"}, UseInstancePort: true})
		before := len(w.gaps("10.0.0.1:1"))
		w.wait(time.Minute)
		if n := len(w.gaps("10.0.0.1:1")); n != before || w.healthy(in) {
			t.Errorf("NONE probes nobody and leaves health as it was: found %d more probes", n-before)
		}
		w.mu.Lock()
		w.targets["10.0.0.1:7"] = open
		w.mu.Unlock()
		w.checker("DEFAULT", Cluster{Checker: Checker{Type: "TCP"}, CheckPort: 7})
		w.until(in, true)
		if len(w.gaps("10.0.0.1:7")) < 3 {
			t.Error("the check port is probed when the cluster says so")
		}
	})
}

func TestMySQLIsAskedAtTheInstancePort(t *testing.T) {
	inWorld(t, func(w *world) {
		in := w.at("10.0.0.1:3306", closed, instance(1))
		w.checker("DEFAULT", Cluster{Checker: Checker{Type: "MYSQL"}, CheckPort: 7})
		if n := w.until(in, false); n != 1 {
			t.Errorf("expected unhealthy at the first probe, found %d", n)
		}
		w.wait(time.Minute)
		if gaps := w.gaps("10.0.0.1:3306"); gaps[len(gaps)-1] != 3*time.Second || len(w.gaps("10.0.0.1:7")) != 0 {
			t.Errorf("expected probes of the instance port each 3 s, found %v", gaps)
		}
	})
}

func TestFlipIsPushed(t *testing.T) {
	inWorld(t, func(w *world) {
		w.SetPusher(Connection, w)
		in := w.at("10.0.0.1:1", closed, instance(1))
		w.Connect("c", Attributes{})
		if err := w.Subscribe("c", service1, Subscriber{}); err != nil {
			t.Fatal(err)
		}
		w.until(in, false)
		w.wait(700 * time.Millisecond)
		if last := w.log[len(w.log)-1]; !strings.HasSuffix(last, "push 10.0.0.1:1=false") {
			t.Errorf("expected a push of the flip, found %q", w.log)
		}
	})
}

// TestFlipIsAChange: where health outlives a restart, it goes the way of registrations.
func TestFlipIsAChange(t *testing.T) {
	for stores, healthyAfterwards := range map[bool]bool{true: false, false: true} {
		log := &entries{}
		change := func(b *behaviour.Behaviour) { b.HealthChecks.StoresHealth = stores }
		var in Instance
		inWorld(t, func(w *world) {
			log.r = w.Registry
			w.Keep(log)
			in = w.at("10.0.0.1:1", closed, instance(1))
			w.until(in, false)
		}, change)
		inWorld(t, func(w *world) {
			for _, e := range log.all {
				w.Apply(e)
			}
			if w.healthy(in) != healthyAfterwards {
				t.Errorf("stores=%t: expected healthy=%t after a restart, found entries %+v", stores, healthyAfterwards, log.all)
			}
			w.until(in, false) // and probes go on
		}, change)
	}
}

// entries is a log that keeps all entries in memory.
type entries struct {
	r   *Registry
	all []durable.Entry
}

func (l *entries) Propose(e durable.Entry) error {
	l.all = append(l.all, e)
	l.r.Apply(e)
	return nil
}

// TestEachDecisionShows: a world with targets of many sorts looks otherwise as soon as one decision is taken otherwise.
func TestEachDecisionShows(t *testing.T) {
	asIs := trace(t, func(*behaviour.HealthChecks) {})
	if again := trace(t, func(*behaviour.HealthChecks) {}); again != asIs {
		t.Fatalf("the same world twice gave\n%s\nand\n%s", asIs, again)
	}
	for field := range reflect.TypeFor[behaviour.HealthChecks]().Fields() {
		changed := trace(t, func(h *behaviour.HealthChecks) {
			switch v := reflect.ValueOf(h).Elem().FieldByIndex(field.Index); v.Kind() {
			case reflect.Bool:
				v.SetBool(!v.Bool())
			case reflect.Int64:
				v.SetInt(v.Int() + int64(100*time.Millisecond))
			case reflect.String:
				v.SetString("other")
			default:
				t.Fatalf("no other value is known for %s", field.Name)
			}
		})
		if changed == asIs {
			t.Errorf("%s makes no difference", field.Name)
		}
	}
}

// trace is all that can be seen of a world within 90 seconds.
func trace(t *testing.T, change func(*behaviour.HealthChecks)) (seen string) {
	inWorld(t, func(w *world) {
		log := &entries{r: w.Registry}
		w.Keep(log)
		w.SetPusher(Connection, w)
		w.Connect("c", Attributes{})
		if err := w.Subscribe("c", service1, Subscriber{}); err != nil {
			t.Fatal(err)
		}
		toTCP := map[string]target{"1": closed, "2": deaf, "3": open, "4": failsUpTo(4)}
		for _, host := range slices.Sorted(maps.Keys(toTCP)) {
			w.at("10.0.0."+host+":80", toTCP[host], instance(1))
		}
		twice := w.at("10.0.0.5:80", failsUpTo(3), instance(1))
		toHTTP := map[string]target{
			"1": w.answering(0, status("503 Busy")), "2": w.answering(0, status("205 Reset")), "3": deaf,
			"4": w.answering(0, func(r *http.Request) string {
				if r.URL.Path == "/there" {
					return "200 OK"
				}
				return "301 Moved\r\nLocation: /there"
			}),
			"5": w.answering(1050*time.Millisecond, status("200 OK")), "6": w.answering(0, status("206 Part")),
		}
		for _, host := range slices.Sorted(maps.Keys(toHTTP)) {
			in := instance(1)
			in.Cluster = "web"
			w.at("10.0.1."+host+":80", toHTTP[host], in)
		}
		w.checker("web", Cluster{Checker: Checker{Type: "HTTP", Path: "/x", ExpectedCode: 206}, CheckPort: 81, UseInstancePort: true})
		for range 200 {
			if len(w.gaps("10.0.0.5:80")) < 2 {
				w.wait(100 * time.Millisecond)
			}
		}
		w.keep(twice)
		w.wait(time.Minute)
		_ = w.SetSwitch("check", "false", false)
		w.wait(20 * time.Second)
		w.mu.Lock()
		defer w.mu.Unlock()
		var writes []time.Duration
		for _, e := range log.all {
			writes = append(writes, e.Time.Sub(w.start))
		}
		seen = fmt.Sprint(w.dialled, w.log, writes)
	}, func(b *behaviour.Behaviour) { change(&b.HealthChecks) })
	return seen
}

// TestClustersHaveTheirOwnGrid: where a task belongs to a cluster, all that the cluster holds is probed at the same times,
// which count from the making of the cluster.
func TestClustersHaveTheirOwnGrid(t *testing.T) {
	inWorld(t, func(w *world) {
		w.register(instance(9)) // makes the cluster
		w.wait(1500 * time.Millisecond)
		w.at("10.0.0.1:1", open, instance(1))
		w.at("10.0.0.2:1", open, instance(1))
		w.wait(20 * time.Second)
		one, other := w.gaps("10.0.0.1:1"), w.gaps("10.0.0.2:1")
		together := func(a, b time.Duration) int { return int((a - b).Abs() / time.Millisecond) }
		if len(one) < 5 || slices.CompareFunc(one, other, together) != 0 || one[0] > 2300*time.Millisecond || one[0] < 2*time.Second {
			t.Errorf("expected both to be probed at the same times, 2 s after the start at first, found\n%v\n%v", one, other)
		}
	}, clusterTasks)
}

func TestResponseTimes(t *testing.T) {
	inWorld(t, func(w *world) {
		w.at("10.0.0.1:1", open, instance(1))
		times := w.ResponseTimes(service1)
		if len(times) != 1 || times[0].Cluster != "DEFAULT" || times[0].Best != math.MaxInt64 || times[0].Worst != 0 || times[0].Interval < 2000 {
			t.Errorf("before the first answer: %+v", times)
		}
		w.at("10.0.0.2:1", closed, instance(1))
		w.wait(time.Minute)
		if times = w.ResponseTimes(service1); times[0].Best != 0 || times[0].Worst != 5000 {
			t.Errorf("with quick answers and refusals: %+v", times)
		}
	}, clusterTasks)
	inWorld(t, func(w *world) {
		w.at("10.0.0.1:1", open, instance(1))
		if times := w.ResponseTimes(service1); times != nil {
			t.Errorf("clusters without checks of their own have no times, found %+v", times)
		}
	})
}

func clusterTasks(b *behaviour.Behaviour) {
	b.HealthChecks.TaskPerCluster, b.Services.KeepsClusters, b.Registration.ExclusiveKinds = true, true, false
}
