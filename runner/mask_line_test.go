package runner

import (
	"strings"
	"testing"
)

func TestMaskLine(t *testing.T) {
	t.Parallel()
	const secret = "S3CR3Tabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"
	for _, line := range []string{
		`level=error msg="denied" token=` + secret,
		`level=error msg="denied" X-Runner-Token="` + secret + `" type=action`,
		`level=error msg="denied: {\"token\":\"` + secret + `\"}"`,
		`Error making request: Get "http://admin:` + secret + `@h:3000/api/runners/1": EOF`,
		`level=error msg="X-API-Token: ` + secret + ` was refused"`,
		`level=error msg="Authorization: Bearer ` + secret + `"`,
		`level=error msg="spent smrs_` + secret + `"`,
		`level=error msg="-----BEGIN RSA PRIVATE KEY-----\n` + secret + `\n-----END RSA PRIVATE KEY-----"`,
		`level=error msg="` + secret + `"`,
		`panic: password: ` + secret,
		`level=error msg="cut off" token="` + secret[:30],
	} {
		if got := string(NewSecrets(nil).MaskLine([]byte(line))); strings.Contains(got, secret[:20]) {
			t.Errorf("MaskLine(%q) = %q", line, got)
		}
	}
	for _, line := range []string{
		`level=error msg="open /var/lib/semaphore/runner_token.txt: permission denied" action="store token" error="can not store token to the file"`,
		`level=error msg="open /path/to/private/key: no such file or directory" error="can not read private key" type=action`,
		`panic: registration token cannot be empty`,
		`level=error msg="net/http: invalid header field value for \"X-Runner-Token\""`,
		`github.com/ansible-semaphore/semaphore/services/runners/job/pool`,
		`panic: SEMAPHORE_RUNNER_TOKEN and SEMAPHORE_RUNNER_TOKEN_FILE are mutually exclusive`,
	} {
		if got := string(NewSecrets(nil).MaskLine([]byte(line))); got != line {
			t.Errorf("MaskLine(%q) = %q: there is no secret in it", line, got)
		}
	}
}
