package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
)

// list are ip:port of the healthy instances that the server lists, sorted. Every line answers the oldest API.
func (s *server) list(ctx context.Context, service string) ([]string, error) {
	body, err := s.call(ctx, http.MethodGet, "/v1/ns/instance/list", url.Values{"serviceName": {service}, "namespaceId": {s.namespace}}, nil)
	if err != nil {
		return nil, err
	}
	var view struct {
		Hosts []struct {
			IP      string
			Port    int
			Healthy bool
		}
	}
	if err := json.Unmarshal(body, &view); err != nil {
		return nil, fmt.Errorf("expected a list of instances, got %q: %w", body, err)
	}
	all := []string{}
	for _, host := range view.Hosts {
		if host.Healthy {
			all = append(all, net.JoinHostPort(host.IP, fmt.Sprint(host.Port)))
		}
	}
	slices.Sort(all)
	return all, nil
}

// join registers an instance that stays healthy without beats for as long as a story lasts.
func (s *server) join(ctx context.Context, service, address string) error {
	p, err := s.instanceParameters(service, address)
	if err != nil {
		return err
	}
	p.Set("metadata", `{"preserved.heart.beat.timeout":"600000","preserved.ip.delete.timeout":"700000"}`)
	_, err = s.call(ctx, http.MethodPost, "/v1/ns/instance", p, nil)
	return err
}

func (s *server) leave(ctx context.Context, service, address string) error {
	p, err := s.instanceParameters(service, address)
	if err != nil {
		return err
	}
	_, err = s.call(ctx, http.MethodDelete, "/v1/ns/instance", p, nil)
	return err
}

func (s *server) instanceParameters(service, address string) (url.Values, error) {
	ip, port, err := net.SplitHostPort(address)
	return url.Values{"serviceName": {service}, "ip": {ip}, "port": {port}, "namespaceId": {s.namespace}}, err
}
