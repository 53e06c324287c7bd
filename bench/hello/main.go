// Command hello is the least a Go program can cost: what start-up is compared
// with.
package main

import "fmt"

func main() { fmt.Println("hello") }
