package behaviour

import "time"

// Auth decides who may do what where authentication is on: which routes are guarded, how credentials are read, and how
// refusals are worded. Whether it is on is no decision of a line but a setting of the server. AP/ stands for
// plugin-default-impl/nacos-default-auth-plugin/src/main/java/com/alibaba/nacos/plugin/auth/impl/.
type Auth struct {
	// SeparateSwitches is true when the APIs for clients, for administrators and of the console are guarded each by a
	// switch of its own, the latter two on as shipped; false when one switch, off as shipped, guards all.
	// Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/auth/NacosServerAdminAuthConfig.java:113-118.
	SeparateSwitches bool
	// SeedsAdministrator is true when there is an administrator nacos with that password from the start, false when the
	// first caller of a route makes it. Source: nacos 1.4.8 distribution/conf/schema.sql:211-213; measured 1.4.8, 2.5.1, 3.0.3.
	SeedsAdministrator bool
	// NeedsIdentity is true when a server with authentication does not start before the identity of servers is set.
	// Source: nacos 1.4.8 auth/src/main/java/com/alibaba/nacos/auth/common/AuthConfigs.java:93-105 (refuses);
	// 2.5.1 auth/src/main/java/com/alibaba/nacos/auth/config/AuthConfigs.java:95-109 (starts alone, not in a cluster).
	NeedsIdentity bool
	// NeedsSecret is true when a server with authentication does not start with a secret of less than 32 bytes, false when
	// only its logins fail. Source: nacos 2.5.1 AP/token/impl/JwtTokenManager.java:67-84.
	NeedsSecret bool
	// OwnTokens is true when a token is signed with the longest algorithm that the secret allows, read by the algorithm
	// that it names, whatever the secret, and refused with the reason; false when HS256 signs, algorithms need a secret as
	// long as their hash, and all refusals but that of age read alike.
	// Source: nacos 2.5.1 AP/jwt/NacosSignatureAlgorithm.java:75-110; measured 1.4.8, 2.5.1, 3.0.3.
	OwnTokens bool
	// TellsRemainingLife is true when a login that shows a token is told how long that one is good, false when it is told the
	// life of new ones. Source: measured 1.4.8 (not), 2.5.1.
	TellsRemainingLife bool
	// HeaderCredentials is true when accessToken, username and password are taken from headers of these names too.
	// Source: nacos 2.5.1 auth/src/main/java/com/alibaba/nacos/auth/context/HttpIdentityContextBuilder.java; measured.
	HeaderCredentials bool
	// UnknownUserText is the refusal of who shows nothing, or a wrong password. Source: measured 1.4.8, 2.5.1, 3.0.3.
	UnknownUserText string
	// UnknownUserFails is true when the name of a user that is not there is a failure of the server, false when it is
	// refused like a wrong password. Source: measured 1.4.8 (refused), 2.5.1, 3.0.3.
	UnknownUserFails bool
	// WrapsRefusals is true when the guard tells a code before its reason.
	// Source: nacos 3.0.3 plugin/auth/src/main/java/com/alibaba/nacos/plugin/auth/api/AuthResult.java:26.
	WrapsRefusals bool
	// SwallowsFailures is true when a failure that reaches the guard of a route ends in an empty success, false when in an
	// error page. Source: nacos 3.0.3 core/src/main/java/com/alibaba/nacos/core/auth/AbstractWebAuthFilter.java:137-139; measured.
	SwallowsFailures bool
	// FailurePrefix begins the page of a failure that reached the guard.
	// Source: nacos 1.4.8 and 2.5.1 core/src/main/java/com/alibaba/nacos/core/auth/AuthFilter.java.
	FailurePrefix string
	// NamesDefaultNamespace is true when the resources of the default namespace begin with public, false when with nothing.
	// Source: nacos 2.5.1 AP/roles/NacosRoleServiceImpl.java (joinResource); 3.0.3 AP/roles/AbstractCheckedRoleService.java:142-165.
	NamesDefaultNamespace bool
	// ClassicResources is true when a resource without name has no group either, and v1 alone names resources.
	// Source: nacos 1.4.8 naming/src/main/java/com/alibaba/nacos/naming/web/NamingResourceParser.java:44-72.
	ClassicResources bool
	// ClassicOverGRPC is true when requests over gRPC show their credentials under names of any case, name the default
	// namespace public, which permissions tell from none, and a group in front of the service, false when they name all
	// as it is known. Source: nacos 2.0.4 api/src/main/java/com/alibaba/nacos/api/remote/request/Request.java:30,
	// naming/src/main/java/com/alibaba/nacos/naming/web/NamingResourceParser.java:44-72; measured 2.0.4, 2.5.1.
	ClassicOverGRPC bool
	// GuardsOperations is true when the v1 routes of cluster and operations are guarded. Source: measured 1.4.8 (open), 2.5.1.
	GuardsOperations bool
	// GuardsHealthUpdates is true when those with rights on a service may set the health of its instances over v1, false
	// when nobody may: the route has no resource. Source: nacos 1.4.8 N/controllers/HealthController.java; measured.
	GuardsHealthUpdates bool
	// GuardsAll is true when every route is guarded that is not there for those who have no credentials yet.
	// Source: measured 1.4.8, 2.5.1, 3.0.3; no line does, servers that are hardened do.
	GuardsAll bool
	// CachePeriod is how often users, roles and permissions are read again; until then new ones are unknown.
	// Source: nacos 2.5.1 AP/users/NacosUserDetailsServiceImpl.java, AP/roles/NacosRoleServiceImpl.java; measured.
	CachePeriod time.Duration
	// ReadsThrough is true when roles that are not among those read last are looked up. Source: nacos 2.0.4
	// console/src/main/java/com/alibaba/nacos/console/security/nacos/roles/NacosRoleServiceImpl.java; 1.4.8 has no such lookup.
	ReadsThrough bool
	// Passwords is who may change a password: its owner, administrators too, whoever the cookie of a login knows, or nobody
	// but in vain. Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	Passwords PasswordRule
	// RefusesBlank is true when users need a name and a password. Source: nacos 3.0.3 AP/users/AbstractCachedUserService.java.
	RefusesBlank bool
	// RefusesLongPasswords is true when a password of more than 72 bytes is refused, false when no more of it counts.
	// Source: the BCryptPasswordEncoder of Spring Security 6, which nacos 3.0.3 ships; measured 1.4.8, 2.5.1 (not), 3.0.3.
	RefusesLongPasswords bool
	// ReservesAdministrator is true when the user nacos can be made as the first administrator alone.
	// Source: nacos 2.5.1 AP/controller/UserController.java; measured.
	ReservesAdministrator bool
	// RefusesBoundRole is true when a role cannot be given to a user twice. Source: measured 1.4.8 (it can), 2.5.1.
	RefusesBoundRole bool
	// SearchNeedsKind is true when lists want to be told how to search, false when they show all and know no names of users.
	// Source: measured 1.4.8, 2.5.1.
	SearchNeedsKind bool
	// EscapesPatterns is true when a backslash in the text that names of users or roles are looked for takes the meaning from
	// the character behind it. Source: nacos 2.5.1 AP/persistence/EmbeddedUserPersistServiceImpl.java:133; 2.0.4
	// config/src/main/java/com/alibaba/nacos/config/server/auth/EmbeddedUserPersistServiceImpl.java:130.
	EscapesPatterns bool
	// ReportsAsData is true when the older envelope tells the outcome as data, false when as message.
	// Source: measured 1.4.8, 2.5.1.
	ReportsAsData bool
	// KeepsSessions is true when a login is remembered by a cookie. Source: measured 1.4.8.
	KeepsSessions bool
	// GuardBeginsSessions is true when callers get a cookie whose credentials let a request pass. It lets nobody pass.
	// Source: nacos 2.0.4 console/src/main/java/com/alibaba/nacos/console/security/nacos/NacosAuthManager.java:99; measured 2.0.4.
	GuardBeginsSessions bool
}

// PasswordRule says who may change a password where authentication is on.
type PasswordRule int

const (
	// PasswordsByOwner lets users change their own, and nobody that of another: the flag of administrators is not set by
	// the guard. Source: measured 3.0.3.
	PasswordsByOwner PasswordRule = iota
	// PasswordsByAdministrator lets administrators change that of others too. Source: measured 2.5.1.
	PasswordsByAdministrator
	// PasswordsBySession is as PasswordsByAdministrator, but knows its callers by the cookie of their login alone.
	// Source: nacos 1.4.8 console/src/main/java/com/alibaba/nacos/console/controller/UserController.java; measured.
	PasswordsBySession
	// PasswordsDespiteRefusal refuses everybody, and changes the password all the same: whoever is known changes that of
	// anybody. Source: nacos 2.0.4, same file, lines 146-148: it looks for its caller where nobody ever is, and goes on
	// behind the refusal; measured 2.0.4.
	PasswordsDespiteRefusal
)

// Hardened is the same without what lines leave open and without failures that look like successes.
func (a Auth) Hardened() Auth {
	a.GuardsAll, a.GuardsOperations, a.SwallowsFailures = true, true, false
	a.FailurePrefix = "Server failed, "
	a.NeedsIdentity, a.NeedsSecret = true, true
	if a.Passwords == PasswordsByOwner || a.Passwords == PasswordsDespiteRefusal {
		a.Passwords = PasswordsByAdministrator
	}
	return a
}

// auth25 guards with tokens of its own and an administrator that somebody must make.
func auth25() Auth {
	return Auth{
		NeedsSecret: true, OwnTokens: true, TellsRemainingLife: true, HeaderCredentials: true,
		UnknownUserText: "user not found!", UnknownUserFails: true, FailurePrefix: "Server failed, ",
		GuardsOperations: true, GuardsHealthUpdates: true,
		CachePeriod: 15 * time.Second, ReadsThrough: true,
		Passwords: PasswordsByAdministrator, ReservesAdministrator: true, RefusesBoundRole: true, SearchNeedsKind: true, EscapesPatterns: true, ReportsAsData: true,
	}
}

// auth20 has an administrator from the start and tokens of a library, and leaves more open.
func auth20() Auth {
	a := auth25()
	a.SeedsAdministrator, a.NeedsIdentity, a.NeedsSecret = true, true, false
	a.OwnTokens, a.TellsRemainingLife, a.HeaderCredentials = false, false, false
	a.UnknownUserText, a.UnknownUserFails, a.FailurePrefix = "unknown user!", false, "Server failed,"
	a.ClassicResources, a.GuardsOperations, a.GuardBeginsSessions = true, false, true
	a.ClassicOverGRPC = true
	a.Passwords, a.ReservesAdministrator, a.RefusesBoundRole = PasswordsDespiteRefusal, false, false
	a.SearchNeedsKind, a.EscapesPatterns = false, false
	return a
}

// auth14 remembers logins by a cookie and knows only what it read last.
func auth14() Auth {
	a := auth20()
	a.GuardsHealthUpdates, a.ReadsThrough, a.GuardBeginsSessions, a.ClassicOverGRPC = false, false, false, false
	a.Passwords, a.ReportsAsData, a.KeepsSessions = PasswordsBySession, false, true
	return a
}

// auth30 guards three APIs apart, and loses what fails behind its guards.
func auth30() Auth {
	a := auth25()
	a.SeparateSwitches, a.NeedsIdentity = true, true
	a.UnknownUserText = "User not found! Please check user exist or password is right!"
	a.WrapsRefusals, a.SwallowsFailures, a.NamesDefaultNamespace = true, true, true
	a.Passwords, a.RefusesBlank, a.RefusesLongPasswords, a.ReservesAdministrator = PasswordsByOwner, true, true, false
	return a
}
