// Command hello is the least that a Go program takes to start. With arguments it
// becomes another program: the least that stands before a runner.
package main

import (
	"fmt"
	"os"
	"syscall"
)

func main() {
	if len(os.Args) == 1 {
		fmt.Println("hello")
		return
	}
	fmt.Fprintln(os.Stderr, "hello:", syscall.Exec(os.Args[1], os.Args[1:], os.Environ()))
	os.Exit(1)
}
