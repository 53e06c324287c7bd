// Package fakentp is a small time server on loopback, as wrong as one likes.
package fakentp

import (
	"context"
	"encoding/binary"
	"net"
	"sync"
	"time"
)

// Options say what is wrong with the server. The zero Options are a good
// server of stratum 2 with the time of this machine.
type Options struct {
	Offset         time.Duration // its clock is ahead of ours by this
	Stratum        uint8         // 0 is 2, but stays 0 with Kiss or Unsynchronised
	Leap           uint8         // leap indicator, 0 to 3
	Kiss           string        // four letters of a kiss-o'-death: "RATE", "DENY"; Leap is 3
	Unsynchronised bool          // as chronyd without a source: stratum 0, leap 3, no kiss
	Silent         bool          // never answers
	WrongFirst     int           // so many answers are to another question
	LostFirst      int           // so many questions never arrive
	Short          bool          // answers are cut to ten bytes
	RootDelay      time.Duration // to its own source, there and back
	RootDispersion time.Duration
	Stale          time.Duration // it has set its clock so long ago
}

// Start listens on a free UDP port of 127.0.0.1 until stop or the end of ctx,
// and returns its address, host:port. It panics if it cannot listen: without
// loopback there is nothing to be tested.
func Start(ctx context.Context, o Options) (addr string, stop func()) {
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		panic("fakentp: " + err.Error())
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		serve(conn, o)
	}()
	stop = sync.OnceFunc(func() {
		conn.Close()
		<-done
	})
	context.AfterFunc(ctx, stop)
	return conn.LocalAddr().String(), stop
}

func serve(conn net.PacketConn, o Options) {
	request := make([]byte, 512)
	for {
		n, from, err := conn.ReadFrom(request)
		if err != nil {
			return
		}
		received := time.Now()
		if o.Silent || n < packetSize {
			continue
		}
		if o.LostFirst > 0 {
			o.LostFirst--
			continue
		}
		answer := o.answer(request, received)
		if o.WrongFirst > 0 {
			o.WrongFirst--
			answer[originAt]++
		}
		if o.Short {
			answer = answer[:10]
		}
		_, _ = conn.WriteTo(answer, from) // who has gone needs no answer
	}
}

// Where RFC 5905, section 7.3, puts the fields of a packet.
const (
	packetSize   = 48
	delayAt      = 4
	dispersionAt = 8
	refIDAt      = 12
	referenceAt  = 16
	originAt     = 24
	receiveAt    = 32
	transmitAt   = 40
)

func (o Options) answer(request []byte, received time.Time) []byte {
	p := make([]byte, packetSize)
	leap, stratum, refID := o.header()
	const version, server = 4, 4
	p[0] = leap<<6 | version<<3 | server
	p[1] = stratum
	p[3] = 0xe9 // precision: 2^-23 s
	binary.BigEndian.PutUint32(p[delayAt:], short(o.RootDelay))
	binary.BigEndian.PutUint32(p[dispersionAt:], short(o.RootDispersion))
	copy(p[refIDAt:referenceAt], refID)
	copy(p[originAt:receiveAt], request[transmitAt:packetSize])
	binary.BigEndian.PutUint64(p[referenceAt:], timestamp(received.Add(o.Offset-o.Stale)))
	binary.BigEndian.PutUint64(p[receiveAt:], timestamp(received.Add(o.Offset)))
	binary.BigEndian.PutUint64(p[transmitAt:], timestamp(time.Now().Add(o.Offset)))
	return p
}

func (o Options) header() (leap, stratum uint8, refID string) {
	const notInSync = 3
	switch {
	case o.Kiss != "":
		return notInSync, 0, o.Kiss
	case o.Unsynchronised:
		return notInSync, 0, ""
	case o.Stratum == 0:
		return o.Leap, 2, "\x7f\x00\x00\x01"
	}
	return o.Leap, o.Stratum, "FAKE"
}

// timestamp is t in NTP's 64 bits: seconds since 1900 and their fraction.
func timestamp(t time.Time) uint64 {
	const from1900to1970 = 2208988800
	return uint64(t.Unix()+from1900to1970)<<32 | uint64(t.Nanosecond())<<32/1e9
}

// short is d in NTP's 32 bits: 16 for seconds, 16 for their fraction.
func short(d time.Duration) uint32 { return uint32(d << 16 / time.Second) }
