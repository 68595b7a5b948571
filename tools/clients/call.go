package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// refusal is an answer with another status than 200.
type refusal struct {
	request string
	status  int
	body    []byte
}

func (r *refusal) Error() string {
	return fmt.Sprintf("%s: expected status 200, got %d: %s", r.request, r.status, r.body)
}

// call makes a request over HTTP as the administrator, if there is one. The error of an answer other than 200 is a
// refusal.
func (s *server) call(ctx context.Context, method, path string, parameters url.Values, header http.Header) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://"+s.http+"/nacos"+path+"?"+parameters.Encode(), nil)
	if err != nil {
		return nil, err
	}
	if header != nil {
		request.Header = header.Clone()
	}
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = &refusal{request: method + " " + path, status: response.StatusCode, body: body}
	}
	return body, err
}
