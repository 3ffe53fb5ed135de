#!/usr/bin/env bash
# Builds a Kubernetes control plane for tests from Go modules: no container, no download but the Go module proxy.
#   kube-assets [DIR]   (default v1.36.3 under kube-assets in $FAIRLEAD_CACHE, $XDG_CACHE_HOME/fairlead or ~/.cache/fairlead)
# Needs Go >= 1.26. First build about 9 minutes on 2 cores (kube-apiserver 5, controller manager 1.5, kwok 1.6, etcd 1); then cached.
# DIR afterwards is a KUBEBUILDER_ASSETS folder (the envtest convention) with kwok and its stages beside it.
set -euo pipefail
K8S=v1.36.3 ETCD=v3.6.16 KWOK=v0.8.0
cache=${FAIRLEAD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/fairlead}
dir=${1:-$cache/kube-assets/$K8S}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -p "$dir"
command -v go >/dev/null || { echo "kube-assets needs Go >= 1.26 on the PATH" >&2; exit 1; }
export CGO_ENABLED=0 GOFLAGS=-buildvcs=false

build() { # module folder, package, binary, extra ldflags
  [ -x "$dir/$3" ] && return
  echo "building $3" >&2
  (cd "$work/$1" && go build -trimpath -ldflags "-s -w ${4:-}" -o "$dir/$3.part" "$2" && mv "$dir/$3.part" "$dir/$3")
}
module() { # folder, require line, replaces, packages...
  mkdir -p "$work/$1"; local folder=$work/$1 require=$2 replaces=$3; shift 3
  { echo "module assets"; echo; echo "go 1.26.0"; echo; echo "require $require"; echo; echo "$replaces"; } > "$folder/go.mod"
  { echo "//go:build tools"; echo; echo "package assets"; echo; for p in "$@"; do echo "import _ \"$p\""; done; } > "$folder/tools.go"
  (cd "$folder" && go mod tidy >tidy.log 2>&1) || { cat "$folder/tidy.log" >&2; exit 1; }
}

go mod download k8s.io/kubernetes@$K8S
staging=$(go env GOMODCACHE)/cache/download/k8s.io/kubernetes/@v/$K8S.mod
# k8s.io/kubernetes names its staging modules v0.0.0 with local replaces: point them at their published twins v0.MINOR.PATCH
replaces=$(grep -oE 'k8s\.io/[a-z0-9-]+ => \./staging' "$staging" | awk -v v="v0.${K8S#v1.}" '{print "replace " $1 " => " $1 " " v}')
kube=k8s.io/kubernetes/cmd
module kubernetes "k8s.io/kubernetes $K8S" "$replaces" $kube/kube-apiserver $kube/kube-controller-manager $kube/kube-scheduler
version="-X k8s.io/component-base/version.gitVersion=$K8S -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36"
for c in kube-apiserver kube-controller-manager kube-scheduler; do build kubernetes $kube/$c $c "$version"; done
module etcd "go.etcd.io/etcd/server/v3 $ETCD" "" go.etcd.io/etcd/server/v3
build etcd go.etcd.io/etcd/server/v3 etcd
module kwok "sigs.k8s.io/kwok $KWOK" "" sigs.k8s.io/kwok/cmd/kwok
build kwok sigs.k8s.io/kwok/cmd/kwok kwok
stages=$(cd "$work/kwok" && go list -m -f '{{.Dir}}' sigs.k8s.io/kwok)/kustomize/stage
for f in "$stages"/node/fast/node-*.yaml "$stages"/node/heartbeat-with-lease/node-*.yaml "$stages"/pod/fast/pod-*.yaml; do cat "$f"; printf '\n---\n'; done > "$dir/kwok-stages.yaml"
echo "$dir"
