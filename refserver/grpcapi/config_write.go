package grpcapi

import (
	"errors"
	"net/http"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/wire"
)

func (s *Server) checkConfigPublish(r *wire.ConfigPublishRequest) string {
	return s.checkConfig(r.ConfigRef)
}

func (s *Server) checkConfigRemove(r *wire.ConfigRemoveRequest) string {
	return s.checkConfig(r.ConfigRef)
}

func configPublishRefusal(r wire.Response) any { return wire.ConfigPublishResponse{Response: r} }

func configRemoveRefusal(r wire.Response) any { return wire.ConfigRemoveResponse{Response: r} }

// configPublish stores a configuration or a variant.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigPublishRequestHandler.java:67-135.
func (s *Server) configPublish(c call, r *wire.ConfigPublishRequest) (any, *refusal) {
	more := func(name string) *string {
		if value, ok := r.AdditionMap[name]; ok {
			return new(string(value))
		}
		return nil
	}
	one := func(name string) string { return string(r.AdditionMap[name]) }
	if err := s.checkPublication(r, one("tag")); err != nil {
		return wire.ConfigPublishResponse{Response: failedWith(err)}, nil
	}
	ip, _ := c.client()
	err := s.configs.Publish(config.Publication{
		Key: s.configKey(r.ConfigRef), Content: text(r.Content), Type: one("type"), AnyType: s.configs.Behaviour().AnyTypeOverGRPC, App: more("appName"), Tags: more("config_tags"),
		Desc: more("desc"), Use: more("use"), Effect: more("effect"), Schema: more("schema"), EncryptedDataKey: one("encryptedDataKey"),
		Author: config.Author{User: one("src_user"), IP: ip}, CASMD5: text(r.CASMD5), BetaIPs: one("betaIps"), Tag: one("tag"),
	})
	if err != nil {
		return wire.ConfigPublishResponse{Response: refusedPublication(err)}, nil
	}
	return wire.ConfigPublishResponse{Response: wire.OK()}, nil
}

func (s *Server) checkPublication(r *wire.ConfigPublishRequest, tag string) error {
	if err := s.configs.CheckNames((*string)(r.DataID), (*string)(r.Group)); err != nil {
		return err
	}
	if err := s.configs.CheckContent((*string)(r.Content)); err != nil {
		return err
	}
	return s.configs.CheckTag(tag)
}

// refusedPublication tells the code of errors that have no code in the v2 envelope.
func refusedPublication(err error) wire.Response {
	var e *failure.Error
	if errors.As(err, &e) && e.Flavour == failure.Checked && e.Code != failure.CodeServerError {
		return failed(http.StatusInternalServerError, e.Message)
	}
	return failedWith(err)
}

// configRemove removes a configuration or a variant. Its refusals have no code.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigRemoveRequestHandler.java:62-83.
func (s *Server) configRemove(c call, r *wire.ConfigRemoveRequest) (any, *refusal) {
	key := s.configKey(r.ConfigRef)
	err := s.configs.CheckTenant(key.Namespace)
	if err == nil {
		err = s.configs.CheckNames((*string)(r.DataID), (*string)(r.Group))
	}
	if err == nil {
		err = s.configs.CheckTag(text(r.Tag))
	}
	if err == nil {
		ip, _ := c.client()
		err = s.configs.Remove(key, text(r.Tag), config.Author{IP: ip})
	}
	if err != nil {
		return wire.ConfigRemoveResponse{Response: failed(0, err.Error())}, nil
	}
	return wire.ConfigRemoveResponse{Response: wire.OK()}, nil
}

// configSync dumps what another server says that it has written. Here is nothing but what this server has stored itself.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigChangeClusterSyncRequestHandler.java:50-95.
func (s *Server) configSync(_ call, r *wire.ConfigChangeClusterSyncRequest) (any, *refusal) {
	if err := s.configs.CheckTag(text(r.Tag)); err != nil && s.configs.Behaviour().ChecksListeners {
		return nil, thrown(err)
	}
	if r.DataID == nil || r.Group == nil {
		return nil, nullPointer("the configuration")
	}
	name := text(r.GrayName)
	switch {
	case name != "":
	case bool(r.Beta):
		name = config.Beta
	case text(r.Tag) != "":
		name = config.TagPrefix + text(r.Tag)
	}
	s.configs.Redump(config.Key{Namespace: text(r.Tenant), Group: text(r.Group), DataID: text(r.DataID)}, name)
	return wire.ConfigChangeClusterSyncResponse{Response: wire.OK()}, nil
}
