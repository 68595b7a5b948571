package grpcapi

import "sync"

// shedding is what an operator wants to be rid of.
type shedding struct {
	// given is true when there is an order.
	given bool
	// count is how many connections may stay.
	count    int
	redirect string
}

// Reload asks an SDK client to reconnect like Reset. Other connections need none, so that done is told of success.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/ConnectionManager.java:276-303.
func (s *Server) Reload(id, redirect string, done func(error)) {
	if !s.isSDK(id) {
		done(nil)
		return
	}
	s.Reset(id, redirect, done)
}

// Shed makes the next detection pass, once, ask SDK clients to reconnect, to redirect (host:port) when that is given:
// as many as there are connections above count. A count that is not positive withdraws that where the line does not take
// 0 for an order.
// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/remote/NacosRuntimeConnectionEjector.java:154-192.
func (s *Server) Shed(count int, redirect string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shedding = shedding{true, count, redirect}
}

// shed does what Shed ordered, forgets the order, and goes on with next. It never waits.
func (s *Server) shed(next func()) {
	s.mu.Lock()
	order := s.shedding
	s.mu.Unlock()
	if order.count <= 0 {
		next()
		return
	}
	all := s.Connections()
	s.shedFrom(all, s.excess(order.count), order.redirect, func() {
		s.mu.Lock()
		s.shedding = shedding{}
		s.mu.Unlock()
		next()
	})
}

// excess is how many connections are above a count.
func (s *Server) excess(count int) int {
	all, sdk := s.count()
	if s.b.ShedsFromAll {
		return all - count
	}
	return sdk - count
}

// shedFrom resets SDK clients one after the other until so many as are in excess have agreed.
func (s *Server) shedFrom(all []Connection, excess int, redirect string, over func()) {
	for excess > 0 && len(all) > 0 && !s.isSDK(all[0].ID) {
		all = all[1:]
	}
	if excess <= 0 || len(all) == 0 {
		over()
		return
	}
	var once sync.Once // a client that refuses may be heard of again
	s.Reset(all[0].ID, redirect, func(err error) {
		once.Do(func() {
			left := excess
			if err == nil {
				left--
			}
			s.shedFrom(all[1:], left, redirect, over)
		})
	})
}

// isSDK says whether a connection of that id is registered now, by an SDK client.
func (s *Server) isSDK(id string) bool {
	c := s.find(id)
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.registered && c.meta.SDK()
}
