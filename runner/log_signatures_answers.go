package runner

// answerSignatures are about what the server has answered.
func answerSignatures() []Signature {
	return []Signature{
		{
			// E4: action, context and error come in the order of the alphabet.
			ID: "registration-status", Text: "the server returned error ", Like: `context=registration.*the server returned error (\d+)`, First: E4c, Last: E5,
			Topic: registrationStatus, Causes: refusalCauses(),
			Line: `time="2026-01-02T15:04:05Z" level=error msg="invalid status code" action="send request" context=registration error="the server returned error 400" type=action`,
		},
		{
			ID: "registration-status-e5b", Text: "server rejected runner registration", Like: `returned error (\d+)`, First: E5b,
			Topic: registrationStatus, Causes: refusalCauses(),
			Line: `time="2026-01-02T15:04:05Z" level=error msg="server rejected runner registration: the server returned error 400: Invalid registration token" context=registration error="invalid status code" status_code=400`,
		},
		{
			ID: "registration-not-ok", Text: "Error making request: <nil>", First: E1, Last: E1, Topic: LogRegistrationFails, Causes: refusalCauses(),
			Line: "Error making request: <nil>",
		},
		{
			ID: "registration-not-ok-e2", Text: "Error making request:<nil>", First: E2a, Last: E4a, Topic: LogRegistrationFails, Causes: refusalCauses(),
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Error making request:<nil>"`,
		},
		{
			ID: "registration-failed", Text: "runner registration failed", First: E4b, Topic: LogRegistrationFails,
			Line: "panic: runner registration failed",
		},
		{
			ID: "registration-failed-e5", Text: "Failed to register runner", First: E5, Topic: LogRegistrationFails,
			Line: "Error: Failed to register runner: unexpected status",
		},
		{
			ID: "poll-status-e2", Text: "Checking new jobs error, server returns code ", Like: `returns code (\d+)`, First: E2a, Last: E2b, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Checking new jobs error, server returns code 401"`,
		},
		{
			ID: "poll-status-e3", Text: "Encountered error while checking for new jobs; server returned code ", Like: `returned code (\d+)`, First: E3, Last: E4a, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Encountered error while checking for new jobs; server returned code 404"`,
		},
		{
			ID: "poll-status-e4", Text: "the server returned an error", Like: `returned an error(\d+)`, First: E4b, Last: E4c, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="error status code" action="send request" context="checking new jobs" error="the server returned an error404" type=action`,
		},
		{
			ID: "poll-status-e5b", Text: "server returned an error while fetching new jobs", Like: `returned error (\d+)`, First: E5b, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="server returned an error while fetching new jobs: the server returned error 404: Runner not found" context=checking_new_jobs error="error status code" status_code=404`,
		},
		{
			ID: "report-status-e5b", Text: "server rejected job progress", Like: `status_code=(\d+)`, First: E5b, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="server rejected job progress" context=sending_progress error="invalid status code" jobs=0 status_code=404`,
		},
		{
			ID: "poll-status-e5", Text: "the server returned error ", Like: `context="checking new jobs".*returned error (\d+)`, First: E5, Last: E5, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="error status code" action="send request" context="checking new jobs" error="the server returned error 404: Runner not found" type=action`,
		},
		{
			ID: "report-status", Text: "the server returned error ", Like: `returned error (\d+)`, First: E4c, Last: E5, Topic: byStatus,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="invalid status code" action="send request" context=sending_progress error="the server returned error 404" type=action`,
		},
		{
			ID: "not-json-e1", Text: "Error parsing JSON:", First: E1, Last: E3, Topic: LogNotSemaphore,
			Line: "Error parsing JSON: invalid character '<' looking for beginning of value",
		},
		{
			ID: "not-json-e2", Text: "Checking new jobs, parsing JSON error:", First: E2a, Last: E4a, Topic: LogNotSemaphore,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="Checking new jobs, parsing JSON error:invalid character '<' looking for beginning of value"`,
		},
		{
			ID: "not-json-e4", Text: "server's response has invalid format", First: E4b, Last: E5, Topic: LogNotSemaphore,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="invalid character '<' looking for beginning of value" action="parsing result json" context="checking new jobs" error="server's response has invalid format" type=action`,
		},
		{
			ID: "not-json-e5b", Text: "failed to parse new jobs response from the server", First: E5b, Topic: LogNotSemaphore,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to parse new jobs response from the server" context=checking_new_jobs error="invalid character '<' looking for beginning of value"`,
		},
		{
			ID: "not-json-registration", Text: "failed to parse registration response from the server", First: E5b, Topic: LogNotSemaphore,
			Line: `time="2026-01-02T15:04:05Z" level=error msg="failed to parse registration response from the server" context=registration error="invalid character '<' looking for beginning of value"`,
		},
	}
}

// refusalCauses are why a server answers a registration with anything but a 200, as
// far as that can be found out: whether it takes the registration token cannot.
func refusalCauses() []string {
	return []string{
		"url-trailing-slash", "redirects", "url-plain-http", "url-api-suffix", "wrong-base-path", "version-mismatch", "not-semaphore",
		"http-on-tls-port", "auth-proxy", "server-error",
	}
}
