### stdin-echo
echo x | docker run --rm -i bb cat
### stdin-none
echo x | docker run --rm bb cat; echo $?
### stdin-large
head -c 100000000 /dev/zero | openssl enc -aes-128-ctr -K 00000000000000000000000000000000 -iv 00000000000000000000000000000000 > "$scratch/large"
docker run --rm -i bb cat < "$scratch/large" | sha256sum | cmp - <(sha256sum < "$scratch/large") && echo same
docker run --rm -i bb sha256sum < "$scratch/large" | cmp - <(sha256sum < "$scratch/large") && echo same
docker run -i --name big --log-driver none bb sh -c 'cat >/tmp/x; wc -c </tmp/x' < "$scratch/large"
rm -f "$scratch/large"
### stdin-exec-large
docker run -d --name ce bb sleep 100 >/dev/null
head -c 20000000 /dev/zero | docker exec -i ce cat | wc -c
head -c 20000000 /dev/zero | docker exec -i ce sh -c 'cat | wc -c; echo done >&2'
### stdin-closed-early
yes | docker run --rm -i bb head -n 2
### stdin-open-not-attached
docker run -di --name ci bb sh -c 'read x; echo "got $x"' >/dev/null
echo word | docker attach ci >/dev/null
docker wait ci
docker logs ci
### output-interleaved
docker run --rm bb sh -c 'for i in 1 2 3; do echo o$i; echo e$i >&2; done' 2>/dev/null
docker run --rm bb sh -c 'for i in 1 2 3; do echo o$i; echo e$i >&2; done' 2>&1 >/dev/null
### output-without-newline
docker run --rm bb printf abc
docker run --name cp bb printf abc >/dev/null; docker logs cp
### output-binary
docker run --rm bb sh -c 'head -c 100000 /dev/zero' | sha256sum
docker run --name cz bb sh -c 'head -c 100000 /dev/zero' | sha256sum
docker logs cz | sha256sum
### output-long-lines
docker run --name ll bb sh -c 'head -c 100000 /dev/zero | tr "\0" a; echo; echo b' | md5sum
docker logs ll | md5sum
docker logs --tail 1 ll
docker logs -t ll | wc -l
### output-closed-by-reader
docker run --rm bb yes | head -n 1
### terminal
on_terminal docker run --rm -it bb sh -c 'tty; stty size; echo err >&2'
on_terminal docker run --rm -t bb sh -c 'test -t 0 && test -t 1 && test -t 2 && echo all; echo $TERM'
on_terminal docker run --rm -it bb sh -c 'exit 4'; echo $?
### terminal-needed
docker run --rm -it bb true < /dev/null
### terminal-logs
on_terminal docker run -t --name ct bb sh -c 'echo one; echo two >&2'
docker logs ct 2>/dev/null | od -c
### terminal-detach
docker run -dit --name dt bb sh >/dev/null
(sleep 1; printf 'echo in$((1+1))\n'; sleep 1; printf '\020\021') | script -qec "docker attach dt" /dev/null | tr -d '\r' | grep -E '^in2|read escape'
status_of dt
(sleep 1; printf 'x') | script -qec "docker attach --detach-keys x dt" /dev/null | tr -d '\r' | grep -E 'read escape'; status_of dt
docker exec dt true; echo $?
### terminal-detach-keys-bad
docker run -dit --name dt bb sh >/dev/null
api POST '/v1.41/containers/dt/attach?stream=1&stdin=1&stdout=1&detachKeys=nosuch'
### terminal-resize
docker run -dit --name rs bb sh >/dev/null
code POST '/v1.41/containers/rs/resize?h=30&w=90'
docker exec rs sh -c 'stty size < /proc/1/fd/0'
api POST '/v1.41/containers/rs/resize?h=x&w=90'
docker kill rs >/dev/null
api POST '/v1.41/containers/rs/resize?h=30&w=90'
api POST '/v1.41/containers/nosuch/resize?h=30&w=90'
### terminal-interrupt
docker run -dit --name ti bb sh -c 'trap "echo caught; exit 6" INT; echo ready; while :; do sleep 0.1; done' >/dev/null
within 10 has_log ti ready
(sleep 1; printf '\003'; sleep 2) | script -qec "docker attach ti" /dev/null | tr -d '\r' | grep -o caught
docker wait ti
### signal-proxy
docker run --name sp bb sh -c 'trap "echo term; exit 8" TERM; echo ready; while :; do sleep 0.1; done' > "$scratch/sp" & p=$!
within 10 has_log sp ready
kill -TERM $p; wait $p; echo $?; cat "$scratch/sp"
### attach-output
docker run -d --name ao bb sh -c 'sleep 1; echo late; exit 5' >/dev/null
docker attach ao; echo $?
### attach-refused
docker attach nosuch
docker create --name cc bb >/dev/null
docker attach cc
docker run -d --name pa bb sleep 100 >/dev/null; docker pause pa >/dev/null
docker attach pa
### attach-raw
docker run -d --name ar bb sh -c 'echo one; echo two >&2; sleep 1' >/dev/null
within 10 has_log ar two
api POST '/v1.41/containers/ar/attach?logs=1&stdout=1&stderr=1' | od -c | head -n 4
api POST '/v1.41/containers/nosuch/attach?stream=1&stdout=1'
### logs-options
docker run --name lo bb sh -c 'echo 1; echo 2; sleep 2; echo 3; echo 4 >&2' >/dev/null 2>&1
docker logs lo
docker logs --tail 2 lo
docker logs --tail 0 lo
docker logs --tail all lo 2>&1 | wc -l
docker logs -t lo | grep -c -E '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{9}Z [0-9]$'
docker logs --since 1h lo 2>&1 | wc -l
docker logs --until 1h lo 2>&1 | wc -l
docker logs --since "$(docker logs -t --tail 2 lo 2>&1 | head -n 1 | cut -d' ' -f1)" lo 2>&1
docker logs --details lo
docker logs --tail nosuch lo
docker logs --since nosuch lo
docker logs nosuch
### logs-api
docker run --name la bb echo 1 >/dev/null
api GET '/v1.41/containers/la/logs'
api GET '/v1.41/containers/la/logs?stdout=1&tail=x' | od -c
api GET '/v1.41/containers/la/logs?stdout=1&since=x'
api GET '/v1.41/containers/nosuch/logs?stdout=1'
### logs-follow
docker run -d --name lf bb sh -c 'for i in 1 2 3; do echo $i; sleep 0.5; done; exit 3' >/dev/null
docker logs -f lf; echo $?
docker logs -f lf; echo $?
docker logs -f --tail 1 lf; echo $?
docker logs -f --until 0s lf >/dev/null; echo $?
### exec-basics
docker run -d --name ex -e A=1 bb sleep 100 >/dev/null
docker exec ex echo in
docker exec ex sh -c 'echo out; echo err >&2; exit 3'; echo $?
docker exec -e B=2 ex sh -c 'echo $A $B'
docker exec -w /tmp ex pwd
docker exec -w /nosuch ex pwd; echo $?
docker exec -w relative ex pwd; echo $?
docker exec -u nobody ex id
docker exec -u 1234:5 ex id
docker exec -u nosuch ex id; echo $?
docker exec -u member ex sh -c 'id; echo $HOME'
echo word | docker exec -i ex cat
docker exec ex cat < /dev/null; echo $?
docker exec ex nosuch; echo $?
docker exec ex /etc/passwd; echo $?
docker exec -d ex touch /made; within 5 docker exec ex ls /made; docker exec ex ls /made
docker exec ex grep -E 'CapEff|Seccomp:|NoNewPrivs' /proc/self/status
docker exec ex sh -c 'kill -9 $$'; echo $?
docker exec ex sh -c 'kill -TERM $$'; echo $?
### exec-refused
docker exec nosuch true; echo $?
docker create --name cc bb >/dev/null
docker exec cc true; echo $?
docker run -d --name pa bb sleep 100 >/dev/null; docker pause pa >/dev/null
docker exec pa true; echo $?
docker exec pa 2>&1 | head -n 1
### exec-terminal
docker run -d --name et bb sleep 100 >/dev/null
on_terminal docker exec -it et sh -c 'tty; test -t 0 && echo yes; exit 4'; echo $?
on_terminal docker exec -t et env | grep TERM
(sleep 1; printf 'echo $((40+2))\nexit 7\n'; sleep 1) | script -qec "docker exec -it et sh" /dev/null | tr -d '\r' | grep -x 42
### exec-api
docker run -d --name ea bb sleep 100 >/dev/null
id=$(api POST /v1.41/containers/ea/exec '{"Cmd":["sh","-c","exit 4"],"AttachStdout":true}' | head -n 1 | jq -r .Id)
api GET "/v1.41/exec/$id/json" | head -n 1 | jq -c 'del(.ContainerID, .ID)'
api POST "/v1.41/exec/$id/start" '{"Detach":true}'
within 5 sh -c "curl -s --unix-socket $socket http://d/exec/$id/json | grep '\"ExitCode\":4'"
api GET "/v1.41/exec/$id/json" | head -n 1 | jq -c 'del(.ContainerID, .ID, .Pid)'
api POST "/v1.41/exec/$id/start" '{"Detach":true}'
api POST "/v1.41/exec/nosuch/start" '{"Detach":true}'
api GET "/v1.41/exec/nosuch/json"
api POST /v1.41/containers/ea/exec '{"Cmd":[]}'
api POST /v1.41/containers/ea/exec '{"Cmd":"sh"}' | tail -n 1
api POST /v1.41/containers/nosuch/exec '{"Cmd":["sh"]}'
api POST "/v1.41/exec/$id/resize?h=10&w=10"
### exec-asked-too-late
docker run -d --name ea bb sleep 100 >/dev/null; id=$(api POST /v1.41/containers/ea/exec '{"Cmd":["true"]}' | head -n 1 | jq -r .Id)
api POST "/v1.41/exec/$id/resize?h=x&w=10" | head -n 1; api POST "/v1.41/exec/nosuch/resize?h=x&w=10" | head -n 1
docker pause ea >/dev/null; docker exec ea true 2>&1 | grep -c "Container ea is paused"; docker unpause ea >/dev/null
for keys in ctrl-A,a nosuch; do api POST "/v1.41/containers/ea/attach?stream=1&stdout=1&detachKeys=$keys" | head -n 1; done
### logs-details
docker run --name la --label kind=test --label other=x --label more=y -e 'WHO=you & me' -e NOT=no -e ALSO=z --log-opt labels=kind --log-opt labels-regex='^m' --log-opt env=WHO --log-opt env-regex='^AL' bb echo hello
docker logs --details la; docker run --name lb bb echo plain; docker logs --details lb; docker create --log-opt env-regex='(' bb >/dev/null 2>&1; echo $?
### exec-frames
docker run -d --name ef bb sleep 100 >/dev/null
exec_with() { api POST /v1.41/containers/ef/exec '{"Cmd":["sh","-c","printf out; sleep 0.3; printf err >&2"],"AttachStdout":true,"AttachStderr":true,"Tty":'"$1"'}' | head -n 1 | jq -r .Id; }
for exec in false true; do
  for start in false true; do
    echo "terminal $exec, start $start"
    curl -s --unix-socket "$socket" -H 'Content-Type: application/json' -d '{"Tty":'"$start"'}' "http://d/v1.41/exec/$(exec_with "$exec")/start" | od -An -c
  done
done
### exec-ends-with-container
docker run -d --name ee bb sleep 100 >/dev/null
(sleep 1; docker kill ee >/dev/null) & docker exec ee sleep 100; echo $?
wait
### concurrent-runs
for i in $(seq 30); do (docker run --rm bb sh -c "echo $i; exit $((i % 3))"; echo "$i $?") & done | sort -n; wait
docker ps -aq | wc -l
