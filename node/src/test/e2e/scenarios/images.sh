### images-list
docker images --format '{{.Repository}}:{{.Tag}}' | sort
docker images -q bb | wc -l
docker images --filter reference='b*' --format '{{.Repository}}'
docker images --filter label=maker --format '{{.Repository}}'
docker images --filter dangling=true -q | wc -l
docker images --filter nosuch=1
docker images nosuch -q
docker images --digests --format '{{.Digest}}' bb
docker images --filter before=entry --format '{{.Repository}}' | sort
### image-inspect
docker image inspect entry | jq -S '.[0] | del(.Id, .Created, .GraphDriver, .RootFS.Layers, .Size, .VirtualSize, .Metadata, .ContainerConfig, .Container, .DockerVersion, .Parent, .Descriptor)'
docker image inspect nosuch; echo $?
docker image inspect -f '{{len .RootFS.Layers}}' bb
### image-history
docker history --format '{{.CreatedBy}}|{{.Comment}}' bb
docker history nosuch; echo $?
### tag
docker tag bb other:2; docker images other --format '{{.Repository}}:{{.Tag}}'
docker tag bb localhost:5000/a/b:c; docker images localhost:5000/a/b --format '{{.Repository}}:{{.Tag}}'
docker tag nosuch x:1; docker tag bb 'UPPER'; docker tag bb 'a:b:c'; docker tag bb "$(printf 'a%.0s' $(seq 64))"
docker rmi other:2 localhost:5000/a/b:c; docker rmi other:2; echo $?
api POST '/v1.41/images/bb/tag?repo=Bad%20Name&tag=1'
api POST '/v1.41/images/bb/tag?repo=&tag=1'
### rmi
docker tag bb keep:1
docker create --name cu keep:1 >/dev/null
docker rmi keep:1; docker rm cu >/dev/null
docker create --name cu bb >/dev/null; docker rmi bb 2>&1 | sed -E 's/[0-9a-f]{12}/<id>/g'; docker run -d --name cv bb sleep 100 >/dev/null; docker rmi -f bb 2>&1 | sed -E 's/container [0-9a-f]{12}/container/'
docker rmi "$(docker images -q bb | cut -c1-12)" 2>&1 | head -n 3
docker rmi nosuch; docker rmi -f nosuch; echo $?
docker images -q bb | wc -l
### save-load
docker save bb -o "$scratch/bb.tar"; tar -tf "$scratch/bb.tar" | grep -E '^(manifest.json|repositories)$' | sort
docker tag bb saved:1; docker save saved:1 | gzip > "$scratch/s.tgz"; docker rmi saved:1 | head -n 1
docker load -i "$scratch/s.tgz"; docker run --rm saved:1 echo loaded; docker rmi saved:1 | head -n 1
docker load -q < "$scratch/bb.tar"
echo junk | docker load; echo $?
printf '' | docker load; echo $?
docker save nosuch; echo $?
tar -C "$scratch" -cf - bb.tar | docker load; echo $?
rm -f "$scratch/bb.tar" "$scratch/s.tgz"
### save-times
docker save bb > "$scratch/t.tar"; config=$(tar -xOf "$scratch/t.tar" manifest.json | sed 's/.*"Config":"\([^"]*\)".*/\1/')
made=$(date -u -d "$(docker inspect -f '{{.Created}}' bb)" '+%Y-%m-%d %H:%M:%S')
tar --utc --full-time -tvf "$scratch/t.tar" "$config" | grep -c "$made"; tar --utc --full-time -tvf "$scratch/t.tar" manifest.json | awk '{print $4}'
rm -f "$scratch/t.tar"
### import-bad
echo junk | docker import - bad:1; echo $?
docker import -c 'NOSUCH x' - bad:1 < /dev/null; echo $?
docker images bad -q | wc -l; docker images -q bad | xargs -r docker rmi >/dev/null
### pull-unreachable
docker pull localhost:1/nosuch; echo $?
docker pull 'BAD/name'; docker pull 'a:b:c'
### prune
docker import - tmp:1 < <(tar -cf - -T /dev/null) >/dev/null; docker tag bb tmp:1
docker image prune -f | head -n 2
docker volume create unused >/dev/null; docker volume prune -f
docker volume prune -af
docker create --name dead bb >/dev/null; docker container prune -f
docker network create unused >/dev/null; docker network prune -f
docker rmi tmp:1
