package behaviour

// Namespaces decides how namespaces are shown and what names they may have.
type Namespaces struct {
	// DefaultID is the id under which lists show the default namespace.
	// Source: measured 1.4.8, 2.5.1 (empty), 3.0.3 (public).
	DefaultID string
	// DefaultName and DefaultDescription are what the details of the default namespace say; lists always name it public.
	// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/controller/NamespaceController.java:66-72; measured 1.4.8, 2.5.1.
	DefaultName, DefaultDescription string
	// ListsDescriptions is true when lists tell descriptions too, false when details alone do. Source: as DefaultName.
	ListsDescriptions bool
	// CustomType is the type of namespaces that were created. Source: measured 1.4.8, 2.5.1 (2), 3.0.3 (1).
	CustomType int
	// ChecksNames is true when names with one of @#$%^&* are refused.
	// Source: nacos 2.5.1 common/src/main/java/com/alibaba/nacos/common/paramcheck/ParamCheckRule.java:28; measured 1.4.8 (any name is good).
	ChecksNames bool
	// ReservesDefault is true when none can be created under DefaultID.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/service/NamespaceOperationService.java:160-172.
	ReservesDefault bool
	// UnknownText is why an unknown namespace cannot be shown; the id is named where the text has a place for it.
	// Source: measured 1.4.8, 2.5.1.
	UnknownText string
	// RuntimeFailures is true when failures of the storage are told with their number, false when without.
	// Source: nacos 2.5.1 core/src/main/java/com/alibaba/nacos/core/namespace/repository/EmbeddedNamespacePersistServiceImpl.java:85-125;
	// measured 1.4.8 (without), 2.5.1, 3.0.3.
	RuntimeFailures bool
	// EscapesErrors is true when errors of v1 are made harmless for browsers. Source: measured 1.4.8 (they are not), 2.5.1.
	EscapesErrors bool
}
