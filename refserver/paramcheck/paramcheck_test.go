package paramcheck

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	const illegal = "illegal characters should not appear in the param."
	for _, c := range []struct {
		params Params
		want   string
	}{
		{Params{}, ""},
		{Params{Namespace: " ", Service: "s.%$", Group: "a:b.c-d_1", Cluster: "a_b", Clusters: "a,,b", IP: "host.example", Port: new(int64(65535))}, ""},
		{Params{Namespace: "a b"}, "Param 'namespaceId/tenant' is illegal, " + illegal},
		{Params{Namespace: strings.Repeat("n", 65)}, "Param 'namespaceId/tenant' is illegal, the param length should not exceed 64."},
		{Params{NamespaceName: "a name", Namespace: "n"}, ""},
		{Params{NamespaceName: "n@me", Namespace: "a b"}, "Param 'namespaceShowName' is illegal, " + illegal},
		{Params{NamespaceName: strings.Repeat("n", 257)}, "Param 'namespaceShowName' is illegal, the param length should not exceed 256."},
		{Params{Service: "g@@s"}, "Param 'serviceName' is illegal, " + illegal},
		{Params{Service: "@s"}, "Param 'serviceName' is illegal, " + illegal},
		{Params{Service: " s"}, ""},
		{Params{Service: "服.x"}, ""},
		{Params{Service: "a\u3000b", IP: "a\u00a0b"}, ""},
		{Params{Service: "\ns"}, "Param 'serviceName' is illegal, " + illegal},
		{Params{Service: "s "}, "Param 'serviceName' is illegal, " + illegal},
		{Params{Service: "服务"}, "Param 'serviceName' is illegal, " + illegal},
		{Params{Service: strings.Repeat("😀", 257)}, "Param 'serviceName' is illegal, the param length should not exceed 512."},
		{Params{Group: "a b"}, "Param 'group' is illegal, " + illegal},
		{Params{Cluster: "a,b"}, "Param 'cluster' is illegal, " + illegal},
		{Params{Clusters: "a, b"}, "Param 'cluster' is illegal, " + illegal},
		{Params{IP: "10.0.0.1 "}, "Param 'ip' is illegal, " + illegal},
		{Params{Port: new(int64(-1))}, "Param 'port' is illegal, the value should be between 0 and 65535."},
		{Params{Metadata: Length(map[string]string{"k": strings.Repeat("v", 1024)}), MaxMetadata: 1024}, "Param 'Metadata' is illegal, the param length should not exceed 1024."},
		{Params{Metadata: Length(map[string]string{"k": strings.Repeat("v", 1023)}), MaxMetadata: 1024}, ""},
		{Params{Namespace: "a b", Port: new(int64(-1))}, "Param 'namespaceId/tenant' is illegal, " + illegal},
	} {
		if found := Check(c.params); found != c.want {
			t.Errorf("%+v: expected %q, found %q", c.params, c.want, found)
		}
	}
}
