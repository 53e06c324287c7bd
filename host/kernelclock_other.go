//go:build !linux

package host

import "errors"

func kernelClock() (KernelClock, error) {
	return KernelClock{}, errors.ErrUnsupported
}
