#!/usr/bin/env bash
# Runs the engine where control groups are version 2 alone: an emulated machine with Debian's cloud
# kernel, started with cgroup_no_v1=all, whose disk holds this build, a JDK, runc, nft and the docker
# client. The guest runs guest.sh and prints one line a check.
#
# Usage: cgroup2.sh DIST     DIST is the built program (lib/*.jar); JAVA_HOME the JDK to take along.
# Needs qemu-system-x86_64 and a kernel with its initial ram disk in /boot (Debian's packages
# qemu-system-x86, linux-image-cloud-amd64), and mke2fs. No hardware virtualisation is needed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dist=$(readlink -f "${1:?usage: cgroup2.sh DIST}")
: "${JAVA_HOME:?names no JDK}"
seconds=${VM_SECONDS:-600}

kernel=$(find /boot -name 'vmlinuz-*-cloud-amd64' | sort -V | tail -n 1)
release=${kernel#/boot/vmlinuz-}
for needed in "$kernel" "/boot/initrd.img-$release"; do
  [ -f "$needed" ] || { echo "not run: no Debian cloud kernel in /boot" >&2; exit 77; }
done
for needed in qemu-system-x86_64 mke2fs; do
  command -v "$needed" >/dev/null || { echo "not run: no $needed" >&2; exit 77; }
done

work=$(mktemp -d "${TMPDIR:-/tmp}/metanode-vm.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root"/{bin,sbin,proc,sys,dev,tmp,etc,run,root,var/lib,usr/bin,lib/modules}
ln -s ../bin/busybox "$root/sbin/modprobe"
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
printf '127.0.0.1 localhost\n' >"$root/etc/hosts"

# take PROGRAM: the program and every library it names, at the same paths.
take() {
  mkdir -p "$root${1%/*}"
  cp -L "$1" "$root$1"
  take_libraries "$1"
}

take_libraries() {
  local file
  for file in $(ldd "$1" 2>/dev/null | grep -o '/[^ ]*' || true); do
    [ -e "$root$file" ] || { mkdir -p "$root${file%/*}" && cp -L "$file" "$root$file"; }
  done
}

cp "$(readlink -f "$(command -v busybox)")" "$root/bin/busybox"
for program in runc nft docker; do
  path=$(command -v "$program")
  take "$path"
  [ -e "$root/bin/$program" ] || ln -s "$path" "$root/bin/$program"
done

# The JDK and the build lie where they lie here, file times and all: their start-up cache names
# both, and without it a JVM needs a minute to start on an emulated processor.
mkdir -p "$root$JAVA_HOME/bin" "$root$dist"
cp -p "$JAVA_HOME/bin/java" "$root$JAVA_HOME/bin/"
cp -pr "$JAVA_HOME/lib" "$JAVA_HOME/conf" "$JAVA_HOME/release" "$root$JAVA_HOME/"
rm -rf "$root$JAVA_HOME"/lib/{src.zip,ct.sym,jmods}
for library in "$JAVA_HOME/bin/java" "$JAVA_HOME"/lib/*.so "$JAVA_HOME"/lib/server/*.so; do
  take_libraries "$library"
done
for library in /lib/*/libstdc++.so.6 /lib/*/libgcc_s.so.1; do
  [ ! -e "$library" ] || take "$library"
done
cp -pr "$dist/." "$root$dist/"
printf 'JAVA_HOME=%s\nDIST=%s\n' "$JAVA_HOME" "$dist" >"$root/etc/metanode.paths"

modules=/lib/modules/$release
mkdir -p "$root$modules/kernel/drivers/net"
cp "$modules"/modules.* "$root$modules/"
cp -r "$modules/kernel/net" "$modules/kernel/lib" "$modules/kernel/crypto" "$root$modules/kernel/"
mkdir -p "$root$modules/kernel/fs" && cp -r "$modules/kernel/fs/overlayfs" "$root$modules/kernel/fs/"
cp "$modules/kernel/drivers/net/veth.ko" "$root$modules/kernel/drivers/net/"
cp "$modules/kernel/arch" -r "$root$modules/kernel/" 2>/dev/null || true
cp "$here/guest.sh" "$root/init"
chmod 755 "$root/init"

size=$(($(du -sm "$root" | cut -f 1) + 600))
mke2fs -q -t ext4 -d "$root" "$work/disk.img" "${size}M"
rm -rf "$root"

timeout --foreground "$seconds" qemu-system-x86_64 -m 2048 -smp 2 -nographic -no-reboot \
  -accel tcg,thread=multi -cpu max -kernel "$kernel" -initrd "/boot/initrd.img-$release" \
  -append "root=/dev/vda rw init=/init console=ttyS0 panic=-1 cgroup_no_v1=all quiet" \
  -drive "file=$work/disk.img,format=raw,if=virtio,cache=unsafe" </dev/null \
  | sed -u 's|\r$||' | tee "$work/console" | grep -a --line-buffered -E '^(ok|not ok|#) ' || true

passed=$(grep -a -c '^ok ' "$work/console" || true)
failed=$(grep -a -c '^not ok ' "$work/console" || true)
if ! grep -a -q '^# done' "$work/console"; then
  tail -n 40 "$work/console" >&2
  echo "not ok - the guest did not reach its end in $seconds s"
  failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
