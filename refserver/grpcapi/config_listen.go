package grpcapi

import (
	"errors"
	"slices"

	"github.com/nacos-tck/nacos-tck/refserver/config"
	"github.com/nacos-tck/nacos-tck/refserver/failure"
	"github.com/nacos-tck/nacos-tck/refserver/java"
	"github.com/nacos-tck/nacos-tck/wire"
)

func configListenRefusal(r wire.Response) any {
	return wire.ConfigChangeBatchListenResponse{Response: r, ChangedConfigs: []wire.ConfigRef{}}
}

func (s *Server) checkConfigListen(r *wire.ConfigBatchListenRequest) string {
	for _, context := range r.ConfigListenContexts {
		if text := s.checkConfig(context.ConfigRef); text != "" {
			return text
		}
	}
	return ""
}

// configListen begins or ends to listen, and names what the client does not have as it is. Each configuration is listened
// to before it is compared, so that no change is missed.
// Source: nacos 2.5.1 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigChangeBatchListenRequestHandler.java:55-83.
func (s *Server) configListen(c call, r *wire.ConfigBatchListenRequest) (any, *refusal) {
	tag := header(c, r.Request, headerTag)
	if err := s.configs.CheckTag(tag); err != nil && s.configs.Behaviour().ChecksListeners {
		return nil, thrown(err)
	}
	if r.ConfigListenContexts == nil {
		return nil, nullPointer("the list of contexts")
	}
	answer := wire.ConfigChangeBatchListenResponse{Response: wire.OK(), ChangedConfigs: []wire.ConfigRef{}}
	ip, labels := c.client()
	if java.IsBlank(tag) && s.configs.Behaviour().LabelsChoose {
		tag = labels[appPrefix+headerTag]
	}
	for _, context := range r.ConfigListenContexts {
		if context.DataID == nil || context.Group == nil {
			return nil, nullPointer("the name")
		}
		key := s.listenedKey(context.ConfigRef)
		if !r.Listen {
			s.configs.Unlisten(key, c.id)
			continue
		}
		listener := config.Listener{Client: c.id, Unnamed: java.IsBlank(text(context.Tenant)), MD5: text(context.MD5), IP: ip, Tag: labels[headerTag]}
		if !s.configs.Listen(key, listener, tag) || context.MD5 == nil {
			answer.ChangedConfigs = append(answer.ChangedConfigs, context.ConfigRef)
		}
	}
	if !c.isRegistered() { // it went while it began to listen
		s.configs.Disconnect(c.id)
	}
	return answer, nil
}

// listenedKey is the key under which changes come for what a client listens to.
func (s *Server) listenedKey(r wire.ConfigRef) config.Key {
	key := config.Key{Namespace: text(r.Tenant), Group: text(r.Group), DataID: text(r.DataID)}
	switch {
	case s.configs.Behaviour().NormalizesListening:
		key.Namespace = s.configs.Namespace(key.Namespace)
	case java.IsBlank(key.Namespace):
		key.Namespace = ""
	}
	return key
}

// NotifyChange tells connections that a configuration changed, as config.Notifier asks for. Once one of them has named no
// namespace, those after it are told none either.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/remote/RpcConfigChangeNotifier.java:87-110; measured.
func (s *Server) NotifyChange(key config.Key, listeners []config.Listener) {
	named := key.Namespace != ""
	for _, l := range listeners {
		named = named && !l.Unnamed
		ref := wire.ConfigRef{DataID: (*wire.Text)(&key.DataID), Group: (*wire.Text)(&key.Group)}
		if named {
			ref.Tenant = (*wire.Text)(&key.Namespace)
		}
		b := s.configs.Behaviour()
		s.tell(l.Client, &telling{most: b.MaxPushes, backoff: b.PushBackoff, timeout: b.PushTimeout, request: func() outbound {
			return &wire.ConfigChangeNotifyRequest{Request: wire.NewRequest(wire.ModuleConfig), ConfigRef: ref}
		}})
	}
}

// NotifyWatched tells connections that a configuration which they watch came or went.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigFuzzyWatchChangeNotifier.java,
// FuzzyWatchChangeNotifyTask.java, which never counts its attempts.
func (s *Server) NotifyWatched(key config.Key, exists bool, clients []string) {
	change := wire.Text(wire.ConfigDeleted)
	if exists {
		change = wire.ConfigChanged
	}
	for _, client := range clients {
		s.tell(client, &telling{timeout: s.configs.Behaviour().PushTimeout, request: func() outbound {
			return &wire.ConfigFuzzyWatchChangeNotifyRequest{
				Request: wire.NewRequest(wire.ModuleConfig), GroupKey: wire.Text(key.GroupKey()), ChangeType: change,
			}
		}})
	}
}

// configWatch begins or ends to watch the configurations of a pattern.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigFuzzyWatchRequestHandler.java.
func (s *Server) configWatch(c call, r *wire.ConfigFuzzyWatchRequest) (any, *refusal) {
	answer := wire.ConfigFuzzyWatchResponse{Response: wire.OK()}
	pattern := text(r.GroupKeyPattern)
	switch text(r.WatchType) {
	case wire.CancelWatchServices:
		s.configs.Unwatch(c.id, pattern)
	case wire.WatchServices:
		if r.GroupKeyPattern == nil {
			return nil, nullPointer("the pattern")
		}
		matches, full, err := s.configs.Watch(c.id, pattern)
		if err != nil {
			return watchRefusal(err)
		}
		s.synchronize(c.id, pattern, news(matches, r.ReceivedGroupKeys, full), bool(r.Initializing))
		if full {
			return watchRefusal(config.ErrMatchesOverLimit)
		}
	}
	return answer, nil
}

// watchRefusal is an answer with a code for what is over a limit, and an error for what nobody foresaw.
func watchRefusal(err error) (any, *refusal) {
	var e *failure.Error
	if errors.As(err, &e) && e.Flavour == failure.Checked {
		return wire.ConfigFuzzyWatchResponse{Response: failed(e.Code, e.Message)}, nil
	}
	return nil, thrown(err)
}

// news are what a client does not know of a pattern; one that is full may match what it does not list.
func news(matches []string, received []*wire.Text, full bool) (all []wire.ConfigFuzzyContext) {
	known := map[string]bool{}
	for _, key := range received {
		known[text(key)] = true
	}
	for _, key := range matches {
		if !known[key] {
			all = append(all, wire.ConfigFuzzyContext{GroupKey: wire.Text(key), ChangedType: wire.ConfigAdded})
		}
		delete(known, key)
	}
	for _, key := range received {
		if known[text(key)] && !full {
			all = append(all, wire.ConfigFuzzyContext{GroupKey: wire.Text(text(key)), ChangedType: wire.ConfigDeleted})
			delete(known, text(key))
		}
	}
	return all
}

// synchronize tells a client in batches what it does not know and, at the beginning, that these were all.
// Source: nacos 3.0.3 config/src/main/java/com/alibaba/nacos/config/server/remote/ConfigFuzzyWatchSyncNotifier.java.
func (s *Server) synchronize(client, pattern string, all []wire.ConfigFuzzyContext, initial bool) {
	batches := slices.Collect(slices.Chunk(all, s.configs.Behaviour().WatchBatch))
	kind := wire.Text(wire.FuzzyDiff)
	if initial {
		kind = wire.FuzzyInit
	}
	finish := func() {
		s.sync(client, wire.ConfigFuzzyWatchSyncRequest{GroupKeyPattern: wire.Text(pattern), SyncType: wire.FuzzyFinish}, func() {})
	}
	if len(batches) == 0 && initial {
		finish()
	}
	left := newCountdown(len(batches), finish)
	for n, batch := range batches {
		acknowledged := func() {}
		if initial {
			acknowledged = left.once()
		}
		s.sync(client, wire.ConfigFuzzyWatchSyncRequest{
			GroupKeyPattern: wire.Text(pattern), Contexts: batch, SyncType: kind, TotalBatch: wire.Int(len(batches)), CurrentBatch: wire.Int(n + 1),
		}, acknowledged)
	}
}

func (s *Server) sync(client string, sync wire.ConfigFuzzyWatchSyncRequest, acknowledged func()) {
	b := s.configs.Behaviour()
	s.tell(client, &telling{most: b.MaxPushes, backoff: b.PushBackoff, timeout: b.PushTimeout, acknowledged: acknowledged, request: func() outbound {
		again := sync
		again.Request = wire.NewRequest(wire.ModuleConfig)
		return &again
	}})
}
