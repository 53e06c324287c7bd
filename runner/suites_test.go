package runner

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/semadoctor/semadoctor/host"
)

// TestOldSuites: servers that agree on nothing newer than a runner of Go 1.21 does.
func TestOldSuites(t *testing.T) {
	t.Parallel()
	for name, suite := range map[string]uint16{
		"the server's own key": tls.TLS_RSA_WITH_AES_128_CBC_SHA,
		"the same, with GCM":   tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		"triple DES":           tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA,
		"a good one":           tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			web := httptest.NewUnstartedServer(http.NotFoundHandler())
			web.Config.ErrorLog = log.New(io.Discard, "", 0)
			web.TLS = &tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{suite}} //nolint:gosec // what old servers have
			web.StartTLS()
			defer web.Close()
			w := &Wire{Net: host.RealNet(), Trust: &Trust{skip: true}}
			defer w.Close()
			x := w.do(t.Context(), http.MethodGet, web.URL, "", http.Header{})
			if !x.Answered() || x.TLS.CipherSuite != suite {
				t.Errorf("%v, %+v", x.Err, x.TLS)
			}
		})
	}
}
