package say

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"
	"testing"
)

func TestErrorIn(t *testing.T) {
	t.Parallel()
	denied := &fs.PathError{Op: "open", Path: "/a", Err: syscall.EACCES}
	tests := []struct {
		err              error
		english, chinese string
	}{
		{Errorf("read log %s: %w", "/a", denied), "read log /a: open /a: permission denied", "读取日志 /a：open /a: 权限不足"},
		{Errorf("%w; and %w", denied, Errorf("it is gone")), "open /a: permission denied; and it is gone", "open /a: 权限不足；并且 它已不存在"},
		{Errorf("100%% of %s", "it"), "100% of it", "100% of it"},
		{fmt.Errorf("somebody else's words: %w", denied), "somebody else's words: open /a: permission denied", "somebody else's words: open /a: 权限不足"},
		{fmt.Errorf("%w, and words behind", denied), "open /a: permission denied, and words behind", "open /a: permission denied, and words behind"},
		{&net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}, "dial tcp: connect: connection refused", "dial tcp: connect: 连接被拒绝"},
		{&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, "tls: failed to verify certificate: x509: certificate signed by unknown authority", "TLS：证书验证失败：X.509：证书由未知的机构签发"},
		{x509.CertificateInvalidError{Reason: x509.IncompatibleUsage}, "x509: certificate specifies an incompatible key usage", "X.509：证书的密钥用途不符"},
		{x509.CertificateInvalidError{Reason: 99}, "x509: unknown error", "x509: unknown error"},
		{context.DeadlineExceeded, "context deadline exceeded", "超过了时限"},
		{Errorf("write report: %w", errors.Join(denied, fs.ErrNotExist)), "write report: open /a: permission denied; file does not exist", "写入报告：open /a: 权限不足；文件不存在"},
		{fmt.Errorf("outside: %w", Errorf("read log %s: %w", "/a", errors.Join(denied, errors.Join(fs.ErrExist, fs.ErrClosed)))),
			"outside: read log /a: open /a: permission denied; file already exists; file already closed", "outside: 读取日志 /a：open /a: 权限不足；文件已存在；file already closed"},
		{fmt.Errorf("%w and %w, and words behind", errors.Join(denied, fs.ErrClosed), fs.ErrClosed), "open /a: permission denied; file already closed and file already closed, and words behind", "open /a: permission denied; file already closed and file already closed, and words behind"},
		{errors.Join(errors.New("open a\nb"), fs.ErrClosed), "open a\nb; file already closed", "open a\nb；file already closed"}, // a file called so
		{errors.New("open a\nb"), "open a\nb", "open a\nb"},
		{errors.New("permission denied"), "permission denied", "permission denied"}, // a text that only looks like one
	}
	for _, tt := range tests {
		if got := Error(tt.err).String(); got != tt.english {
			t.Errorf("%#v in English = %q, want %q", tt.err, got, tt.english)
		}
		if got := Textf("%v", tt.err).In(Chinese); got != tt.chinese {
			t.Errorf("%#v in Chinese = %q, want %q", tt.err, got, tt.chinese)
		}
	}
}

// TestErrorfWraps: what has words of its own is still the error that it was.
func TestErrorfWraps(t *testing.T) {
	t.Parallel()
	gone := Errorf("it is gone")
	err := fmt.Errorf("look: %w", Errorf("read log %s: %w", "/a", errors.Join(gone, fs.ErrNotExist)))
	if !errors.Is(err, gone) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is not what it wraps", err)
	}
	if errors.Is(err, Errorf("it is gone")) {
		t.Errorf("%v is another error with the same words", err)
	}
}
