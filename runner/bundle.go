package runner

import (
	"crypto/x509"
	encoding "encoding/pem"

	"github.com/semadoctor/semadoctor/host"
)

// A Bundle is a file of certificates that somebody has named for the runner.
type Bundle struct {
	Path   Value[string]
	Only   bool        // the runner trusts nothing else: from E5b on, by its config
	Access host.Access // the runner's
	Err    error       // what kept semadoctor from reading it
	Empty  bool        // read, and there is no certificate in PEM form in it
	Binary bool        // it looks like a certificate in DER form
}

// Missed reports a file that the runner may well read and semadoctor could not:
// then it is not known whom the runner trusts.
func (b Bundle) Missed() bool {
	return b.Err != nil && (b.Access.OK() || b.Access.Verdict == host.Unclear)
}

// Usable reports whether the runner learns of certificates from it.
func (b Bundle) Usable() bool {
	return b.Err == nil && !b.Empty && (b.Access.OK() || b.Access.Verdict == host.Unclear)
}

// GivenBundle is the bundle that the config names, or else SSL_CERT_FILE; ok is
// false when neither does.
func GivenBundle(files host.Files, c *Config) (b Bundle, ok bool) {
	b = Bundle{Path: c.Path(CAFile), Only: true}
	if b.Path.V == "" {
		b = Bundle{Path: c.Install.Env[CertFileEnv]}
	}
	if b.Path.V == "" {
		return b, false
	}
	b.Path.V = c.Install.Abs(b.Path.V)
	b.Access = host.CanRead(files, b.Path.V, c.Install.As)
	data, err := host.ReadThrough(files, b.Path.V)
	b.Err = err
	b.Empty = err == nil && !hasCertificate(data)
	b.Binary = b.Empty && len(data) > 2 && data[0] == 0x30 && data[1] >= 0x80
	return b, true
}

func hasCertificate(data []byte) bool {
	for block, rest := encoding.Decode(data); block != nil; block, rest = encoding.Decode(rest) {
		if _, err := x509.ParseCertificate(block.Bytes); err == nil && block.Type == "CERTIFICATE" {
			return true
		}
	}
	return false
}
