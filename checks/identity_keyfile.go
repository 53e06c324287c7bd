package checks

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/semadoctor/semadoctor/runner"
	"github.com/semadoctor/semadoctor/say"
)

// pkcs1 is the only kind of PEM block that runners take (read in source, 2025).
const pkcs1 = "RSA PRIVATE KEY"

// A keyFile is what a private key file holds.
type keyFile struct {
	fault  say.Text // why the runner does not take it; zero when it does
	pkcs1  []byte   // the same key in the form it takes; nil when there is none
	advice say.Text // what to do instead; zero for registering anew
}

// readKey reads a file as the runner does, with Go's own reader: the first PEM
// block counts, with any line ends.
func readKey(data []byte) keyFile {
	if block, _ := pem.Decode(data); block != nil {
		return ofBlock(block)
	}
	text, dress := undressed(data)
	if block, _ := pem.Decode(text); block != nil && !dress.IsZero() {
		k := ofBlock(block)
		if k.fault.IsZero() {
			k.pkcs1 = pem.EncodeToMemory(block)
		}
		k.fault = dress
		return k
	}
	switch text = bytes.TrimSpace(text); {
	case len(text) == 0:
		return keyFile{fault: say.Textf("it is empty")}
	case runner.TokenShape(string(text)):
		return keyFile{fault: say.Textf("it holds a token")}
	case bytes.HasPrefix(text, []byte("{")):
		return keyFile{fault: say.Textf("it is JSON")}
	case bytes.Contains(text, []byte("-----BEGIN")):
		return keyFile{fault: say.Textf("its PEM is damaged or cut short")}
	}
	return keyFile{fault: say.Textf("it is not PEM")}
}

// undressed takes off what keeps PEM from being read: an encoding, or what a
// variable or a JSON text makes of line ends.
func undressed(data []byte) ([]byte, say.Text) {
	text, how := plainUTF8(data)
	why := say.Text{}
	if !how.IsZero() {
		why = say.Textf("it begins with a byte order mark, or is UTF-16")
	}
	if s := string(text); strings.Contains(s, `\n`) {
		s = strings.NewReplacer(`\r`, "", `\n`, "\n").Replace(strings.Trim(strings.TrimSpace(s), `"'`))
		return []byte(s), say.Textf("its line ends are written as \\n")
	}
	return text, why
}

func ofBlock(block *pem.Block) keyFile {
	switch kind := block.Type; {
	case kind == pkcs1 && strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED"), kind == "ENCRYPTED PRIVATE KEY":
		return keyFile{
			fault:  say.Textf("it is locked with a passphrase"),
			advice: say.Textf("take the passphrase off and keep it as PKCS#1: openssl rsa -traditional -in KEY -out NEW"),
		}
	case kind == pkcs1:
		if _, err := x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			return keyFile{fault: say.Textf("it is damaged (%v)", err)}
		}
		return keyFile{}
	case kind == "PRIVATE KEY":
		return ofPKCS8(block.Bytes)
	case kind == "OPENSSH PRIVATE KEY":
		return keyFile{
			fault:  say.Textf("it is a key of OpenSSH, for logging in"),
			advice: say.Textf("if it is the RSA key that was registered, on a copy of it: ssh-keygen -p -m PEM -N '' -f COPY; else register anew, which makes a key"),
		}
	case strings.HasSuffix(kind, "PRIVATE KEY"):
		return keyFile{fault: say.Textf("it is a key of another kind (%s)", kind)}
	default:
		return keyFile{fault: say.Textf("it is no private key (%s)", kind)}
	}
}

var errNotRSA = errors.New("not an RSA key")

// ofPKCS8 is what "openssl genrsa" writes since OpenSSL 3: the same key in
// another wrapping.
func ofPKCS8(der []byte) keyFile {
	key, err := x509.ParsePKCS8PrivateKey(der)
	own, ok := key.(*rsa.PrivateKey)
	if err == nil && !ok {
		err = errNotRSA
	}
	if err != nil {
		return keyFile{fault: say.Textf("it is PKCS#8 (\"BEGIN PRIVATE KEY\"), and no RSA key in it: %v", err)}
	}
	return keyFile{
		fault: say.Textf("it is PKCS#8 (\"BEGIN PRIVATE KEY\"), as OpenSSL 3 writes keys, and must be PKCS#1 (\"BEGIN RSA PRIVATE KEY\")"),
		pkcs1: pem.EncodeToMemory(&pem.Block{Type: pkcs1, Bytes: x509.MarshalPKCS1PrivateKey(own)}),
	}
}
