package fakeserver

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
)

// encrypted is the answer to a poll in E5: RSA PKCS#1 v1.5, as many bytes at a
// time as the key takes (blocks of 256 bytes with 2048 bits). Without a key that
// can be used it is a 400 without a body: what a runner gets that registered
// without a private key (source, 2025; semaphoreui/semaphore#3355).
func encrypted(plain, key string) reply {
	public := publicKey(key)
	if public == nil {
		return reply{status: http.StatusBadRequest}
	}
	const padding = 11 // bytes of each block, PKCS#1 v1.5
	var body []byte
	for rest := []byte(plain); len(rest) > 0; {
		n := min(len(rest), public.Size()-padding)
		block, err := rsa.EncryptPKCS1v15(rand.Reader, public, rest[:n]) //nolint:staticcheck // what servers of E5 do
		if err != nil {
			return reply{status: http.StatusBadRequest}
		}
		body, rest = append(body, block...), rest[n:]
	}
	return reply{status: http.StatusOK, contentType: "application/octet-stream", body: string(body)}
}

// publicKey reads what servers of E5 take alone: PKCS#1 in a block that is called
// as PKIX is (loadPublicKey, api/runners, source 2025); nil when it is anything else.
func publicKey(text string) *rsa.PublicKey {
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil
	}
	key, _ := x509.ParsePKCS1PublicKey(block.Bytes)
	return key
}
