package say

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// systemWords is what an error of the operating system or of Go's own packages
// means, by its kind; zero for what is not known. The English is what Linux and Go
// say themselves, and only the key of the catalogue: in English an error speaks for
// itself.
func systemWords(err error) Text {
	switch e := err.(type) { //nolint:errorlint // the error itself: what it wraps is asked by itself
	case syscall.Errno:
		return errnoWords(e)
	case x509.UnknownAuthorityError:
		return Sentence("x509: certificate signed by unknown authority")
	case x509.HostnameError:
		return Textf("x509: certificate is for other names, not for %s", e.Host)
	case x509.CertificateInvalidError:
		return certificateWords(e.Reason)
	case *tls.CertificateVerificationError:
		return Textf("tls: failed to verify certificate: %s", e.Err)
	}
	for _, known := range goErrors() {
		if err == known.err { //nolint:errorlint // as above
			return known.words
		}
	}
	return Text{}
}

// goErrors are those that the standard library declares as values.
func goErrors() []struct {
	err   error
	words Text
} {
	return []struct {
		err   error
		words Text
	}{
		{fs.ErrNotExist, Sentence("file does not exist")},
		{fs.ErrExist, Sentence("file already exists")},
		{fs.ErrPermission, Sentence("permission denied")},
		{fs.ErrInvalid, Sentence("invalid argument")},
		{os.ErrDeadlineExceeded, Sentence("i/o timeout")},
		{io.ErrUnexpectedEOF, Sentence("unexpected EOF")},
		{io.EOF, Sentence("EOF")},
		{context.DeadlineExceeded, Sentence("context deadline exceeded")},
		{context.Canceled, Sentence("context canceled")},
	}
}

// errnoWords are the errors of the system that somebody with a runner meets.
func errnoWords(e syscall.Errno) Text {
	return map[syscall.Errno]Text{
		syscall.EACCES:        Sentence("permission denied"),
		syscall.EPERM:         Sentence("operation not permitted"),
		syscall.ENOENT:        Sentence("no such file or directory"),
		syscall.EEXIST:        Sentence("file exists"),
		syscall.ENOTDIR:       Sentence("not a directory"),
		syscall.EISDIR:        Sentence("is a directory"),
		syscall.ENOTEMPTY:     Sentence("directory not empty"),
		syscall.EINVAL:        Sentence("invalid argument"),
		syscall.ENXIO:         Sentence("no such device or address"),
		syscall.ELOOP:         Sentence("too many levels of symbolic links"),
		syscall.ENAMETOOLONG:  Sentence("file name too long"),
		syscall.EROFS:         Sentence("read-only file system"),
		syscall.ENOSPC:        Sentence("no space left on device"),
		syscall.EDQUOT:        Sentence("disk quota exceeded"),
		syscall.EIO:           Sentence("input/output error"),
		syscall.EBUSY:         Sentence("device or resource busy"),
		syscall.ETXTBSY:       Sentence("text file busy"),
		syscall.EMFILE:        Sentence("too many open files"),
		syscall.ENOEXEC:       Sentence("exec format error"),
		syscall.ESRCH:         Sentence("no such process"),
		syscall.EPIPE:         Sentence("broken pipe"),
		syscall.ECONNREFUSED:  Sentence("connection refused"),
		syscall.ECONNRESET:    Sentence("connection reset by peer"),
		syscall.ETIMEDOUT:     Sentence("connection timed out"),
		syscall.EHOSTUNREACH:  Sentence("no route to host"),
		syscall.ENETUNREACH:   Sentence("network is unreachable"),
		syscall.EADDRINUSE:    Sentence("address already in use"),
		syscall.EADDRNOTAVAIL: Sentence("cannot assign requested address"),
	}[e]
}

// certificateWords is why a certificate cannot be used.
func certificateWords(why x509.InvalidReason) Text {
	return map[x509.InvalidReason]Text{
		x509.NotAuthorizedToSign:           Sentence("x509: certificate is not authorized to sign other certificates"),
		x509.Expired:                       Sentence("x509: certificate has expired or is not yet valid"),
		x509.CANotAuthorizedForThisName:    Sentence("x509: a root or intermediate certificate is not authorized to sign for this name"),
		x509.CANotAuthorizedForExtKeyUsage: Sentence("x509: a root or intermediate certificate is not authorized for an extended key usage"),
		x509.TooManyIntermediates:          Sentence("x509: too many intermediates for path length constraint"),
		x509.IncompatibleUsage:             Sentence("x509: certificate specifies an incompatible key usage"),
		x509.NameMismatch:                  Sentence("x509: issuer name does not match subject from issuing certificate"),
	}[why]
}
