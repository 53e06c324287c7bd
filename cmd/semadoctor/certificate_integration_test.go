//go:build integration && linux

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"path/filepath"
	"testing"
	"time"
)

// A signer is a certificate with its key.
type signer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// writeCertificates puts into dir what servers show, NAME.pem and NAME.key, for
// 127.0.0.1, 0.0.0.0 and semaphore.test, and ca.pem, which signed them.
func writeCertificates(t *testing.T, dir string) {
	t.Helper()
	now := time.Now()
	day := 24 * time.Hour
	ca := sign(t, authorityFor("Test Authority"), nil)
	between := sign(t, authorityFor("Test Intermediate"), &ca)
	stranger := sign(t, authorityFor("Nobody"), nil)
	save(t, dir, "ca", ca)
	save(t, dir, "good", sign(t, leaf(now.Add(-day), now.Add(90*day)), &ca))
	save(t, dir, "expired", sign(t, leaf(now.Add(-40*day), now.Add(-30*day)), &ca))
	save(t, dir, "future", sign(t, leaf(now.Add(10*day), now.Add(90*day)), &ca))
	save(t, dir, "unknown", sign(t, leaf(now.Add(-day), now.Add(90*day)), &stranger))
	save(t, dir, "short", sign(t, leaf(now.Add(-day), now.Add(90*day)), &between))
	save(t, dir, "whole", sign(t, leaf(now.Add(-day), now.Add(90*day)), &between), between)
	other := leaf(now.Add(-day), now.Add(90*day))
	other.DNSNames, other.IPAddresses = []string{"www.semaphore.test"}, nil
	save(t, dir, "name", sign(t, other, &ca))
}

func authorityFor(name string) *x509.Certificate {
	return &x509.Certificate{
		Subject:   pkix.Name{CommonName: name},
		NotBefore: time.Now().AddDate(-1, 0, 0), NotAfter: time.Now().AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
}

func leaf(from, to time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:     pkix.Name{CommonName: "semaphore.test"},
		DNSNames:    []string{"semaphore.test"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4zero},
		NotBefore:   from, NotAfter: to,
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
}

// sign makes a certificate by another one; nil is itself.
func sign(t *testing.T, c *x509.Certificate, by *signer) signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber = big.NewInt(time.Now().UnixNano())
	if by == nil {
		by = &signer{c, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, by.cert, &key.PublicKey, by.key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return signer{made, key}
}

// save writes a certificate, those that go with it, and its key.
func save(t *testing.T, dir, name string, s signer, chain ...signer) {
	t.Helper()
	var text []byte
	for _, c := range append([]signer{s}, chain...) {
		text = append(text, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.cert.Raw})...)
	}
	writeIn(t, dir, name+".pem", string(text))
	der, err := x509.MarshalECPrivateKey(s.key)
	if err != nil {
		t.Fatal(err)
	}
	writeIn(t, dir, name+".key", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})))
}

// caFile is the store that a runner trusts.
func caFile(dir string) string { return filepath.Join(dir, "ca.pem") }
