package wire

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func decodeRequest(body string) (InstanceRequest, error) {
	var r InstanceRequest
	err := Decode(Raw("InstanceRequest", []byte(body), "", nil), &r)
	return r, err
}

func TestDecodeConvertsScalars(t *testing.T) {
	r, err := decodeRequest(`{"headers":{},"namespace":7,"serviceName":true,"type":"a\u0062\n\ud83d\ude00","instance":{
		"ip":"10.0.0.1","port":"8080","weight":"NaN","healthy":"false","enabled":0,"ephemeral":null,
		"metadata":{"n":1,"b":true,"null":null},"nope":[1,{"x":null}]}} trailing`)
	if err != nil {
		t.Fatal(err)
	}
	i := r.Instance
	if *r.Namespace != "7" || *r.ServiceName != "true" || *r.Type != "ab\n😀" || r.GroupName != nil {
		t.Errorf("names: %+v", r)
	}
	if i.Port != 8080 || !math.IsNaN(float64(i.Weight)) || bool(i.Healthy) || bool(i.Enabled) || bool(i.Ephemeral) {
		t.Errorf("instance: %+v", i)
	}
	if len(i.Metadata) != 2 || i.Metadata["n"] != "1" || i.Metadata["b"] != "true" {
		t.Errorf("metadata: %v", i.Metadata)
	}
}

func TestDecodeKeepsDefaultsOfAbsentProperties(t *testing.T) {
	r, err := decodeRequest(`{"instance":{"IP":"10.0.0.1","port":80.9}}`)
	if err != nil {
		t.Fatal(err)
	}
	if i := r.Instance; i.IP != nil || i.Port != 80 || i.Weight != 1 || !i.Healthy || !i.Enabled {
		t.Errorf("expected the defaults and no address from a name in the wrong case, found %+v", i)
	}
}

func TestDecodeTellsNullFromAbsent(t *testing.T) {
	for body, null := range map[string]bool{`{}`: false, `{"labels":{}}`: false, `{"labels":null}`: true} {
		r := ConnectionSetupRequest{ClientIdentity: ClientIdentity{Labels: map[string]Text{}}}
		if err := Unmarshal([]byte(body), &r); err != nil || (r.Labels == nil) != null {
			t.Errorf("%s: labels %v, error %v", body, r.Labels, err)
		}
	}
	if _, err := decodeRequest(" null"); !errors.Is(err, ErrNull) {
		t.Errorf("expected ErrNull, found %v", err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, body := range []string{
		``, `[]`, `"x"`, `7`, `{`, `{'a':1}`, `{"a":1,}`, `{"a" 1}`, `{"a":NaN}`, `{"a":01}`, `{"a":.5}`, `{"a":1.}`, `{"a":-}`,
		"{\"a\":\"\x01\"}", "{\"a\":\"\xff\"}", `{"a":"\x"}`, `{"a":"\u12g4"}`, `{"a":"`, `// c`, `{"a":tru}`,
		`{"instance":""}`, `{"instance":[]}`, `{"instance":{"port":"abc"}}`, `{"instance":{"port":true}}`, `{"instance":{"weight":NaN}}`,
		`{"instance":{"healthy":"yes"}}`, `{"instance":{"metadata":[]}}`, `{"instance":{"metadata":{"a":{}}}}`, `{"headers":[]}`,
		`{"namespace":{}}`, `{"a":` + strings.Repeat("[", 1<<20),
	} {
		if _, err := decodeRequest(body); err == nil {
			t.Errorf("%.60q: expected an error", body)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `{}xyz`, `{"headers":null}`, `{"instance":{"ip":"a","port":"1","weight":1e3,"metadata":{"k":"\ud800"}}}`,
		`{"instances":[null,{"port":1}]}`, `{"labels":null,"abilityTable":{"a":true}}`, `{"serviceInfo":{"hosts":[{"ip":1}]}}`, "{\"a\":\"\xff\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, v := range []any{new(InstanceRequest), new(BatchInstanceRequest), new(ConnectionSetupRequest), new(NotifySubscriberRequest), new(ServiceListRequest)} {
			p := Raw(TypeOf(v), body, "", nil)
			if Decode(p, v) != nil {
				continue
			}
			if _, err := Encode(v, "", nil); err != nil {
				t.Errorf("what was read cannot be written: %v", err)
			}
		}
	})
}

func BenchmarkDecodeRegistration(b *testing.B) {
	body := []byte(`{"headers":{},"namespace":"public","serviceName":"demo","groupName":"DEFAULT_GROUP","type":"registerInstance","instance":{"ip":"10.0.0.1","port":8080,"weight":1.0,"healthy":true,"enabled":true,"ephemeral":true,"clusterName":"DEFAULT","metadata":{"zone":"a"},"instanceHeartBeatInterval":5000,"instanceHeartBeatTimeOut":15000,"ipDeleteTimeout":30000},"module":"naming"}`)
	b.ReportAllocs()
	for b.Loop() {
		var r InstanceRequest
		if err := Unmarshal(body, &r); err != nil {
			b.Fatal(err)
		}
	}
}

func TestInstanceRemembersNulls(t *testing.T) {
	var r InstanceRequest
	err := Unmarshal([]byte(`{"headers":{"h":null},"instance":{"metadata":{"a":null,"b":"1"}}}`), &r)
	if err != nil || !slices.Equal(r.Instance.Nulls, []string{"a"}) || len(r.Instance.Metadata) != 1 {
		t.Errorf("found %+v, %v", r.Instance, err)
	}
}

func TestDerivedPropertiesSpoilNothing(t *testing.T) {
	var in Instance
	err := Unmarshal([]byte(`{"ipDeleteTimeout":[{}],"instanceIdGenerator":{"a":[1]},"instanceHeartBeatInterval":"x","weight":"2d","port":5}`), &in)
	if err != nil || in.Port != 5 || in.Weight != 2 {
		t.Errorf("found %+v, %v", in, err)
	}
	for _, weight := range []string{`"d"`, `"2dd"`, `"xd"`} {
		if Unmarshal([]byte(`{"weight":`+weight+`}`), &in) == nil {
			t.Errorf("expected %s to be no number", weight)
		}
	}
}

func TestTextsTakesTheLastOfMembersWithTheSameName(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":1,"b":true,"c":"x"} trailing`:   `map[a:1 b:true c:x] []`,
		`{"a":null,"a":"x","b":"y","b":null}`: `map[a:x] [b]`,
		`{"b":null,"a":null,"b":null}`:        `map[] [a b]`,
		` null`:                               `map[] []`,
		`{"a":{}}`:                            `error`,
		`[]`:                                  `error`,
	} {
		members, nulls, err := Texts([]byte(body))
		got := fmt.Sprint(members, nulls)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%s: expected %s, found %s (%v)", body, want, got, err)
		}
	}
}
