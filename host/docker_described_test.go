package host

import (
	"io/fs"
	"strings"
	"testing"
)

// What Docker has written down is a container's description if that is to be at work; what
// is damaged is passed over.
func TestFindDescribed(t *testing.T) {
	t.Parallel()
	const settings = `{"NetworkMode":"host","RestartPolicy":{"Name":"always"},"ReadonlyRootfs":true,"Tmpfs":{"/run":"uid=1001"},"CapDrop":["ALL"],"UsernsMode":"x"}`
	config := func(name, more string) string {
		return `{"Name":"/` + name + `","Config":{"Image":"semaphoreui/runner:v2.10.32","User":"1000","Env":["A=b","C"],"Cmd":["x"],"WorkingDir":"/w"},"MountPoints":{
			"/data":{"Type":"bind","Source":"/srv","RW":false},"/v":{"Type":"volume","Name":"named","RW":true},"/a":{"Type":"volume","Name":"` + digits64 + `","RW":true}}` + more + `}`
	}
	m := memory{}
	put := func(digit, config, settings string) {
		dir := "/var/lib/docker/containers/" + strings.Repeat(digit, 64)
		m[dir], m[dir+"/config.v2.json"] = entry{mode: fs.ModeDir | 0o700}, entry{data: config, mode: 0o600}
		if settings != "" {
			m[dir+"/hostconfig.json"] = entry{data: settings, mode: 0o600}
		}
	}
	put("a", config("semaphore", ""), settings)
	put("b", config("stopped-semaphore", `,"HasBeenManuallyStopped":true`), settings)
	put("c", config("running-semaphore", `,"State":{"Running":true}`), `{}`)
	put("d", config("once-semaphore", ""), `{"RestartPolicy":{"Name":"no"}}`)
	put("e", `{"Name":"semaphore`, settings)
	put("f", config("half-semaphore", ""), "")
	put("1", `{"Name":"/other","Config":{"Image":"nginx"}}`, settings)
	m["/var/lib/docker/containers/short"] = dir(0o700, 0, 0)
	m["/var/lib/docker/containers/short/config.v2.json"] = entry{data: config("short-semaphore", ""), mode: 0o600}

	found := FindDescribed(m, "semaphore")
	if len(found) != 2 || found[0].Run.Name != "running-semaphore" || found[1].Run.Name != "semaphore" {
		t.Fatalf("found %d containers, want two", len(found))
	}
	r := FindContainer(m, "semaphore")
	if r == nil || r.User.Text != "1000" || r.Network != "host" || !r.ReadOnly || r.Caps() == nil || len(r.Env) != 2 || r.Env[1].Set || len(r.Unseen) != 1 {
		t.Fatalf("read %+v", r)
	}
	var mounts []string
	for _, x := range r.Mounts {
		mounts = append(mounts, string(x.Kind)+" "+x.Source+" "+x.Target)
	}
	if got, want := strings.Join(mounts, ", "), "volume  /a, bind /srv /data, tmpfs  /run, volume named /v"; got != want {
		t.Errorf("mounts %s, want %s", got, want)
	}
	if FindContainer(m, "half-semaphore") != nil {
		t.Error("half a description is one")
	}
}
