package behaviour

import "time"

// Registration decides what registering an instance does and what it refuses.
// Requirements: naming.lifecycle.registration-*, reregistration-*, default-*, one-kind-per-service,
// one-publication-per-connection, cluster-move-replaces, weight-bounds-*, cluster-characters-*, instance-id*;
// naming.heartbeat.registration-*, timeout-below-interval-refused.
type Registration struct {
	// DefaultEphemeral is the start value of the switch defaultInstanceEphemeral.
	// Source: nacos 2.5.1 N/misc/SwitchDomain.java:107.
	DefaultEphemeral bool
	// DefaultNamespace, DefaultGroup and DefaultCluster replace names that an HTTP request leaves blank.
	// Source: nacos 2.5.1 A/common/Constants.java; measured.
	DefaultNamespace, DefaultGroup, DefaultCluster string
	// DefaultWeight is the weight of a registration that names none.
	// Source: nacos 2.5.1 N/pojo/instance/HttpRequestInstanceBuilder.java:105-113.
	DefaultWeight float64
	// MinWeight and MaxWeight bound the weight over HTTP, both inclusive. Source: as DefaultWeight.
	MinWeight, MaxWeight float64
	// DefaultHealthy and DefaultEnabled are the health and the enabled flag of a registration that names none.
	// Source: nacos 2.5.1 N/pojo/instance/HttpRequestInstanceBuilder.java:92-132.
	DefaultHealthy, DefaultEnabled bool
	// TakesHealth is true when a registration may say that its instance is unhealthy. Source: as DefaultHealthy.
	TakesHealth bool
	// KeepsHealth is true when a known instance keeps its health when it registers again.
	// Source: nacos 2.5.1 N/core/v2/service/ClientOperationService.java:94-114 (it does not).
	KeepsHealth bool
	// Refreshes is true when registering again restarts the silence of the instance. Source: as KeepsHealth.
	Refreshes bool
	// ChecksIntervals is true when timeouts below the beat interval are refused.
	// Source: nacos 2.5.1 A/naming/utils/NamingUtils.java:150-159.
	ChecksIntervals bool
	// EqualIntervals is true when timeouts may equal the beat interval, false when they must exceed it. Source: as ChecksIntervals.
	EqualIntervals bool
	// ChecksCluster is true when cluster names outside 0-9a-zA-Z- are refused. Source: nacos 2.5.1 A/naming/utils/NamingUtils.java:160-164.
	ChecksCluster bool
	// ReplacesPublication is true when a connection has at most one publication for a service, so that registering
	// another address replaces the first. Source: nacos 2.5.1 N/core/v2/client/AbstractClient.java:71-84.
	ReplacesPublication bool
	// ReplacesAcrossClusters is true when registering an address in another cluster replaces it there, false when
	// both stay. Source: nacos 2.5.1 N/core/v2/client/impl/IpPortBasedClient.java:69-71.
	ReplacesAcrossClusters bool
	// KeepsMetadata is true when an instance that registers again keeps the metadata that it does not name.
	// Source: as ReplacesPublication (it does not).
	KeepsMetadata bool
	// LeastWeight is what smaller weights above 0 become. Source: nacos 1.4.8 N/core/Service.java:187-193; 2.x has none.
	LeastWeight float64
	// MostWeight is what greater weights become, 0 for no bound. Source: as LeastWeight.
	MostWeight float64
	// SharesBeats is true when a write to the ephemeral instances of a service gives an address that is in several clusters
	// the health and the beat of one of them in all. Source: nacos 1.4.8 N/core/ServiceManager.java:788-866; measured.
	SharesBeats bool
	// KeepsID is true when a known instance keeps its id when it registers again. Source: nacos 1.4.8 N/core/ServiceManager.java:812-821.
	KeepsID bool
	// ObeysGenerator is true when the metadata of an instance chooses how its id is made.
	// Source: nacos 2.5.1 N/pojo/instance/InstanceIdGeneratorManager.java:52-70; measured 2.0.4 (it does not).
	ObeysGenerator bool
	// SmallIDs is true when the generator snowflake numbers the instances of a service from 0 and unknown generators are
	// ignored. Source: nacos 1.4.8 N/core/Instance.java:325-352; measured.
	SmallIDs bool
	// Apps is true when instances carry the application of their registration. Source: nacos 1.4.8 N/controllers/InstanceController.java:583-586.
	Apps bool
	// NeedsPort is true when a registration over HTTP without port is refused, false when its port is 0.
	// Source: nacos 2.5.1 N/pojo/instance/HttpRequestInstanceBuilder.java:92-132.
	NeedsPort bool
	// MaxPort is the greatest port. Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/ParamCheckRule.java:54.
	MaxPort int64
	// BatchReplaces is true when a batch replaces what the connection published before, false when it adds to it.
	// Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:77-99.
	BatchReplaces bool
	// ManyServices is true when a connection publishes for any number of services, false when only for the last.
	// Source: nacos 2.5.1 N/core/v2/client/AbstractClient.java:46.
	ManyServices bool
	// ExclusiveKinds is true when a service holds either ephemeral or persistent instances.
	// Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:59-64.
	ExclusiveKinds bool
	// NamesKinds is true when the refusal of an instance says of which kind it and its service are.
	// Source: as ExclusiveKinds.
	NamesKinds bool
	// ConnectionsCarryData is true when connections register weight, cluster and metadata, false when addresses alone.
	// Source: nacos 2.5.1 N/remote/rpc/handler/InstanceRequestHandler.java:59.
	ConnectionsCarryData bool
	// LowersKeys is true when keys of metadata over HTTP are kept in lower case.
	// Source: nacos 2.5.1 N/misc/UtilsAndCommons.java:158-184 (they are not).
	LowersKeys bool
	// IDOverV1 is true when registrations through v1, and full beats, get an instance id.
	// Source: nacos 2.5.1 N/pojo/instance/HttpRequestInstanceBuilder.java.
	IDOverV1 bool
	// IDOverV2 is true when registrations through v2 get an instance id.
	// Source: nacos 2.5.1 N/controllers/v2/InstanceControllerV2.java:447-458 (they do not).
	IDOverV2 bool
}

// Deregister decides what withdrawing an instance does.
// Requirements: naming.lifecycle.deregistration-*, http-cannot-deregister-grpc.
type Deregister struct {
	// Removes is true when a withdrawn instance is gone. Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:102-118.
	Removes bool
	// WholePublication is true when a connection withdraws all that it publishes for a service whatever address it names,
	// false when only what is at the address. Source: as Removes.
	WholePublication bool
	// SparesOthers is true when the other instances of the service stay. Source: as Removes.
	SparesOthers bool
	// Namesakes is true when a deregistration over HTTP also withdraws the address from services of the same name in
	// other groups and namespaces. Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:113-121 (it does not).
	Namesakes bool
	// AnyConnection is true when a connection also withdraws what others publish at the address that it names.
	// Source: as Removes (it does not).
	AnyConnection bool
	// ComparesCluster is true when the cluster must match. Source: as Removes (it need not).
	ComparesCluster bool
	// AnyPublisher is true when a deregistration over HTTP also withdraws the address from gRPC connections.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:113-121 (it does not).
	AnyPublisher bool
	// VainChanges is true when withdrawing what is not there counts as a change of its service, which subscribers are pushed.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:640-690 (the list is written in any case).
	VainChanges bool
	// UnknownIsError is true when withdrawing what is not there is refused.
	// Source: nacos 2.5.1 N/core/InstanceOperatorClientImpl.java:113-121 (it is not).
	UnknownIsError bool
}

// Services decides how services come and go. Requirements: naming.lifecycle.service-*, kind-*, nameless-service-*,
// reading-creates-nothing, subscribing-creates-nothing.
type Services struct {
	// RegistrationCreates is true when registering an instance creates its service.
	// Source: nacos 2.5.1 N/core/v2/ServiceManager.java:61-68.
	RegistrationCreates bool
	// ReadingCreates is true when reading creates the service.
	// Source: nacos 2.5.1 N/core/v2/index/ServiceStorage.java:81-90 (it does not).
	ReadingCreates bool
	// ListsAllGroups is true when a list of services names those of all groups.
	// Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:139-160 (it does not).
	ListsAllGroups bool
	// KindOutlivesInstances is true when a service keeps its kind while it is empty.
	// Source: nacos 2.5.1 N/core/v2/ServiceManager.java:61-68; measured.
	KindOutlivesInstances bool
	// SubscriptionCreates is true when subscribing creates the service.
	// Source: nacos 2.5.1 N/core/v2/service/impl/EphemeralClientOperationServiceImpl.java:121-130 (it does not).
	SubscriptionCreates bool
	// V1CreatesPersistent is true when services created through v1 are persistent.
	// Source: nacos 2.5.1 N/controllers/ServiceController.java:111.
	V1CreatesPersistent bool
	// CreateExistingFails is true when creating a service that exists is refused.
	// Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:75-97.
	CreateExistingFails bool
	// AcceptsNameless is true when a service without group or name can be made, after which the lists of its namespace
	// fail and nothing is cleaned until it is deleted. A real 2.5.1 does so; that defect is not copied into its line.
	// Source: nacos 2.5.1 N/web/ServiceNameFilter.java:67-77, N/controllers/v2/InstanceControllerV2.java:460; measured.
	AcceptsNameless bool
	// ListsGroupless is true when a service without group can be made and is listed as others are. A real 1.4.8 also makes
	// services without name, which break the lists of their namespace; that defect is not copied.
	// Source: nacos 1.4.8 N/controllers/ServiceController.java:96-138; measured.
	ListsGroupless bool
	// NamespaceInIdentity is true when namespaces keep services apart. Source: nacos 2.5.1 N/core/v2/pojo/Service.java:106.
	NamespaceInIdentity bool
	// ListedAfter is how long after its creation a service is named in lists. Source: as RegistrationCreates.
	ListedAfter time.Duration
	// CreateKeepsSettings is true when a service has the settings that it was created with. Source: as CreateExistingFails.
	CreateKeepsSettings bool
	// CreateTakesKind is true when creating a service through v2 decides its kind.
	// Source: nacos 2.5.1 N/model/form/ServiceForm.java:77.
	CreateTakesKind bool
	// UpdateMerges is true when an update keeps the metadata that it does not name.
	// Source: nacos 2.5.1 N/core/v2/metadata/ServiceMetadataProcessor.java:148-156 (it does not).
	UpdateMerges bool
	// GetUnknownFails, UpdateUnknownFails and DeleteUnknownFails are true when reading, updating or deleting a service
	// that does not exist is refused. Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:89-135.
	GetUnknownFails, UpdateUnknownFails, DeleteUnknownFails bool
	// RefusesAsArgument is true when refusals to create a service that exists, or to delete one that does not, count as bad
	// arguments. Source: nacos 1.4.8 N/controllers/ServiceController.java:104, N/core/ServiceManager.java:443; 2.x has codes for them.
	RefusesAsArgument bool
	// ManualHealth is true when health can be set by hand where instances are not probed, false when that is never done to
	// an instance that is there. Source: nacos 1.4.8 N/controllers/HealthController.java:88-127; measured 1.4.8, 2.5.1.
	ManualHealth bool
	// DeleteWithdraws is true when a deleted service takes its instances with it.
	// Source: nacos 1.4.8 N/core/ServiceManager.java:233-254.
	DeleteWithdraws bool
	// NameSyntax and ClusterSyntax are expressions that grouped names of services, and names of clusters, match as a whole
	// when they are made; empty for none. Source: nacos 1.4.8 N/core/Service.java:62, N/core/Cluster.java:43.
	NameSyntax, ClusterSyntax string
	// KeepsClusters is true when the clusters of a service are all that were ever named, false when those that hold
	// instances. Source: nacos 1.4.8 N/core/Service.java:104; measured.
	KeepsClusters bool
	// KeepsNamespaces is true when a namespace that held a service stays known. Source: nacos 1.4.8 N/core/ServiceManager.java:82,
	// nacos 2.5.1 N/core/v2/ServiceManager.java:61-68; measured 3.0.3.
	KeepsNamespaces bool
	// NamesGroupApart is true when changing a cluster of an unknown service names the group and the service one by one,
	// false when as one. Source: nacos 3.0.3 N/core/ClusterOperatorV2Impl.java:51-60; 2.5 does the latter.
	NamesGroupApart bool
	// DeleteRemoves is true when a deleted service is gone. Source: as DeleteNeedsEmpty.
	DeleteRemoves bool
	// DeleteNeedsEmpty is true when a service with instances cannot be deleted.
	// Source: nacos 2.5.1 N/core/ServiceOperatorV2Impl.java:110-121.
	DeleteNeedsEmpty bool
}

// Metadata decides how operational instance metadata and service metadata live.
// Requirements: naming.lifecycle.instance-metadata-*, service-metadata-*, metadata-length-*.
type Metadata struct {
	// Operational is true when modifying an instance writes operational metadata beside it, false when it changes the
	// instance itself and the last writer wins. Source: nacos 1.4.8 N/core/ServiceManager.java:525-582; measured.
	Operational bool
	// Overlays is true when operational metadata wins over what was registered, key by key, and replaces weight and
	// enabled. Source: nacos 2.5.1 N/utils/InstanceUtil.java:80-86.
	Overlays bool
	// RegistrationCancelsExpiry is true when an instance that registers again keeps its operational metadata.
	// Source: nacos 2.5.1 N/core/v2/metadata/NamingMetadataManager.java:235-266.
	RegistrationCancelsExpiry bool
	// PersistentExpires is true when operational metadata of a persistent instance that left is removed, false when it
	// stays for good. Source: nacos 2.0.4 N/core/v2/service/impl/PersistentClientOperationServiceImpl.java:181-200 (stays);
	// nacos 2.5.1, same file.
	PersistentExpires bool
	// CreationCancelsExpiry is true when a service that is created again keeps its metadata.
	// Source: nacos 2.5.1 N/core/v2/ServiceManager.java:61-68.
	CreationCancelsExpiry bool
	// OutlivesService is true when the metadata of a service that the cleaner removes waits for its return, false when it
	// goes with it. Source: as CreationCancelsExpiry; nacos 1.4.8 keeps it in the service.
	OutlivesService bool
	// TakesPairs is true when metadata may be written as key=value pairs.
	// Source: nacos 2.5.1 N/misc/UtilsAndCommons.java:158-184.
	TakesPairs bool
	// RefusesMalformed is true when metadata that cannot be read is refused, false when it counts as none. Source: as TakesPairs.
	RefusesMalformed bool
	// SkipsNulls is true when an update leaves out metadata that is null, false when it fails.
	// Source: nacos 3.0.3 N/core/InstanceOperatorClientImpl.java:145-157; 2.5 fails, measured.
	SkipsNulls bool
	// MaxLength bounds the total length of keys and values over HTTP and gRPC; 0 for no bound.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/DefaultParamChecker.java:408-430.
	MaxLength int
}

// Cleaning decides when what nobody uses is removed. Requirements: naming.lifecycle.empty-service-cleaned,
// subscribed-service-cleaned, instance-metadata-*, service-metadata-*; naming.heartbeat.silent-client-expires, idle-client-dropped.
type Cleaning struct {
	// ClientPeriod is the fixed delay between two passes over the HTTP clients; the first is at start.
	// Source: nacos 2.5.1 N/core/v2/client/manager/impl/EphemeralIpPortClientManager.java:63-64.
	ClientPeriod time.Duration
	// ClientExpiry is the silence after which an HTTP client is dropped with all that it published; strict; 0 for never.
	// Source: nacos 2.5.1 N/constants/ClientConstants.java:42-44.
	ClientExpiry time.Duration
	// IdleClientExpiry is the silence after which a client that publishes nothing is dropped; strict.
	// Source: nacos 2.5.1 N/core/v2/client/manager/impl/EphemeralIpPortClientManager.java:166-179.
	IdleClientExpiry time.Duration
	// EmptyServices is true when empty services are removed.
	// Source: nacos 2.5.1 N/core/v2/cleaner/EmptyServiceAutoCleanerV2.java:48-93.
	EmptyServices bool
	// CountsServing is true when services count as empty whose instances are all disabled or unhealthy.
	// Source: as EmptyServices (they do not).
	CountsServing bool
	// EmptyServiceInitial and EmptyServicePeriod time the passes over the services. Source: as EmptyServices.
	EmptyServiceInitial, EmptyServicePeriod time.Duration
	// EmptyServicePasses is how many passes in a row must find a service empty. Source: nacos 1.4.8 N/core/ServiceManager.java:1053-1085; 2.x needs one.
	EmptyServicePasses int
	// EmptyServiceExpiry is how long a service must have been empty and unchanged; not strict. Source: as EmptyServices.
	EmptyServiceExpiry time.Duration
	// SparesSubscribed is true when services with subscribers are not removed. Source: as EmptyServices (they are).
	SparesSubscribed bool
	// MetadataInitial and MetadataPeriod time the passes over expired metadata.
	// Source: nacos 2.5.1 N/core/v2/cleaner/ExpiredMetadataCleaner.java:39-65.
	MetadataInitial, MetadataPeriod time.Duration
	// MetadataExpiry is how long metadata outlives its instance or service; strict. Source: as MetadataInitial.
	MetadataExpiry time.Duration
}
