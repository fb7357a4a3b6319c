# Filters in every form, restart policies, rotation of logs, and other options side by side.
### filter-forms
docker create --name ca --label a=b bb >/dev/null; docker volume create --label a=b vv >/dev/null; docker network create --label a=b nn >/dev/null
count() { api GET "/v1.41/$1" | head -n 1 | jq -c "$2"; }
for f in '{"label":["a=b"]}' '{"label":{"a=b":true}}' '{"label":["a=b","c"]}' '{"label":{"a":true,"c":true}}' '{}' ''; do
  e=$(jq -rn --arg f "$f" '$f|@uri')
  count "containers/json?all=1&filters=$e" length; count "volumes?filters=$e" '.Volumes|length'; count "networks?filters=$e" '[.[]|select(.Name=="nn")]|length'; count "images/json?filters=$e" 'length > 0'
done
for w in containers/json volumes networks images/json; do code GET "/v1.41/$w?filters=%7B"; code GET "/v1.41/$w?filters=%7B%22nosuch%22:%5B%22x%22%5D%7D"; done
### ps-filters
docker create --name one --label k=1 bb >/dev/null; docker create --name two --label k=2 -v vol:/v --network none bb >/dev/null; docker run --name three bb sh -c 'exit 3'; docker run -d --name four -p 18099:80 --health-cmd true --health-interval 1s bb sleep 100 >/dev/null
within 20 sh -c 'docker inspect -f "{{.State.Health.Status}}" four | grep -x healthy'
p() { docker ps -a --format '{{.Names}}' "$@" | sort | tr '\n' ' '; echo; }
p -f name=o; p -f name=^one$; p -f label=k; p -f label=k=2; p -f status=created; p -f status=running -f status=exited; p -f exited=3; p -f volume=vol; p -f volume=/v; p -f network=none
p -f ancestor=bb; p -f ancestor=nosuch; p -f before=two; p -f since=two; p -f health=healthy; p -f health=none; p -f publish=18099; p -f expose=80; p -f id=$(docker inspect -f '{{.Id}}' one); p -f is-task=false
docker ps -a --format '{{.Names}}: {{.Image}} {{.Command}} {{.Label "k"}} {{.Labels}} {{.Mounts}} {{.Networks}} {{.State}}' | sort; docker ps -aq --no-trunc | wc -l; docker ps -n 2 -q | wc -l; docker ps -l --format '{{.Names}}'
docker ps -a -f status=nosuch; docker ps -a -f exited=x; docker ps -a -f before=nosuch; docker ps -a -f nosuch=x; docker ps -a -f health=nosuch
### events-filters
start=$(date +%s); docker run --name ca --label a=b -v vol:/v bb true; docker rm ca >/dev/null; docker volume rm vol >/dev/null; docker network create nn >/dev/null; docker network rm nn >/dev/null
e() { docker events --since $start --until $(($(date +%s) + 1)) --format '{{.Type}} {{.Action}}' "$@" | sort | uniq | tr '\n' ';'; echo; }
e -f type=volume; e -f type=network -f event=create; e -f container=ca -f event=die; e -f event=start -f event=destroy; e -f label=a=b -f event=create; e -f label=nosuch; e -f image=bb -f event=die; e -f volume=vol -f event=destroy; e -f type=container -f type=volume -f event=create; e -f scope=swarm; e -f type=nosuch
### restart-on-failure
docker run -d --name ca --restart on-failure:2 bb sh -c 'exit 4' >/dev/null; within 30 sh -c 'docker inspect -f "{{.State.Status}} {{.RestartCount}}" ca | grep -x "exited 2"'; docker inspect -f '{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}}' ca
docker run -d --name cb --restart on-failure bb true >/dev/null; docker wait cb; docker inspect -f '{{.State.Status}} {{.RestartCount}}' cb
### wait-several
docker run -d --name ca bb sh -c 'sleep 1; exit 3' >/dev/null; docker run -d --name cb bb sh -c 'exit 4' >/dev/null; docker wait ca cb nosuch; echo $?
### logs-rotate
docker run --name ca --log-opt max-size=10k --log-opt max-file=2 bb sh -c 'i=0; while [ $i -lt 2000 ]; do echo line-$i; i=$((i+1)); done' >/dev/null; docker logs ca | tail -n 1; test $(docker logs ca | wc -l) -lt 1500 && echo rotated
docker run --name cb --log-driver local --log-opt max-size=10k bb sh -c 'echo out; echo err >&2'; docker logs cb; docker run --name cc --log-driver none bb echo x; docker logs cc
docker run --rm --log-opt max-size=x bb true; docker run --rm --log-opt nosuch=1 bb true; docker run --rm --log-opt max-file=3 bb true
### df
docker run --name ca -v vol:/v bb sh -c 'echo x > /v/f; echo y > /new' ; docker system df --format '{{.Type}} {{.TotalCount}} {{.Active}}' | grep -v Images; docker system df -v --format '{{json .Volumes}}' | jq -c '.[] | {Name,Links,Driver}'; docker system df -v --format '{{json .Containers}}' | jq -c '.[] | {Names,LocalVolumes}'
### diff-kinds
docker run --name ca bb sh -c 'echo x > /new; mkdir -p /d/e; rm /data/seed; echo y >> /etc/passwd; mv /home/member/file /tmp/moved; ln -s /x /link; rm -r /home; mkdir /home'; docker diff ca | sort; docker diff nosuch
### identity-options
docker run --rm --group-add 50 --group-add wheel -u member bb id; docker run --rm --tmpfs /t:size=1m,mode=1777,noexec bb sh -c 'grep " /t " /proc/mounts | cut -d" " -f2-3; stat -c %a /t'
docker run --rm --shm-size 8m bb sh -c 'df -k /dev/shm | tail -n 1 | tr -s " " | cut -d" " -f2'; docker run --rm --sysctl net.ipv4.ip_forward=0 bb cat /proc/sys/net/ipv4/ip_forward; docker run --rm --ulimit nofile=100:200 bb sh -c 'ulimit -n; ulimit -Hn'
docker run --rm --oom-score-adj 500 bb cat /proc/self/oom_score_adj; docker run --rm --init bb sh -c 'cat /proc/1/comm'; docker run --rm --device /dev/null:/dev/xnull:r bb sh -c 'ls -l /dev/xnull | cut -c1; echo x > /dev/xnull'; docker run --rm --stop-signal INT --stop-timeout 3 --name sig bb true
