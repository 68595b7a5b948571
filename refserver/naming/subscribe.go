package naming

// Subscribe makes the client see the changes of a service, existing or not; it replaces an earlier subscription.
func (r *Registry) Subscribe(clientID string, key ServiceKey, sub Subscriber) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	r.subscribe(c, key, sub)
	return nil
}

// SubscribeAddress makes whoever polls a service from the subscriber's address see its changes.
func (r *Registry) SubscribeAddress(key ServiceKey, sub Subscriber, a Attributes) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id, kind := AddressID(sub.IP, sub.Port, true), Ephemeral
	if r.b.Datagrams.Pollers {
		id, kind = pollerID(key, sub), Poller
	}
	r.subscribe(r.connect(id, kind, a), key, sub)
}

func (r *Registry) subscribe(c *client, key ServiceKey, sub Subscriber) {
	s := r.record(key)
	if r.b.Services.SubscriptionCreates {
		r.create(key, true)
	}
	if c.subscriptions == nil {
		c.subscriptions = map[*service]Subscriber{}
	}
	if s.subscribers == nil {
		s.subscribers = map[*client]bool{}
	}
	if !r.b.Push.ManySubscriptions {
		r.unsubscribeAll(c)
	}
	first := !s.subscribers[c]
	c.subscriptions[s], s.subscribers[c] = sub, true
	c.updated = r.clock.Now()
	if first && r.b.Push.OnFirstSubscribe || !first && r.b.Push.OnEverySubscribe {
		r.schedule(s, r.b.Push.Delay, c.id)
	}
}

// Unsubscribe ends a subscription. What is not subscribed is ended already.
func (r *Registry) Unsubscribe(clientID string, key ServiceKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.clients[clientID]
	if c == nil {
		return errNoClient(clientID)
	}
	c.updated = r.clock.Now()
	if s := r.services[r.identity(key)]; s != nil && r.b.Push.EndsWithSubscription {
		delete(c.subscriptions, s)
		delete(s.subscribers, c)
		if r.b.Push.EndsForAll {
			for other := range s.subscribers {
				delete(other.subscriptions, s)
			}
			clear(s.subscribers)
		}
		r.release(s)
	}
	return nil
}

// unsubscribeAll ends all subscriptions of a client.
func (r *Registry) unsubscribeAll(c *client) {
	for s := range c.subscriptions {
		delete(s.subscribers, c)
	}
	clear(c.subscriptions)
}
