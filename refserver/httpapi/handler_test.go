package httpapi_test

import (
	"net/http"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver/httpapi"
	"github.com/nacos-tck/nacos-tck/refserver/httpapi/internal/apitest"
)

func TestInterceptorSeesEverything(t *testing.T) {
	seen := 0
	h := apitest.With(t, func(o *httpapi.Options) {
		o.Intercept = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen++
				next.ServeHTTP(w, r)
			})
		}
	})
	for _, target := range []string{"/", "/nacos/v9", apitest.NS1 + "/nope", apitest.NS1 + "/health/server"} {
		apitest.Send(h, http.MethodGet, target)
	}
	if seen != 4 {
		t.Errorf("expected 4 requests, found %d", seen)
	}
}
