package grpcapi

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/refserver/paramcheck"
	"github.com/nacos-tck/nacos-tck/wire"
)

// Texts of answers about configurations.
const (
	textConfigNotFound = "config data not exist"
	textConfigBusy     = "requested file is being modified, please try later."
	textNullName       = `Cannot invoke "String.length()" because "str" is null`
)

// headerTag is the header, and after appPrefix the label of a connection, that chooses a variant; labelIP is the label
// that says which address a beta is compared with.
const (
	headerTag = "Vipserver-Tag"
	labelIP   = "ClientIp"
	appPrefix = "app_"
)

func (s *Server) checkConfig(r wire.ConfigRef) string {
	return s.check(paramcheck.Params{Namespace: text(r.Tenant), DataID: text(r.DataID), Group: text(r.Group)})
}

func (s *Server) checkConfigQuery(r *wire.ConfigQueryRequest) string {
	return s.checkConfig(r.ConfigRef)
}

func configQueryRefusal(r wire.Response) any { return wire.ConfigQueryResponse{Response: r} }

// configKey is the key that a request names.
func (s *Server) configKey(r wire.ConfigRef) config.Key {
	key := config.Key{Namespace: text(r.Tenant), Group: text(r.Group), DataID: text(r.DataID)}
	if s.configs.Behaviour().NormalizesRequests {
		key.Namespace = s.configs.Namespace(key.Namespace)
	}
	return key
}

// configQuery reads what is served.
func (s *Server) configQuery(c call, r *wire.ConfigQueryRequest) (any, *refusal) {
	if r.DataID == nil || r.Group == nil {
		return s.uncaught(failure.NewUnexpected(textNullName))
	}
	a, err := s.configs.Query(s.reader(c, r))
	if err != nil {
		return s.uncaught(err)
	}
	switch a.Status {
	case config.Busy:
		return configFailure(wire.CodeConfigBusy, textConfigBusy), nil
	case config.NotFound:
		answer := configFailure(wire.CodeConfigNotFound, textConfigNotFound)
		answer.ContentType = optional(a.Type)
		return answer, nil
	case config.TagNotFound:
		answer := configFailure(wire.CodeConfigNotFound, textConfigNotFound)
		answer.Tag = r.Tag
		return answer, nil
	case config.Found:
	}
	answer := wire.ConfigQueryResponse{
		Response: wire.OK(), Content: (*wire.Text)(&a.Content), EncryptedDataKey: (*wire.Text)(a.EncryptedDataKey),
		ContentType: (*wire.Text)(&a.Type), MD5: optional(a.MD5), LastModified: wire.Int(a.Modified), Beta: wire.Bool(a.Beta),
	}
	if a.Tag != "" && (a.AutoTag || s.configs.Behaviour().EchoesTag) {
		answer.Tag = new(wire.Text(url.QueryEscape(a.Tag)))
	}
	return answer, nil
}

// uncaught answers a query that failed for an unforeseen reason.
func (s *Server) uncaught(err error) (any, *refusal) {
	if !s.configs.Behaviour().CatchesQueries {
		return nil, thrown(err)
	}
	return configFailure(http.StatusInternalServerError, err.Error()), nil
}

// reader is who asks, as variants are compared with it.
func (s *Server) reader(c call, r *wire.ConfigQueryRequest) config.Query {
	q := config.Query{Key: s.configKey(r.ConfigRef), Tag: text(r.Tag)}
	ip, labels := c.client()
	q.IP = ip
	switch {
	case !s.configs.Behaviour().LabelsChoose:
		q.AutoTag = header(c, r.Request, headerTag)
	case java.IsBlank(q.Tag):
		q.AutoTag = labels[appPrefix+headerTag]
		if ip := labels[appPrefix+labelIP]; ip != "" {
			q.IP = ip
		}
	}
	return q
}

// client is the address of the client, as it tells it, and the labels of its connection, which must not be changed.
func (c *connection) client() (ip string, labels map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.meta.ClientIP, c.meta.Labels
}

// header is a header of the message or, failing that, of the body.
func header(c call, r wire.Request, name string) string {
	if value, ok := c.headers[name]; ok {
		return value
	}
	return r.Headers[name]
}

func configFailure(code int, message string) wire.ConfigQueryResponse {
	return wire.ConfigQueryResponse{Response: failed(code, message)}
}

// failed is the head of an answer that says no.
func failed(code int, message string) wire.Response {
	return wire.Response{ResultCode: wire.CodeFail, ErrorCode: wire.Int(code), Message: optional(message)}
}

// failedWith is that for an error that a handler catches: arguments have no code over gRPC.
func failedWith(err error) wire.Response {
	var e *failure.Error
	if errors.As(err, &e) && e.Flavour == failure.Checked {
		return failed(e.Status, e.Message)
	}
	return failed(http.StatusInternalServerError, err.Error())
}

// optional is a property that is left out when it is empty.
func optional(text string) *wire.Text {
	if text == "" {
		return nil
	}
	return new(wire.Text(text))
}
