package behaviour

// streamUtils is what newer frameworks call a body.
const streamUtils = "org.springframework.util.StreamUtils$NonClosingInputStream"

// Framework decides what the web framework answers before a controller is reached and where it returns nothing: to paths
// and methods that nobody serves, to types that nobody can write, to values that cannot be converted.
type Framework struct {
	// TrailingSlash is true when a path may end in one slash. Source: measured 2.5.1; 3.0.3 answers 404.
	TrailingSlash bool
	// Hardens is true when answers carry the headers that forbid caching, framing and guessing of types.
	// Source: measured 3.0.3; 2.5.1 does not.
	Hardens bool
	// NamesEndpoints is true when the error page of an unknown path names method and path. Source: measured 3.0.3.
	NamesEndpoints bool
	// RefusesMethods is true when methods that a path lacks are answered with the error page of 405, false when with 500
	// and a text. Source: measured 3.0.3; 2.5.1 does the latter.
	RefusesMethods bool
	// ExplainsRejections is true when suspicious paths and unusual methods are refused with 500 and the reason, false when
	// with 400 and none. Source: measured 2.5.1; 3.0.3 does the latter.
	ExplainsRejections bool
	// NamesEscapes is true when the error page of a form with a bad escape names the escape. Source: measured 2.5.1.
	NamesEscapes bool
	// NamesArguments is true when the text about a value that cannot be converted begins with its parameter, false when it
	// ends with the exception. Source: measured 3.0.3; 2.5.1 does the latter.
	NamesArguments bool
	// PagesStatuses is true when errors over v2 and v3 whose number is beyond those of HTTP end in the error page, false when
	// the number is sent as it is: see web.ClampStatus. Source: measured 3.0.3, whose capacity limits have such numbers.
	PagesStatuses bool
	// PagesErrors is true when controllers without a handler of errors of their own answer with error pages, false when
	// with texts and the older envelope. Source: measured 3.0.3; 2.5.1 does the latter.
	PagesErrors bool
	// RedactsSource is true when the text about JSON that cannot be read leaves the JSON out. Source: measured 3.0.3.
	RedactsSource bool
	// JSONSource is what errors about JSON bodies call the body, empty where they do not tell what the library said.
	// Source: measured 1.4.8, 2.0.4, 2.5.1, 3.0.3.
	JSONSource string
	// KeepsFirstError is true when the page of a request that failed twice tells of the first failure. Source: measured
	// 3.0.3; 2.5.1 tells of the second.
	KeepsFirstError bool
	// JoinsRepeated is true when the routes of v2 and v3 join the values of a text that is given more than once by commas,
	// false when the first counts, as it does over v1 and for what is no text. Source: measured 2.5.1, 3.0.3.
	JoinsRepeated bool
	// RefusesUploads is true when a multipart body that is too large is answered with 413 and nothing else, and one that
	// cannot be read with the error page, false when both are answered with 500 and a text. Source: measured 3.0.3; 1.4.8
	// and 2.5.1 do the latter.
	RefusesUploads bool
	// WrapsUploadErrors is true when that text tells of the exception around the one that says why the body cannot be read.
	// Source: measured 2.0.4; 1.4.8 and 2.5.1 do not.
	WrapsUploadErrors bool
	// ListsTypes is true when a client that takes no JSON is told which types there are, with 406.
	// Source: measured 3.0.3; 2.5.1 says that there is none.
	ListsTypes bool
}
