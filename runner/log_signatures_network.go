package runner

// networkSignatures are about the way to the server. What the network itself says
// comes before the words the runner puts around it.
func networkSignatures() []Signature {
	return []Signature{
		{
			ID: "redirect-refused", Text: "runner API redirects are not allowed", First: E7, Topic: LogURLUnusable,
			Causes: []string{"url-trailing-slash", "url-plain-http", "redirects"},
			Line:   `time="2026-01-02T15:04:05Z" level=error msg="failed to fetch new jobs from the server" context=checking_new_jobs error="Get \"http://h/api/internal/runners\": runner API redirects are not allowed"`,
		},
		{
			ID: "redirect-loop", Text: "stopped after 10 redirects", Topic: LogURLUnusable, Causes: []string{"redirects", "auth-proxy"},
			Line: `Error making request: Get "http://h/api/runners/1": stopped after 10 redirects`,
		},
		{
			ID: "no-scheme", Text: "unsupported protocol scheme", Topic: LogURLUnusable,
			Causes: []string{"url-missing", "url-malformed"},
			Line:   `time="2026-01-02T15:04:05Z" level=error msg="Post \"/api/internal/runners\": unsupported protocol scheme \"\"" action="send request" context=registration error="unexpected error" type=action`,
		},
		{
			ID: "no-scheme-port", Text: "first path segment in URL cannot contain colon", Topic: LogURLUnusable, Causes: []string{"url-malformed"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Error creating request:parse \"127.0.0.1:3000/api/runners\": first path segment in URL cannot contain colon"`,
		},
		{
			ID: "no-host", Text: "http: no Host in request URL", Topic: LogURLUnusable, Causes: []string{"url-malformed"},
			Line: `Error making request: Get "http:///api/runners/1": http: no Host in request URL`,
		},
		{
			ID: "no-request-e1", Text: "Error creating request:", First: E1, Last: E4a, Topic: LogURLUnusable, Causes: []string{"url-malformed", "placeholder-value"},
			Line: `Error creating request: parse "http://h:3000/api\n/runners/1": net/url: invalid control character in URL`,
		},
		{
			ID: "no-request-e4", Text: "can not create request to the server", First: E4b, Last: E5, Topic: LogURLUnusable, Causes: []string{"url-malformed", "placeholder-value"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="parse \"http://h:30 00/api/internal/runners\": invalid character \" \" in host name" action="create request" context="checking new jobs" error="can not create request to the server" type=action`,
		},
		{
			ID: "no-request-e5b", Text: "failed to build ", Like: `failed to build (?:new jobs|job progress|registration) request`, First: E5b, Topic: LogURLUnusable, Causes: []string{"url-malformed", "placeholder-value"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to build new jobs request" context=checking_new_jobs error="parse \"http://h:3000\\n/api/internal/runners\": net/url: invalid control character in URL"`,
		},
		{
			ID: "http-on-tls", Text: "server gave HTTP response to HTTPS client", Topic: LogTLSFails, Causes: []string{"tls-on-http-port"},
			Line: `Error making request: Post "https://h:3000/api/runners": http: server gave HTTP response to HTTPS client`,
		},
		{
			ID: "not-tls", Text: "tls: first record does not look like a TLS handshake", Topic: LogTLSFails, Causes: []string{"tls-on-http-port", "proxy-interferes"},
			Line: `Error making request: Post "https://h:3000/api/runners": tls: first record does not look like a TLS handshake`,
		},
		{
			ID: "expired", Text: "certificate has expired or is not yet valid", Topic: LogTLSFails,
			Causes: []string{"clock-skew", "tls-expired", "tls-not-yet-valid"},
			Line:   `Error making request: Get "https://h/api/runners/1": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-03-01T00:00:00Z is after 2026-02-01T00:00:00Z`,
		},
		{
			ID: "untrusted", Text: "certificate signed by unknown authority", Topic: LogTLSFails, Causes: []string{"tls-untrusted", "ca-file-unusable"},
			Line: `Error making request: Get "https://h/api/runners/1": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
		},
		{
			ID: "wrong-name", Text: "x509: certificate is valid for ", Topic: LogTLSFails, Causes: []string{"tls-wrong-name"},
			Line: `Error making request: Get "https://h/api/runners/1": tls: failed to verify certificate: x509: certificate is valid for semaphore.example.com, not h`,
		},
		{
			ID: "certificate", Text: "x509: cannot validate certificate", Topic: LogTLSFails, Causes: []string{"tls-wrong-name"},
			Line: `Error making request: Get "https://192.0.2.1/api/runners/1": tls: failed to verify certificate: x509: cannot validate certificate for 192.0.2.1 because it doesn't contain any IP SANs`,
		},
		{
			ID: "unverified", Text: "tls: failed to verify certificate", Topic: LogTLSFails,
			Line: `Error making request: Get "https://h/api/runners/1": tls: failed to verify certificate: x509: invalid signature`,
		},
		{
			ID: "tls-alert", Text: "remote error: tls: ", Topic: LogTLSFails,
			Line: `Error making request: Get "https://h/api/runners/1": remote error: tls: handshake failure`,
		},
		{
			ID: "refused", Text: "connect: connection refused", Topic: LogServerUnreachable, Causes: []string{"connection-refused", "url-local-in-container"},
			Line: `Error making request: Put "http://h:3000/api/runners/1": dial tcp 192.0.2.1:3000: connect: connection refused`,
		},
		{
			ID: "no-such-host", Text: ": no such host", Topic: LogServerUnreachable, Causes: []string{"dns-failure"},
			Line: `Error making request: Post "http://h:3000/api/runners": dial tcp: lookup h on 192.0.2.53:53: no such host`,
		},
		{
			ID: "dns-misbehaves", Text: ": server misbehaving", Topic: LogServerUnreachable, Causes: []string{"dns-failure"},
			Line: `Error making request: Post "http://h:3000/api/runners": dial tcp: lookup h on 192.0.2.53:53: server misbehaving`,
		},
		{
			ID: "dns-fails", Text: "Temporary failure in name resolution", Topic: LogServerUnreachable, Causes: []string{"dns-failure"},
			Line: `Error making request: Post "http://h:3000/api/runners": dial tcp: lookup h: Temporary failure in name resolution`,
		},
		{
			ID: "times-out", Text: ": i/o timeout", Topic: LogServerUnreachable, Causes: []string{"connection-timeout", "dns-failure"},
			Line: `Error making request: Get "http://h:3000/api/runners/1": dial tcp 192.0.2.1:3000: i/o timeout`,
		},
		{
			ID: "dial-times-out", Text: "connect: connection timed out", Topic: LogServerUnreachable, Causes: []string{"connection-timeout"},
			Line: `Error making request: Get "http://h:3000/api/runners/1": dial tcp 192.0.2.1:3000: connect: connection timed out`,
		},
		{
			ID: "no-route", Text: "connect: no route to host", Topic: LogServerUnreachable, Causes: []string{"connection-timeout", "connection-failed"},
			Line: `Error making request: Get "http://h:3000/api/runners/1": dial tcp 192.0.2.1:3000: connect: no route to host`,
		},
		{
			ID: "no-network", Text: "network is unreachable", Topic: LogServerUnreachable, Causes: []string{"connection-timeout", "connection-failed"},
			Line: `Error making request: Get "http://h:3000/api/runners/1": dial tcp 192.0.2.1:3000: connect: network is unreachable`,
		},
		{
			ID: "reset", Text: "connection reset by peer", Topic: LogServerUnreachable, Causes: []string{"connection-failed", "proxy-interferes"},
			Line: `Error making request: Get "http://h:3000/api/runners/1": read tcp 192.0.2.2:5000->192.0.2.1:3000: read: connection reset by peer`,
		},
		{
			ID: "proxy-refuses", Text: "proxyconnect tcp: ", Topic: LogServerUnreachable, Causes: []string{"proxy-interferes"},
			Line: `Error making request: Get "https://h/api/runners/1": proxyconnect tcp: dial tcp 192.0.2.9:3128: connect: host is down`,
		},
		{
			ID: "no-sockets", Text: "cannot assign requested address", Topic: LogServerUnreachable, Causes: []string{"connection-leak"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to fetch new jobs from the server" context=checking_new_jobs error="dial tcp 192.0.2.1:3000: connect: cannot assign requested address"`,
		},
		{
			ID: "no-descriptors", Text: "too many open files", Topic: LogServerUnreachable, Causes: []string{"connection-leak"},
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to fetch new jobs from the server" context=checking_new_jobs error="dial tcp 192.0.2.1:3000: socket: too many open files"`,
		},
		{
			ID: "request-e1", Text: "Error making request: ", Like: `^Error making request: (?:Post|Put|Get|Delete) `, First: E1, Last: E4a, Topic: LogServerUnreachable,
			Line: `Error making request: Get "http://h:3000/api/runners/1": EOF`,
		},
		{
			ID: "request-e2", Text: "Error making request:", Like: `msg="Error making request:(?:Post|Put|Get|Delete) `, First: E2a, Last: E4a, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Error making request:Post \"http://h:3000/api/runners\": EOF"`,
		},
		{
			ID: "body-e1", Text: "rror reading response body:", First: E1, Last: E3, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Checking new jobs, error reading response body:unexpected EOF"`,
		},
		{
			ID: "body-e3", Text: "unable to read response body:", First: E3, Last: E4a, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Encountered error while checking for new jobs; unable to read response body:unexpected EOF"`,
		},
		{
			ID: "body-e4", Text: "can not read server's response body", First: E4b, Last: E5, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="unexpected EOF" action="read response body" context="checking new jobs" error="can not read server's response body" type=action`,
		},
		{
			ID: "request-e4", Text: "upexpected error", First: E4b, Last: E4c, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Get \"http://h/api/internal/runners\": EOF" action="send request" context="checking new jobs" error="upexpected error" type=action`,
		},
		{
			ID: "report-e4", Text: "the server returned error", Like: `context=sending_progress error="the server returned error"`, First: E4b, Last: E5, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Put \"http://h/api/internal/runners\": EOF" action="send request" context=sending_progress error="the server returned error" type=action`,
		},
		{
			ID: "request-e5", Text: `error="unexpected error`, Like: `action="send request"`, First: E4b, Last: E5, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Get \"http://h/api/internal/runners\": EOF" action="send request" context="checking new jobs" error="unexpected error" type=action`,
		},
		{
			ID: "poll-e5b", Text: "failed to fetch new jobs from the server", First: E5b, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to fetch new jobs from the server" context=checking_new_jobs error=EOF`,
		},
		{
			ID: "report-e5b", Text: "failed to send job progress to the server", First: E5b, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to send job progress to the server" context=sending_progress error=EOF`,
		},
		{
			ID: "registration-e5b", Text: "failed to send registration request to the server", First: E5b, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to send registration request to the server" context=registration error=EOF`,
		},
		{
			ID: "body-e5b", Text: " response body", Like: `failed to read (?:new jobs|registration) response body`, First: E5b, Topic: LogServerUnreachable,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to read new jobs response body" context=checking_new_jobs error="unexpected EOF"`,
		},
	}
}
