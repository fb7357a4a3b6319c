# shellcheck shell=bash
# Testcontainers' own tests of its core, and the images they ask Docker Hub for. Needs what images.sh
# and suites.sh need, and in $clients what `metanode test` fetches: docker compose 2, and Redis.

readonly clients=${METANODE_CLIENTS:-$top/.metanode/clients}

# judge_testcontainers CHECKOUT LOG: the classes that start containers. Its reaper is off: it is a
# program of its authors', which watches a connection and removes what they labelled. Where there is
# a /.dockerenv it would look for ports at the gateway, so it is told that they are here.
judge_testcontainers() {
  local classes home=$work/testcontainers
  if ! [ -x "$clients/docker-compose" ] || ! [ -f "$clients/redis.tar" ]; then
    echo "no docker-compose and redis.tar in $clients; ./metanode test fetches them" >&2
    exit 2
  fi
  testcontainers_images >&2
  mkdir -p "$home/.docker/cli-plugins"
  ln -sf "$clients/docker-compose" "$home/.docker/cli-plugins/docker-compose"
  mapfile -t classes < <(testcontainers_classes "$1/core/src/test/java")
  (
    cd "$1/core"
    export HOME=$home TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost
    inside timeout 2400 java -ea -Duser.home="$home" -cp "target/test-classes:target/classes:$(cat target/judge.classpath)" \
      "$here/judges/EachJupiterTest.java" "$work/testcontainers.verdicts" "${classes[@]}"
  ) >"$2" 2>&1 </dev/null || echo "not ok runs to its end" >>"$work/testcontainers.verdicts"
  # Without the reaper it is the test after it, once more.
  grep -v 'shouldCleanupWithRyuk' "$work/testcontainers.verdicts"
}

# testcontainers_classes SOURCES: those with containers, but for the ones that wait minutes for what
# only Docker Hub has, and those that only look at a container's settings.
testcontainers_classes() {
  local name
  local uses='GenericContainer|ComposeContainer|DockerRegistryContainer|ImageFromDockerfile'
  uses+='|AbstractWaitStrategyTest|BaseDockerComposeTest|BaseComposeTest'
  (cd "$1" && grep -rlE "$uses" --include='*Test.java' org) | sort | while read -r name; do
    case ${name##*/} in
      Abstract* | Base* | *CopyFilesTest.java | NonExistentImagePullTest.java) continue ;;
      ImageNameSubstitutorTest.java | ParsedDockerComposeFile* | RemoteDockerImageTest.java | WaitAllStrategyTest.java) continue ;;
    esac
    name=${name%.java}
    # shellcheck disable=SC2053 # a pattern is wanted
    if [[ ${name##*/} == ${TESTCONTAINERS_CLASSES:-*} ]]; then echo "${name//\//.}"; fi
  done
}

testcontainers_images() {
  local name root=$work/judge path='ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  rm "$root/bin/registry"
  mkdir -p "$root"/{etc/init.d,media,mnt,opt,run,sbin,srv}
  ln -s /bin/busybox "$root/usr/bin/env"
  for name in 3.12 3.13 3.14 3.15 3.16 3.17; do
    echo "$name" >"$root/etc/alpine-release"
    hub "alpine:$name" -c 'CMD ["sh"]' -c "$path"
  done
  also alpine:3.17 alpine:3.2 testcontainers/ryuk:0.7.0 testcontainers/ryuk:latest
  testcontainers_servers "$path"
  with_libraries "$root" "$(command -v docker-registry)" /bin/registry
  with_libraries "$root" "$(command -v htpasswd)" /bin/htpasswd
  hub registry:2.7.0 -c 'ENTRYPOINT ["/bin/registry"]' -c 'CMD ["serve","/etc/docker/registry/config.yml"]' -c "$path"
  with_libraries "$root" "$(command -v socat)" /bin/socat
  hub alpine/socat:1.7.4.3-r0 -c 'ENTRYPOINT ["socat"]' -c "$path"
  testcontainers_compose "$path"
  testcontainers_redis "$path"
}

# Servers of few lines. Behind the ports of mysql, mongo and rabbitmq is nothing: the tests of those
# servers fail, the others of the same classes can run. nginx has no bash, and awk and nc where the
# tests take them away.
testcontainers_servers() {
  local root=$work/judge
  cat >"$root/bin/helloworld" <<'SCRIPT'
#!/bin/sh
echo "Starting server on port 8080" >&2
httpd -p 8080 -h /home
echo "Starting server on port 8081" >&2
exec httpd -f -p 8081 -h /home
SCRIPT
  with_libraries "$root" "$(command -v dropbear)" /bin/dropbear
  cat >"$root/bin/sshd" <<'SCRIPT'
#!/bin/sh
sed -i "s#^root:[^:]*#root:$(mkpasswd -m sha512 "$PASSWORD")#" /etc/passwd
mkdir -p /etc/dropbear
exec dropbear -F -E -R -a -p 22
SCRIPT
  chmod 755 "$root/bin/helloworld" "$root/bin/sshd"
  hub testcontainers/helloworld:1.1.0 -c 'ENTRYPOINT ["/bin/helloworld"]' -c 'EXPOSE 8080 8081' -c "$1"
  also testcontainers/helloworld:1.1.0 testcontainers/helloworld:latest
  hub testcontainers/sshd:1.3.0 -c 'CMD ["/bin/sshd"]' -c 'EXPOSE 22' -c "$1"
  hub mysql:8.0.36 -c 'CMD ["nc","-ll","-p","3306","-e","true"]' -c "$1"
  hub mongo:4.4 -c 'CMD ["nc","-ll","-p","27017","-e","true"]' -c "$1"
  hub rabbitmq:3.7.25 -c 'CMD ["nc","-ll","-p","5672","-e","true"]' -c "$1"
  mv "$root/bin/bash" "$work/bash"
  rm "$root/bin/awk" "$root/bin/nc"
  ln -s /bin/busybox "$root/usr/bin/awk"
  ln -s /bin/busybox "$root/usr/bin/nc"
  hub nginx:1.17-alpine -c 'CMD ["sh","-c","httpd -p 100; exec httpd -f -p 8080"]' -c "$1"
  mv "$root/usr/bin/awk" "$root/usr/bin/nc" "$root/bin/"
  mv "$work/bash" "$root/bin/bash"
}

# Beside the docker client: Compose 2, and Debian's 1.29.2 with its Python.
testcontainers_compose() {
  local root=$work/judge file
  with_libraries "$root" "$(command -v docker)" /bin/docker
  with_libraries "$root" "$clients/docker-compose" /usr/libexec/docker/cli-plugins/docker-compose
  hub docker:25.0.5 -c 'ENTRYPOINT ["docker"]' -c "$1"
  also docker:25.0.5 docker:25.0.2
  rm -r "$root/usr/libexec"
  mkdir -p "$root/usr/lib"
  with_libraries "$root" /usr/bin/python3 /usr/bin/python3
  cp -a /usr/lib/python3 /usr/lib/python3.[0-9]* "$root/usr/lib/"
  for file in /usr/lib/python3.[0-9]*/lib-dynload/*.so /usr/lib/python3/dist-packages/*.so; do
    libraries_of "$root" "$file"
  done
  cp -L /usr/bin/docker-compose "$root/bin/docker-compose"
  hub docker/compose:1.29.2 -c 'ENTRYPOINT ["docker-compose"]' -c "$1"
  also docker/compose:1.29.2 docker/compose:debian-1.29.2
  rm -r "$root/bin/docker" "$root/bin/docker-compose" "$root/usr/bin/python3" "$root"/usr/lib/python3*
}

# Redis beside busybox. As in its image, it answers all that can reach it.
testcontainers_redis() {
  local root=$work/judge
  tar -C "$root" -xf "$clients/redis.tar"
  echo 'redis:x:999:999:redis:/data:/bin/sh' >>"$root/etc/passwd"
  cat >"$root/bin/redis-entrypoint" <<'SCRIPT'
#!/bin/sh
if [ "$1" = redis-server ]; then set -- "$@" --protected-mode no; fi
exec "$@"
SCRIPT
  chmod 755 "$root/bin/redis-entrypoint"
  mkdir -p "$root/opt"
  hub redis:latest -c 'ENTRYPOINT ["redis-entrypoint"]' -c 'CMD ["redis-server"]' -c 'EXPOSE 6379' -c 'VOLUME /data' -c 'WORKDIR /data' -c "$1"
  also redis:latest redis:alpine redis:6-alpine redis:6.0-alpine redis:7.0-alpine
}
