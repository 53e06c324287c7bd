package runner

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/semadoctor/semadoctor/host"
)

// A Trust is how a runner judges certificates. What it trusts is read in two
// parts, since the second takes three times as long as the first and is hardly
// ever needed: the bundle, and what else is in the store's directories.
type Trust struct {
	skip   bool                 // nothing is judged
	own    bool                 // by what is in bundle and rest; else the operating system judges
	bundle []byte               // PEM
	rest   func(*x509.CertPool) // adds the second part; nil: there is none
	key    string
	chains atomic.Pointer[[][]*x509.Certificate] // of the latest connection
}

// TrustOf is the trust of the runner. From E5b on a CA file replaces the
// system's store, a file that cannot be read is ignored in silence, and one
// without certificates trusts nobody (read in source, 2026; the documentation
// says "in addition"). What only semadoctor may read the runner may not.
func TrustOf(files host.Files, c *Config) *Trust { return trustOf(files, c, c.Truth(SkipTLSVerify)) }

// Judge is what the runner would say to the certificates of a server, its own
// first, if it were not told to verify none; nil when it would take them.
func Judge(files host.Files, c *Config, sent []*x509.Certificate, name string, now time.Time) error {
	_, err := trustOf(files, c, false).verify(sent, name, now)
	return err
}

func trustOf(files host.Files, c *Config, blind bool) *Trust {
	t := &Trust{skip: blind}
	switch pem, ok := readAs(files, c.Path(CAFile).V, c.Install); {
	case t.skip:
	case ok:
		t.own, t.bundle = true, pem
	default:
		t.systemStore(files, c.Install)
	}
	h := sha256.New()
	fmt.Fprintln(h, t.skip, c.Path(CAFile).V, storeFiles(c.Install), storeDirs(c.Install), t.own)
	h.Write(t.bundle)
	t.key = hex.EncodeToString(h.Sum(nil)[:8])
	return t
}

// Key tells apart what is trusted, as far as a repair or the settings can change
// it: what is in the directories of the system's store is left out.
func (t *Trust) Key() string { return t.key }

// systemStore is the store of the runner's machine, read as crypto/x509 does on
// Linux (root_unix.go, root_linux.go, Go 1.26): the first file of the list that
// is there, SSL_CERT_FILE in its place, and all files in the directories,
// SSL_CERT_DIR in theirs. Elsewhere the operating system judges.
func (t *Trust) systemStore(files host.Files, in *Installation) {
	if runtime.GOOS != "linux" {
		return
	}
	t.own = true
	for _, name := range storeFiles(in) {
		if pem, ok := readAs(files, name, in); ok {
			t.bundle = pem
			break
		}
	}
	t.rest = func(pool *x509.CertPool) {
		known := certificates(t.bundle)
		for _, dir := range storeDirs(in) {
			for _, name := range certificatesIn(files, in.Abs(dir)) {
				addOther(pool, files, name, in, known)
			}
		}
	}
}

// certificates are those in a bundle, each as it stands there.
func certificates(bundle []byte) map[string]bool {
	known := map[string]bool{}
	for part := range strings.SplitSeq(string(bundle), endCertificate) {
		known[strings.TrimSpace(part+endCertificate)] = true
	}
	return known
}

// addOther adds the certificates in a file, unless they are known: as a rule
// they are, and to judge and read them twice takes most of the time.
func addOther(pool *x509.CertPool, files host.Files, name string, in *Installation, known map[string]bool) {
	pem, err := host.ReadThrough(files, name)
	if err != nil || known[strings.TrimSpace(string(pem))] {
		return
	}
	if _, ok := readAs(files, name, in); ok {
		pool.AppendCertsFromPEM(pem)
	}
}

// certificatesIn lists a directory without the links inside it, by which
// OpenSSL finds its files.
func certificatesIn(files host.Files, dir string) (all []string) {
	real, err := host.Resolve(files, dir)
	if err != nil {
		return nil
	}
	names, _ := files.ReadDir(real) // most systems have only one of the directories
	for _, n := range names {
		target, err := files.Readlink(path.Join(real, n))
		if err != nil || target == "" || strings.Contains(target, "/") {
			all = append(all, path.Join(real, n))
		}
	}
	return all
}

// The variables that move the system's store, for programs written in Go too.
const (
	CertFileEnv = "SSL_CERT_FILE"
	CertDirEnv  = "SSL_CERT_DIR"
)

func storeFiles(in *Installation) []string {
	if v := in.Env[CertFileEnv].V; v != "" {
		return []string{v}
	}
	return []string{
		"/etc/ssl/certs/ca-certificates.crt",
		"/etc/pki/tls/certs/ca-bundle.crt",
		"/etc/ssl/ca-bundle.pem",
		"/etc/pki/tls/cacert.pem",
		"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
		"/etc/ssl/cert.pem",
	}
}

func storeDirs(in *Installation) []string {
	if v := in.Env[CertDirEnv].V; v != "" {
		return strings.Split(v, ":")
	}
	return []string{"/etc/ssl/certs", "/etc/pki/tls/certs"}
}

// readAs reads a file that the runner may read.
func readAs(files host.Files, name string, in *Installation) ([]byte, bool) {
	if name == "" || host.CanRead(files, in.Abs(name), in.As).Verdict == host.Denied {
		return nil, false
	}
	data, err := host.ReadThrough(files, in.Abs(name))
	return data, err == nil
}
