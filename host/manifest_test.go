package host

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const manifestSample = `
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: {url: "http://x", port: "3000"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 3
  template:
    spec:
      enableServiceLinks: false
      securityContext: {runAsUser: 1000, fsGroup: 2000, supplementalGroups: [5]}
      containers:
        - name: r
          image: i
          envFrom: [{configMapRef: {name: c}, prefix: P_}, {secretRef: {name: gone, optional: true}}]
          env:
            - {name: A, value: "$(P_url)/$(NO)/$$(P_url)"}
            - {name: B, valueFrom: {secretKeyRef: {name: gone, key: k}}}
            - {name: C, valueFrom: {secretKeyRef: {name: gone, key: k, optional: true}}}
          securityContext: {runAsUser: 1001, capabilities: {drop: [ALL]}}
          volumeMounts:
            - {name: c, mountPath: /c}
            - {name: c, mountPath: /one, subPath: url}
            - {name: e, mountPath: /e}
      volumes:
        - {name: c, configMap: {name: c, defaultMode: 0400}}
        - {name: e, emptyDir: {}}
`

func TestLoadManifest(t *testing.T) {
	t.Parallel()
	pods, err := LoadManifest(memory{"/m.yaml": {data: manifestSample}}, "/m.yaml")
	if err != nil || len(pods) != 1 {
		t.Fatalf("LoadManifest = %d pods, %v", len(pods), err)
	}
	p := pods[0]
	got := []string{fmt.Sprint(p.Ref(), p.Replicas, p.UID, p.GID, p.FSGroup, p.Groups)}
	for _, v := range p.Env {
		got = append(got, fmt.Sprint(v.Name, "=", v.Value, " ", v.Known, " ", v.Source))
	}
	want := []string{
		"Deployment/d3 1001 -1 2000 [5 2000]", "P_url=http://x true ConfigMap c", "P_port=3000 true ConfigMap c",
		"A=http://x/$(NO)/$(P_url) true ", "B= false Secret gone, key k",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("LoadManifest (-want +got):\n%s", diff)
	}
	v := p.View(&Sketch{Known: map[string]Drawn{"/": DrawnDir(0o755, 0, 0)}})
	as := Identity{UID: 1001, Groups: p.Groups}
	for name, want := range map[string]Verdict{"/c/url": Granted, "/one": Granted, "/c/none": Missing, "/e/x": Missing, "/other": Unclear} {
		if a := CanRead(v, name, as); a.Verdict != want {
			t.Errorf("CanRead(%s) = %v (%v), want %v", name, a.Verdict, a.Why, want)
		}
	}
	if a := CanCreate(v, "/e/x", as); !a.OK() {
		t.Errorf("CanCreate in an emptyDir: %v", a.Why)
	}
	if m, err := v.Mount("/e"); m.Life != UntilPodGone || err != nil {
		t.Errorf("Mount of an emptyDir = %+v, %v", m, err)
	}
}

func TestLoadManifestWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a: {{ .Values.x }}\n": "/m.yaml:1: ",
		"kind: Pod\nspec: {containers: [{volumeMounts: [{name: x, mountPath: /x}]}]}\n": "/m.yaml:2: the volume x is not among",
		"kind: Pod\nspec: {containers: [{volumeMounts: [{name: x}]}]}\n":                "/m.yaml:2: a mount without a mountPath",
	} {
		if _, err := LoadManifest(memory{"/m.yaml": {data: text}}, "/m.yaml"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(manifestSample)
	f.Fuzz(func(t *testing.T, text string) {
		pods, err := LoadManifest(memory{"/m.yaml": {data: text}}, "/m.yaml")
		if err != nil {
			return
		}
		for _, p := range pods {
			CanRead(p.View(&Sketch{}), "/etc/semaphore/config.json", Identity{UID: 1001})
		}
	})
}

func TestInContainer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		files      memory
		kubernetes bool
		want       bool
	}{
		{memory{}, false, false},
		{memory{"/.dockerenv": {}}, false, true},
		{memory{"/run/.containerenv": {}}, false, true},
		{memory{"/run/secrets/kubernetes.io": dir(0o755, 0, 0)}, true, true},
		{memory{"/proc/1/cgroup": {data: "0::/kubepods.slice/x\n"}}, false, true},
		{memory{"/proc/1/cgroup": {data: "0::/init.scope\n"}}, true, false},
	}
	for _, tt := range tests {
		if got := InContainer(tt.files, tt.kubernetes); got != tt.want {
			t.Errorf("InContainer(%v, %v) = %v", tt.files, tt.kubernetes, got)
		}
	}
}

func TestVolumeLife(t *testing.T) {
	t.Parallel()
	mounts := "1 0 0:1 / / rw - overlay overlay rw\n" +
		"2 1 8:1 /var/lib/kubelet/pods/u/volumes/kubernetes.io~empty-dir/data /data rw - ext4 /dev/sda rw\n" +
		"3 1 8:1 /var/lib/docker/volumes/" + digits64 + "/_data /anonymous rw - ext4 /dev/sda rw\n" +
		"4 1 8:1 /var/lib/docker/volumes/named/_data /named rw - ext4 /dev/sda rw\n"
	files := memory{"/proc/self/mountinfo": {data: mounts}}
	for name, want := range map[string]Lifetime{"/data/token": UntilPodGone, "/anonymous": UntilRecreated, "/named/token": "", "/x": ""} {
		if got := VolumeLife(files, name); got != want {
			t.Errorf("VolumeLife(%s) = %q, want %q", name, got, want)
		}
	}
}
