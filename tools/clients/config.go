package main

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	group        = "DEFAULT_GROUP"
	configSuffix = ".yaml"
)

// configParameters name a configuration in the words of both APIs.
func (s *server) configParameters(config string) url.Values {
	return url.Values{
		"dataId": {config}, "group": {group}, "tenant": {s.namespace},
		"groupName": {group}, "namespaceId": {s.namespace},
	}
}

// digest is the MD5 of what a server holds as a configuration, empty when there is none. Every line answers the oldest
// API.
func (s *server) digest(ctx context.Context, config string) (string, error) {
	body, err := s.call(ctx, http.MethodGet, "/v1/cs/configs", s.configParameters(config), nil)
	if refused := new(refusal); errors.As(err, &refused) && refused.status == http.StatusNotFound {
		return "", nil
	}
	sum := md5.Sum(body)
	return hex.EncodeToString(sum[:]), err
}

func (s *server) publish(ctx context.Context, config, content string) error {
	return s.publishTo(ctx, config, content, nil)
}

// publishGray publishes for clients on this machine only.
func (s *server) publishGray(ctx context.Context, config, content string) error {
	addresses, err := machineAddresses()
	if err != nil {
		return err
	}
	return s.publishTo(ctx, config, content, http.Header{http.CanonicalHeaderKey("betaIps"): {strings.Join(addresses, ",")}})
}

func (s *server) publishTo(ctx context.Context, config, content string, header http.Header) error {
	parameters := s.configParameters(config)
	parameters.Set("content", content)
	_, err := s.call(ctx, http.MethodPost, "/v1/cs/configs", parameters, header)
	return err
}

// endGray withdraws what publishGray published.
func (s *server) endGray(ctx context.Context, config string) error {
	parameters := s.configParameters(config)
	parameters.Set("beta", "true")
	_, err := s.call(ctx, http.MethodDelete, s.routes().gray, parameters, nil)
	return err
}

// search are the names of the configurations that the console's search finds by the beginning of a name.
func (s *server) search(ctx context.Context, config string) ([]string, error) {
	parameters := s.configParameters(config)
	parameters.Set("dataId", strings.TrimSuffix(config, configSuffix)+"*")
	parameters.Set("search", "blur")
	parameters.Set("pageNo", "1")
	parameters.Set("pageSize", "10")
	body, err := s.call(ctx, http.MethodGet, s.routes().search, parameters, nil)
	if err != nil {
		return nil, err
	}
	type page struct{ PageItems []struct{ DataID string } }
	var found struct {
		page
		Data page // line 3.0 wraps the page
	}
	if err := json.Unmarshal(body, &found); err != nil {
		return nil, fmt.Errorf("expected a page of configurations, got %q: %w", body, err)
	}
	names := []string{}
	for _, item := range append(found.PageItems, found.Data.PageItems...) {
		names = append(names, item.DataID)
	}
	return names, nil
}

// machineAddresses are those of this machine, of which each client takes another for its own.
func machineAddresses() ([]string, error) {
	all, err := net.InterfaceAddrs()
	var found []string
	for _, address := range all {
		if network, ok := address.(*net.IPNet); ok && network.IP.To4() != nil {
			found = append(found, network.IP.String())
		}
	}
	return found, err
}
