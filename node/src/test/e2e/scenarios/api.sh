### ping
curl -sS -i --unix-socket "$socket" http://d/_ping | tr -d '\r' | grep -v -E '^(Server|Date|Builder-Version|Docker-Experimental|Api-Version|Swarm)'
curl -sS -I --unix-socket "$socket" http://d/_ping | tr -d '\r' | grep -E '^(HTTP|Content|Api-Version|Ostype)' | sed 's/: 1\..*/: 1.x/'
### version
docker version --format '{{.Server.Os}} {{.Server.Arch}}'
api GET /version | head -n 1 | jq -c 'keys'
api GET /v1.24/version | head -n 1 | jq -r '.Os'
### info
docker info --format '{{.OSType}} {{.Architecture}} {{.Driver}} {{.NCPU}} {{.MemTotal}} {{.CgroupDriver}} {{.CgroupVersion}} {{.LoggingDriver}} {{.DefaultRuntime}} {{.KernelVersion}}'
docker info --format '{{json .SecurityOptions}}'
### versions-refused
api GET /v1.5/containers/json
api GET /v1.99/containers/json
api GET /vx/containers/json
DOCKER_API_VERSION=1.12 docker ps
DOCKER_API_VERSION=1.99 docker ps
### versions-accepted
for v in 1.24 1.30 1.32 1.40 1.41; do code GET /v$v/containers/json; done
for v in 1.24 1.32 1.41; do
  export DOCKER_API_VERSION=$v
  docker ps -q | wc -l
  docker run --name r$v bb echo "run $v"; docker rm r$v; docker run --name cc$v bb sh -c 'exit 3'; echo $?
  docker inspect -f '{{.State.ExitCode}}' cc$v; docker images --format '{{.Repository}}' bb
  docker exec cc$v true; docker rm cc$v; docker network ls --format '{{.Name}}' | sort | tr '\n' ' '
done
### version-1.24-bodies
docker run -d --name ca bb sleep 100 >/dev/null
api GET /v1.24/containers/json | head -n 1 | jq -c '.[0] | keys'
api GET /v1.24/images/json | head -n 1 | jq -c '.[0] | keys'
api GET /v1.24/containers/ca/json | head -n 1 | jq -c 'keys'
api GET /v1.24/info | head -n 1 | jq -c 'type'
api GET /v1.41/containers/json | head -n 1 | jq -c '.[0] | keys'
api GET /v1.41/images/json | head -n 1 | jq -c '.[0] | keys'
### unknown-paths
api GET /v1.41/nosuch
api GET /
api POST /v1.41/containers/json
api DELETE /v1.41/info
api GET /v1.41/containers/a/nosuch
### create-bad-bodies
api POST /v1.41/containers/create
api POST /v1.41/containers/create ''
api POST /v1.41/containers/create '{'
api POST /v1.41/containers/create '{}'
api POST /v1.41/containers/create 'null'
api POST /v1.41/containers/create '[]'
api POST /v1.41/containers/create '{"Image":1}'
api POST /v1.41/containers/create '{"Image":"bb","Cmd":{"a":1}}'
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"Memory":"x"}}'
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"Memory":-1}}'
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"NanoCpus":-1}}'
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"Binds":["x"]}}'
api POST /v1.41/containers/create '{"Image":"bb","HostConfig":{"NetworkMode":"nosuch"}}' | tail -n 1
api POST /v1.41/containers/create '{"Image":"bb","Env":["=x"]}'
api POST /v1.41/containers/create '{"Image":""}'
api POST /v1.41/containers/create '{"Image":"nosuch:1"}'
api POST /v1.41/containers/create '{"Image":"../../etc"}'
api POST '/v1.41/containers/create?name=a%2Fb' '{"Image":"bb"}'
api POST '/v1.41/containers/create?name=%00' '{"Image":"bb"}'
api POST /v1.41/containers/create '{"Image":"bb","Unknown":1}' | tail -n 1
api POST /v1.41/containers/create '{"Image":"bb"} trailing' | tail -n 1
curl -sS --unix-socket "$socket" -X POST -H 'Content-Type: text/plain' -d '{"Image":"bb"}' -w '\n%{http_code}\n' http://d/v1.41/containers/create
docker ps -aq | wc -l
### deep-json
{ printf '{"Image":"bb","Labels":'; head -c 200000 /dev/zero | tr '\0' '['; } > "$scratch/deep"
code POST /v1.41/containers/create "@$scratch/deep"; rm -f "$scratch/deep"
docker run --rm bb echo alive
### huge-headers
curl -sS --unix-socket "$socket" -H "X-Big: $(head -c 100000 /dev/zero | tr '\0' a)" -o /dev/null -w '%{http_code}\n' http://d/_ping
curl -sS --unix-socket "$socket" -o /dev/null -w '%{http_code}\n' "http://d/_ping?$(head -c 100000 /dev/zero | tr '\0' a)"
### not-http
raw 'junk\r\n\r\n' | head -n 1
raw 'GET /_ping HTTP/1.1\r\n\r\n' | head -n 1
raw 'GET /_ping HTTP/1.0\r\n\r\n' | head -n 1
raw 'POST /containers/create HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{' | head -n 1
docker run --rm bb echo alive
### status-codes
docker run -d --name run bb sleep 100 >/dev/null; docker create --name new bb >/dev/null
for r in 'POST start' 'POST stop' 'POST kill' 'POST pause' 'POST unpause' 'POST restart' 'POST wait' 'GET json' 'GET top' 'GET stats' 'GET logs' 'GET changes' 'GET export' 'POST rename?name=x' 'POST update' 'POST exec' 'POST attach' 'GET archive?path=/'; do
  m=${r% *}; p=${r#* }; echo "$r: $(api $m /v1.41/containers/nosuch/$p | tr -d '\r' | tr '\n' ' ')"
done
api DELETE /v1.41/containers/nosuch
api DELETE /v1.41/containers/run
api POST /v1.41/containers/new/kill
api POST '/v1.41/containers/run/kill?signal=NOSUCH'
api POST /v1.41/containers/new/pause
api POST /v1.41/containers/run/unpause
api POST '/v1.41/containers/run/rename?name=new'
api POST '/v1.41/containers/run/rename'
api POST '/v1.41/containers/run/rename?name=/'
api POST /v1.41/containers/new/exec '{"Cmd":["true"]}'
api GET /v1.41/containers/new/top
api GET '/v1.41/containers/json?filters=%7B'
api GET '/v1.41/containers/json?filters=%7B%22nosuch%22%3A%5B%22a%22%5D%7D'
api GET '/v1.41/containers/json?limit=x'
api GET '/v1.41/images/nosuch/json'
api GET '/v1.41/images/nosuch/history'
api DELETE '/v1.41/images/nosuch'
api POST '/v1.41/images/create?fromImage=BAD'
api GET '/v1.41/volumes/nosuch'
api DELETE '/v1.41/volumes/nosuch'
api POST '/v1.41/volumes/create' '{"Name":"../x"}'
api GET '/v1.41/networks/nosuch'
api DELETE '/v1.41/networks/nosuch'
api POST '/v1.41/networks/create' '{"Name":""}'
api POST '/v1.41/networks/create' '{"Name":"x","Driver":"nosuch"}' | tail -n 1
api POST '/v1.41/build?remote=x' | tail -n 1
code GET '/v1.41/events?since=x'
### id-prefixes
id=$(docker create --name full bb)
docker inspect -f '{{.Name}}' "$id" "${id:0:12}" "${id:0:3}" full /full
docker inspect -f '{{.Name}}' "${id:0:12}x" FULL
docker rm full | tr -d '\n'
### versions-newer
for v in 1.44 1.48; do
  code GET /v$v/containers/json
  DOCKER_API_VERSION=$v docker run --name cv$v bb sh -c "echo run $v; exit 3"; echo $?
  DOCKER_API_VERSION=$v docker inspect -f '{{.State.ExitCode}}' cv$v
  DOCKER_API_VERSION=$v docker images --format '{{.Repository}}' bb
  DOCKER_API_VERSION=$v docker rm cv$v
done
### any-case
id=$(api POST /v1.41/containers/create '{"image":"bb","CMD":["true"],"hostConfig":{"tmpFs":{"/t":"rw"}},"LABELS":{"Kept":"as it is"}}' | head -n 1 | jq -r .Id)
docker inspect -f '{{json .Config.Cmd}} {{json .HostConfig.Tmpfs}} {{json .Config.Labels}}' "$id"
api POST /v1.41/volumes/create '{"name":"first","Name":"last","labels":{"L":"x"}}' | head -n 1 | jq -c '[.Name, .Labels]'
code POST /v1.41/networks/create '{"name":"anycase","ipam":{"config":[{"subnet":"10.66.0.0/24"}]}}'
docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' anycase
docker create --name joined bb | wc -l
code POST /v1.41/networks/anycase/connect '{"container":"joined","endpointConfig":{"ipamConfig":{"ipv4Address":"10.66.0.9"}}}'
code POST /v1.41/networks/anycase/connect '{"Container":"joined","EndpointConfig":{"IPAMConfig":{"IPv4Address":"10.66.0.7"}}}'
docker inspect -f '{{(index .NetworkSettings.Networks "anycase").IPAMConfig.IPv4Address}}' joined
### yes-and-no
code GET '/v1.41/networks?filters=%7B%22dangling%22:%5B%22true%22,%220%22%5D%7D'
code GET '/v1.41/networks?filters=%7B%22dangling%22:%5B%22true%22%5D%7D'
### system-df-images
api GET /v1.41/system/df | head -n 1 | jq -c '.Images[0] | keys'
