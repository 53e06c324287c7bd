package checks

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"
)

func pemOf(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

// TestReadKey tells apart what stands in a key's place. What is mended is the
// same key.
func TestReadKey(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p8, _ := x509.MarshalPKCS8PrivateKey(key)
	ec8, _ := x509.MarshalPKCS8PrivateKey(other)
	ec, _ := x509.MarshalECPrivateKey(other)
	good, pkcs8 := pemOf(pkcs1, x509.MarshalPKCS1PrivateKey(key)), pemOf("PRIVATE KEY", p8)
	escaped := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte(`\n`)) }
	tests := []struct {
		name  string
		data  []byte
		fault string // "" is none
		mends bool
	}{
		{"PKCS#1", good, "", false},
		{"with CRLF", bytes.ReplaceAll(good, []byte("\n"), []byte("\r\n")), "", false},
		{"behind other text", append([]byte("key of runner 7\n"), good...), "", false},
		{"no line end", bytes.TrimSpace(good), "", false},
		{"PKCS#8", pkcs8, "it is PKCS#8", true},
		{"PKCS#8 of another kind", pemOf("PRIVATE KEY", ec8), "no RSA key in it", false},
		{"EC", pemOf("EC PRIVATE KEY", ec), "another kind (EC PRIVATE KEY)", false},
		{"OpenSSH", pemOf("OPENSSH PRIVATE KEY", []byte("openssh-key-v1")), "a key of OpenSSH", false},
		{"public key", pemOf("PUBLIC KEY", []byte{1}), "no private key (PUBLIC KEY)", false},
		{"locked", pemOf("ENCRYPTED PRIVATE KEY", []byte{1}), "passphrase", false},
		{"locked as of old", pem.EncodeToMemory(&pem.Block{Type: pkcs1, Headers: map[string]string{"Proc-Type": "4,ENCRYPTED"}, Bytes: []byte{1}}), "passphrase", false},
		{"damaged", pemOf(pkcs1, []byte{1, 2, 3}), "damaged", false},
		{"cut short", good[:len(good)/2], "cut short", false},
		{"escaped line ends", escaped(good), `written as \n`, true},
		{"escaped PKCS#8 in quotes", append(append([]byte(`"`), escaped(pkcs8)...), '"'), `written as \n`, true},
		{"byte order mark", append([]byte("\xef\xbb\xbf"), good...), "byte order mark", true},
		{"empty", []byte(" \n"), "empty", false},
		{"token", []byte("abcdefABCDEF\n"), "a token", false},
		{"JSON", []byte("{}"), "JSON", false},
		{"anything", []byte("hello"), "not PEM", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := readKey(tt.data)
			if got := k.fault.String(); !strings.Contains(got, tt.fault) || (got == "") != (tt.fault == "") {
				t.Errorf("fault is %q, want %q", got, tt.fault)
			}
			if tt.mends != (k.pkcs1 != nil) {
				t.Fatalf("mended: %v, want %v", k.pkcs1 != nil, tt.mends)
			}
			if tt.mends {
				block, _ := pem.Decode(k.pkcs1)
				again, err := x509.ParsePKCS1PrivateKey(block.Bytes)
				if err != nil || block.Type != pkcs1 || !again.Equal(key) {
					t.Errorf("the mended file is not the same key as PKCS#1: %v", err)
				}
			}
		})
	}
}
