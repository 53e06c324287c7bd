package runner

import "crypto/tls"

// suites are those that a runner may agree on with a server that knows no TLS 1.3.
// Releases say in go.mod that they want what Go 1.21 has, whatever they are built
// with (read in source, 2.9.58 to 2.10.32; observed 2.10.32): suites without a key
// exchange of their own, and triple DES, which Go leaves out since 1.22 and 1.23.
// Which later runner still has them is not known, and one that works is not to be
// told that it does not.
func suites() []uint16 {
	all := []uint16{
		tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA,
		tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA,
	}
	for _, s := range tls.CipherSuites() {
		all = append(all, s.ID)
	}
	return all
}
