package grpcapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// The steps follow each other. Source: measured 3.0.3, but for the expiries.
func TestLocks(t *testing.T) {
	bubble(t, as(behaviour.Line30), func(t *testing.T, w *world) {
		a, b := w.connect(), w.connect()
		for n, step := range []struct {
			by       *client
			body     string
			after    time.Duration
			expected string
		}{
			{by: a, body: `{"lockInstance":{"key":"k","expiredTime":60000,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: b, body: `{"lockInstance":{"key":"k","expiredTime":60000,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":false}`},
			{by: b, body: `{"lockInstance":{"key":"k","lockType":"NACOS_LOCK"},"lockOperationEnum":"RELEASE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: b, body: `{"lockInstance":{"key":"k","lockType":"NACOS_LOCK"},"lockOperationEnum":"RELEASE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":false}`},
			{by: b, body: `{"lockInstance":{"key":"k","expiredTime":-5,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: a, after: 29 * time.Second, body: `{"lockInstance":{"key":"k","expiredTime":0,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":false}`},
			{by: a, after: time.Second, body: `{"lockInstance":{"key":"k","expiredTime":9223372036854775807,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: a, after: 30 * time.Minute, body: `{"lockInstance":{"key":"k","expiredTime":1,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: a, body: `{"lockInstance":{"key":"n","expiredTime":"5","lockType":"NACOS_LOCK","params":{"a":[{}]}},"lockOperationEnum":0}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: a, body: `{"lockInstance":{"key":"n","lockType":"NACOS_LOCK"},"lockOperationEnum":" RELEASE "}`, expected: `{"resultCode":200,"errorCode":0,"success":true,"result":true}`},
			{by: a, body: `{"lockInstance":{"key":"k"},"lockOperationEnum":"EXPIRE"}`, expected: `{"resultCode":500,"errorCode":0,"message":"There is no Handler of such operations!","success":false,"result":false}`},
			{by: a, body: `{"lockInstance":{"expiredTime":1,"lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":500,"errorCode":0,"message":"lockType or lockKey is null.","success":false,"result":false}`},
			{by: a, body: `{"lockInstance":{"key":"k","expiredTime":1,"lockType":"nope"},"lockOperationEnum":"ACQUIRE"}`, expected: `{"resultCode":500,"errorCode":0,"message":"lockType: nope is not exist.","success":false,"result":false}`},
		} {
			time.Sleep(step.after)
			if x := step.by.Call(t.Context(), "LockOperationRequest", []byte(step.body), nil); x.ResponseType != "LockOperationResponse" || x.Body != step.expected {
				t.Errorf("step %d: expected %s, found %s %s", n, step.expected, x.ResponseType, x.Body)
			}
		}
		for body, code := range map[string]int{
			`{"lockOperationEnum":"ACQUIRE"}`: 500, `{"lockInstance":{"key":"k","lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`: 500,
			`{"lockInstance":{"key":"k","expiredTime":" ","lockType":"NACOS_LOCK"},"lockOperationEnum":"ACQUIRE"}`: 500,
			`{"lockOperationEnum":"NOPE"}`: 502, `{"lockOperationEnum":3}`: 502, `{"lockInstance":[]}`: 502, `{"lockInstance":{"params":[]}}`: 502,
		} {
			x := a.Call(t.Context(), "LockOperationRequest", []byte(body), nil)
			var r struct{ ErrorCode int }
			if err := json.Unmarshal([]byte(x.Body), &r); err != nil || x.ResponseType != "ErrorResponse" || r.ErrorCode != code {
				t.Errorf("%s: expected %d, found %s %s", body, code, x.ResponseType, x.Body)
			}
		}
	})
}
