package checks

import "testing"

func TestOutlook(t *testing.T) {
	t.Parallel()
	local, remote := &Check{ID: "a/local"}, &Check{ID: "a/remote", Needs: Network}
	found := func(fs ...Finding) Result {
		r := Result{Check: remote, Findings: fs}
		for _, f := range fs {
			r.Status = max(r.Status, f.Status)
		}
		return r
	}
	refused := Finding{Problem: ConnectionRefused, Status: Fail}
	tests := []struct {
		name  string
		rs    []Result
		least Status
		want  Outlook
	}{
		{"well", []Result{{Check: local}}, Fail, Settled},
		{"the server is not there yet", []Result{found(refused)}, Fail, Passing},
		{"and the token is wrong", []Result{found(refused), found(Finding{Problem: TaskEndpoint401, Status: Fail})}, Fail, Hopeless},
		{"because of a bad URL", []Result{found(Finding{Problem: URLMalformed, Status: Fail}), found(refused)}, Fail, Hopeless},
		{"a proxy that wants a password", []Result{found(Finding{Problem: ProxyInterferes, Status: Fail, Stays: true})}, Fail, Hopeless},
		{"a gateway without a route", []Result{found(Finding{Problem: NotSemaphore, Status: Fail, Passes: true})}, Fail, Passing},
		{"a web page in its place", []Result{found(Finding{Problem: NotSemaphore, Status: Fail})}, Fail, Hopeless},
		{"a symptom does not count", []Result{found(Finding{Problem: ClockSkew, Status: Fail}), found(Finding{Problem: TLSExpired, Status: Fail})}, Fail, Passing},
		{"a warning", []Result{found(Finding{Problem: SecretExposed, Status: Warn})}, Fail, Settled},
		{"a warning that counts", []Result{found(Finding{Problem: SecretExposed, Status: Warn})}, Warn, Hopeless},
		{"a warning that counts and passes", []Result{found(Finding{Problem: ServerClockDiffers, Status: Warn})}, Warn, Passing},
		{"the network may tell later", []Result{{Check: remote, Status: Unknown}}, Fail, Passing},
		{"what may not be read stays so", []Result{{Check: local, Status: Unknown}}, Fail, Settled},
		{"and holds nobody up", []Result{{Check: local, Status: Unknown}, found(refused)}, Fail, Passing},
	}
	for _, tt := range tests {
		d := Diagnosis{Results: tt.rs, Causes: Explain(tt.rs)}
		if got := d.Outlook(tt.least); got != tt.want {
			t.Errorf("%s: Outlook() = %v, want %v", tt.name, got, tt.want)
		}
	}
}
