package main

import (
	"crypto/x509"
	"encoding/pem"
	"runtime/debug"
	"slices"
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
	at := slices.IndexFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == "DefaultGODEBUG" })
	if at < 0 {
		t.Fatalf("no settings among %v", info.Settings)
	}
	// tlsmlkem makes a greeting too long for some (https://tldr.fail)
	for _, want := range []string{"tlssha1=1", "tlsmlkem=0"} {
		if got := info.Settings[at].Value; !slices.Contains(strings.Split(got, ","), want) {
			t.Errorf("%s is not among %s", want, got)
		}
	}
}
