package checks

import _ "embed" // the pages of the problems

// The pages about the way to the server, and whom the runner trusts.
var (
	//go:embed doc/ca-file-unusable.md
	pageCAFileUnusable string
	//go:embed doc/tls-client-certificate.md
	pageTLSClientCertificate string
	//go:embed doc/tls-expires-soon.md
	pageTLSExpiresSoon string
	//go:embed doc/tls-verification-off.md
	pageTLSVerificationOff string
	//go:embed doc/url-plain-http.md
	pageURLPlainHTTP string
)
