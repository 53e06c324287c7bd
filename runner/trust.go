package runner

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/semadoctor/semadoctor/host"
)

// TrustOf is how the runner judges certificates: nil for the system's trust.
// From E5b on a CA file replaces the system's pool, a file that cannot be read
// is ignored in silence, and one without certificates trusts nobody (read in
// source, 2026; the documentation says "in addition").
func TrustOf(files host.Files, c *Config) *tls.Config {
	ca, skip := c.Path(CAFile).V, c.Truth(SkipTLSVerify)
	if ca == "" && !skip {
		return nil
	}
	cfg := &tls.Config{InsecureSkipVerify: skip} //nolint:gosec // as the runner is told to
	if real, err := host.Resolve(files, ca); ca != "" && err == nil {
		if pem, err := files.ReadFile(real); err == nil {
			cfg.RootCAs = x509.NewCertPool()
			cfg.RootCAs.AppendCertsFromPEM(pem)
		}
	}
	return cfg
}
