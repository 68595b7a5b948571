package config

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
	"github.com/nacos-tck/nacos-tck/refserver/clock"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
)

// onLine runs a test on a center of a line, in virtual time.
func onLine(t *testing.T, line behaviour.Line, test func(t *testing.T, c *Center)) {
	t.Helper()
	b, err := behaviour.ForLine(line)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		time := clock.New(nil)
		defer time.Close()
		c := New(b.Config, DefaultSettings(), time)
		defer c.Close()
		test(t, c)
	})
}

var key = Key{Group: "G", DataID: "a"}

func publish(t *testing.T, c *Center, p Publication) {
	t.Helper()
	if err := c.Publish(p); err != nil {
		t.Fatalf("publish %v: %v", p.Key, err)
	}
}

func query(t *testing.T, c *Center, q Query) Answer {
	t.Helper()
	a, err := c.Query(q)
	if err != nil {
		t.Fatalf("query %v: %v", q, err)
	}
	return a
}

// settle lets what was written be served.
func settle() { time.Sleep(150 * time.Millisecond) }

func TestWritesAreServedOnTheNextTick(t *testing.T) {
	onLine(t, behaviour.Line25, func(t *testing.T, c *Center) {
		publish(t, c, Publication{Key: key, Content: "v1", Type: "json"})
		if a := query(t, c, Query{Key: key}); a.Status != NotFound {
			t.Errorf("expected nothing to be served before the tick, found %+v", a)
		}
		settle()
		a := query(t, c, Query{Key: key})
		if a.Content != "v1" || a.MD5 != "6654c734ccab8f440ff0825eb443dc7f" || a.Type != "json" || a.EncryptedDataKey == nil {
			t.Errorf("expected v1 as json with its md5, found %+v", a)
		}
		if err := c.Remove(key, "", Author{}); err != nil {
			t.Fatal(err)
		}
		settle()
		if a := query(t, c, Query{Key: key}); a.Status != NotFound {
			t.Errorf("expected nothing after the removal, found %+v", a)
		}
	})
}

func TestCompareAndSet(t *testing.T) {
	onLine(t, behaviour.Line25, func(t *testing.T, c *Center) {
		publish(t, c, Publication{Key: key, Content: "v1", CASMD5: "anything"})
		publish(t, c, Publication{Key: key, Content: "v2", CASMD5: MD5("v1")})
		err := c.Publish(Publication{Key: key, Content: "v3", CASMD5: MD5("v1")})
		var e *failure.Error
		if !errors.As(err, &e) || e.Message != "Cas publish fail, server md5 may have changed." || e.Code != failure.CodeResourceConflict {
			t.Errorf("expected the refusal of a real 2.5.1, found %v", err)
		}
		if row, _ := c.Detail(key); row.Content != "v2" {
			t.Errorf("expected v2 to stay, found %q", row.Content)
		}
	})
}

func TestRepublishingResetsWhatItDoesNotName(t *testing.T) {
	onLine(t, behaviour.Line25, func(t *testing.T, c *Center) {
		publish(t, c, Publication{
			Key: key, Content: "v1", Type: "yaml", App: new("app1"), Tags: new("t1,t2"), Desc: new("d"), Author: Author{"someone", "10.9.8.1"},
		})
		publish(t, c, Publication{Key: key, Content: "v2", Author: Author{IP: "127.0.0.1"}})
		row, _ := c.Detail(key)
		if row.Type != "text" || row.Desc != nil || row.User != "" || row.App != "app1" || len(row.Tags) != 2 {
			t.Errorf("expected type, description and user to be reset, application and tags to stay; found %+v", row)
		}
		page, err := c.HistoryOf(key, 1, 10)
		if err != nil || page.Total != 2 || page.Items[0].Op != OpUpdate || page.Items[0].Content != "v1" || page.Items[1].Op != OpInsert {
			t.Errorf("expected an update from v1 above an insertion, found %+v %v", page, err)
		}
		if ext := page.Items[0].ExtInfo; ext != `{"type":"yaml","config_tags":"t1,t2","src_user":"someone","c_desc":"d"}` {
			t.Errorf("found the details %s", ext)
		}
	})
}

func TestHeldPollsEndWithTheKeyThatChanged(t *testing.T) {
	onLine(t, behaviour.Line25, func(t *testing.T, c *Center) {
		other := Key{Group: "G", DataID: "b"}
		publish(t, c, Publication{Key: key, Content: "v1"})
		settle()
		poll := Poll{Keys: []Listened{{Key: key, MD5: MD5("v1")}, {Key: other}}, IP: "10.0.0.1"}
		held := c.Hold(poll, 30*time.Second)
		begun := time.Now()
		publish(t, c, Publication{Key: key, Content: "v1"}) // the same content wakes nobody
		settle()
		publish(t, c, Publication{Key: other, Content: "new"})
		if changed := <-held.Done(); len(changed) != 1 || changed[0].Key != other || time.Since(begun) > time.Second {
			t.Errorf("expected %v within a second, found %v after %v", other, changed, time.Since(begun))
		}
		begun = time.Now()
		if changed := <-c.Hold(Poll{Keys: []Listened{{Key: key, MD5: MD5("v1")}}}, 30*time.Second).Done(); changed != nil || time.Since(begun) != 29500*time.Millisecond {
			t.Errorf("expected nothing after 29.5 s, found %v after %v", changed, time.Since(begun))
		}
		if n := c.Polls(); n != 0 {
			t.Errorf("expected no poll to be left, found %d", n)
		}
	})
}

func TestBetaIsForItsAddresses(t *testing.T) {
	for _, line := range behaviour.Lines() {
		onLine(t, line, func(t *testing.T, c *Center) {
			publish(t, c, Publication{Key: key, Content: "v1"})
			publish(t, c, Publication{Key: key, Content: "beta", BetaIPs: "10.9.8.7,10.9.8.8"})
			publish(t, c, Publication{Key: key, Content: "blue", Tag: "blue"})
			settle()
			for _, tt := range []struct {
				query   Query
				status  Status
				content string
			}{
				{Query{Key: key, IP: "10.9.8.8"}, Found, "beta"},
				{Query{Key: key, IP: "10.9.8.8", Tag: "blue"}, Found, "beta"},
				{Query{Key: key, IP: "10.0.0.1"}, Found, "v1"},
				{Query{Key: key, Tag: "blue"}, Found, "blue"},
				{Query{Key: key, AutoTag: "blue"}, Found, "blue"},
				{Query{Key: key, AutoTag: "green"}, Found, "v1"},
			} {
				if a := query(t, c, tt.query); a.Status != tt.status || a.Content != tt.content {
					t.Errorf("%s: %+v: expected %q, found %+v", line, tt.query, tt.content, a)
				}
			}
			if a := query(t, c, Query{Key: key, Tag: "green"}); a.Status == Found {
				t.Errorf("%s: expected nothing for an unknown tag, found %+v", line, a)
			}
		})
	}
}

func TestSearches(t *testing.T) {
	onLine(t, behaviour.Line25, func(t *testing.T, c *Center) {
		for _, id := range []string{"app-a", "app-b", "xapp"} {
			publish(t, c, Publication{Key: Key{Group: "G", DataID: id}, Content: id, Tags: new("t1,t2")})
		}
		for _, tt := range []struct {
			search Search
			total  int
		}{
			{Search{DataID: "app-a", Group: "G"}, 1},
			{Search{DataID: "app-*"}, 0},
			{Search{Blur: true, DataID: "app-*"}, 2},
			{Search{Blur: true, DataID: "*app*"}, 3},
			{Search{Blur: true, DataID: "_app"}, 1},
			{Search{Blur: true, DataID: "a*_b"}, 1},
			{Search{Blur: true, Namespace: "*"}, 3},
			{Search{Tags: []string{"t1", "t2"}}, 6},
			{Search{Group: "other"}, 0},
		} {
			tt.search.PageNo, tt.search.PageSize = 1, 2
			page, err := c.Search(tt.search)
			if err != nil || page.Total != tt.total || len(page.Items) != min(2, tt.total) {
				t.Errorf("%+v: expected %d, found %d of %d, %v", tt.search, tt.total, len(page.Items), page.Total, err)
			}
		}
	})
}
