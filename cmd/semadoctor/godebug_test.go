package main

import (
	"crypto/x509"
	"encoding/pem"
	"runtime/debug"
	"strings"
	"testing"
)

// negative has -5 for a serial number, as authorities of old appliances give out.
const negative = `-----BEGIN CERTIFICATE-----
MIIBGjCBwAIB+zAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5zZW1hcGhvcmUudGVz
dDAeFw0yNjExMzAwOTU1NDFaFw0zNjExMjcwOTU1NDFaMBkxFzAVBgNVBAMMDnNl
bWFwaG9yZS50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEHcc3V/jVGVj5
ITsPlBIqCz8G2sL4RJ6YzOMi7+UCziMYyOoX0ThZImxjVwVkes6nWiRq9sQ7xql5
QRzzG3N4CDAKBggqhkjOPQQDAgNJADBGAiEA2pXlFY4gbdxBjPJjdV3GTwI+Kb9T
a/S0KCgxfPwfnxgCIQCcrVhOvC0NMyNgM1v6JEFeNSrpWWXcVlbKeAeb6rfvMQ==
-----END CERTIFICATE-----
`

// TestRunnersGo: the program takes from servers what runners take.
func TestRunnersGo(t *testing.T) {
	t.Parallel()
	block, _ := pem.Decode([]byte(negative))
	if _, err := x509.ParseCertificate(block.Bytes); err != nil {
		t.Errorf("a certificate that runners accept: %v", err)
	}
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "DefaultGODEBUG" && strings.Contains(s.Value, "tlssha1=1") {
			return
		}
	}
	t.Errorf("tlssha1=1 is not among %v", info.Settings)
}
