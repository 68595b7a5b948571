package heartbeat

import (
	"slices"
	"time"

	"github.com/onsi/gomega"

	"github.com/nacos-tck/nacos-tck/conformance/drive"
	"github.com/nacos-tck/nacos-tck/conformance/engine"
	"github.com/nacos-tck/nacos-tck/conformance/match"
	"github.com/nacos-tck/nacos-tck/conformance/suites"
)

// slowGroup holds the stories of three minutes.
const slowGroup = "expire-180s"

func expiries() []story {
	return slices.Concat(suites.OverHTTP(silentClient), []story{exemptClient(), renewedClient()})
}

// expirySeen is how long a story must watch to see that a silent client is dropped, or that it is not.
const expirySeen = 188 * time.Second

func expiry(variant, about string, api drive.API, metadata string, renew bool, check engine.Check) story {
	return story{
		ID:    "heartbeat.expiry." + variant,
		About: about,
		Group: slowGroup,
		Lasts: expirySeen + time.Second,
		Needs: []string{suites.Feature(api)},
		Record: func(s *drive.Session) error {
			i := s.NewInstance(s.NewService("expiry"))
			s.Register(api, "register", i.With("metadata", metadata))
			s.Together(
				func() {
					start := time.Now()
					watch(s, api, i.Service, 3*time.Second, expirySeen-15*time.Second)
					watch(s, api, i.Service, time.Second, expirySeen-time.Since(start))
				},
				func() {
					if renew {
						s.Repeat(5*time.Second, expirySeen, func() { s.LightBeat(api, "beat", i) })
					}
				},
			)
			return nil
		},
		Checks: []engine.Check{check},
	}
}

func silentClient(api drive.API) story {
	v := string(api)
	return expiry(v, "An instance whose delete timeout is 10 min registers over "+v+" and is not heard of again.",
		api, timeouts("", "", "600000"), false,
		check("silent-client-expires", v, func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
		}))
}

func exemptClient() story {
	return expiry("exempt", "An instance that is exempt from the beat check registers and is not heard of again.",
		drive.V1, `{"enableClientBeat":"true"}`, false,
		check("silent-client-expires", "exempt-v1", func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.Disappears().Since("register").In("list").Within(h.Window()))
		}))
}

func renewedClient() story {
	return expiry("renewed", "An instance registers and beats every 5 s, for more than three minutes.",
		drive.V1, "", true,
		check("beats-keep-client", "v1", func(g gomega.Gomega, h engine.History) {
			g.Expect(h).To(match.IsHealthy().Since("register").In("list").During(h.Window()))
		}))
}
