package refserver_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/nacos-tck/nacos-tck/refserver"
	"github.com/nacos-tck/nacos-tck/refserver/behaviour"
)

// get is the body of a GET below the context path.
func getBody(t *testing.T, s *refserver.Server, path string) string {
	t.Helper()
	answer, err := http.Get(s.URL() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestMetricsShowTheLiveState(t *testing.T) {
	for _, line := range behaviour.Lines() {
		t.Run(string(line), func(t *testing.T) {
			s := refserver.RunT(t, refserver.WithLine(line))
			for _, query := range []string{"serviceName=a&ip=10.0.0.1&port=80", "serviceName=a&ip=10.0.0.2&port=80", "serviceName=b&ip=10.0.0.1&port=80"} {
				answer, err := http.Post(s.URL()+"/v1/ns/instance?"+query, "", nil)
				if err != nil {
					t.Fatal(err)
				}
				answer.Body.Close()
			}
			text := getBody(t, s, "/actuator/prometheus")
			for _, want := range []string{
				`nacos_monitor{module="naming",name="ipCount"} 3` + "\n", `nacos_monitor{module="naming",name="serviceCount"} 2` + "\n",
				`method="POST",outcome="SUCCESS",status="200",uri="/v1/ns/instance"} 3` + "\n",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("expected %s among the measurements, found:\n%s", want, text)
				}
			}
		})
	}
}
