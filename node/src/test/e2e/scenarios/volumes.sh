# Options of the volume driver local, and what volumes are asked for by --mount.
### volume-options
fresh; mkdir $place/src; echo bound > $place/src/f
docker volume create -o type=none -o o=bind -o device=$place/src bound
docker volume create -o type=tmpfs -o device=tmpfs -o o=size=1m,uid=1000,mode=700 small
docker run --rm -v bound:/b -v small:/s bb sh -c 'cat /b/f; echo in > /b/g; stat -c "%a %u" /s; dd if=/dev/zero of=/s/x bs=1M count=2 2>&1 | tail -n 1 | cut -c1-0; stat -c %s /s/x; grep " /s " /proc/mounts | cut -d" " -f3'
cat $place/src/g; docker volume inspect -f '{{json .Options}}' bound small
docker create --name ca -v bound:/b bb >/dev/null; docker cp ca:/b/f - | tar -xO; docker rm ca >/dev/null
docker volume rm bound small; ls $place/src; grep -c "$place" /proc/mounts
### volume-options-bad
docker volume create -o nosuch=1 va; docker volume create -o type=tmpfs va; docker volume create -o device=tmpfs va; docker volume create -o o=ro va
docker volume create -o size=1m va
docker volume create -o type=nosuchfs -o device=x vb; docker run --rm -v vb:/b bb true 2>&1 | sed 's/.*: //'; docker run --rm -v vb:/b bb true >/dev/null 2>&1; echo $?; docker volume rm vb
docker volume create -o type=none -o o=bind -o device=/nosuch/dir vc; docker run --rm -v vc:/b bb true 2>&1 | grep -o 'no such file or directory' | tail -n 1; docker volume rm vc
### volume-mount-option
docker run --rm --mount 'type=volume,src=lab,dst=/data,volume-label=a=b,volume-label=c' bb cat /data/seed; docker volume inspect -f '{{json .Labels}}' lab
docker run --rm --mount 'type=volume,src=nocopy,dst=/data,volume-nocopy' bb ls /data
docker run --rm --mount 'type=volume,src=lab,dst=/data,readonly' bb touch /data/x
docker run --rm --mount 'type=volume,src=opt,dst=/t,volume-driver=local,volume-opt=type=tmpfs,volume-opt=device=tmpfs' bb sh -c 'grep " /t " /proc/mounts | cut -d" " -f3'
docker volume ls -q | sort; docker volume ls -q --filter label=a=b; docker volume ls -q --filter dangling=true | wc -l; docker volume ls -q --filter name=oco
### volume-prune
docker volume create --label keep=yes kept >/dev/null; docker volume create gone >/dev/null; docker create --name ca -v used:/u -v /anonymous bb >/dev/null
docker volume prune -f --filter label!=keep; docker volume prune -af --filter label!=keep | head -n 2; docker volume ls -q | grep -v -E '^[0-9a-f]{64}$' | sort
docker rm ca >/dev/null; docker volume prune -f | head -n 1; docker volume ls -q | sort
### image-mounts
fresh; mkdir $place/files; echo word > $place/files/f; mkdir $place/files/d; echo deep > $place/files/d/g; ln -s d $place/files/in; ln -s ../../../../etc $place/files/out
tar -C $place/files -cf - . | docker import - files >/dev/null
docker create --name ca --mount type=image,source=files,target=/x bb sh -c 'ls /x; cat /x/f; touch /x/new; grep -c " /x overlay ro" /proc/mounts' >/dev/null; docker start -a ca; docker diff ca; docker cp ca:/x/f - | tar -xO; docker cp $place/files/f ca:/x/h
docker inspect -f '{{json .Mounts}} {{json .HostConfig.Mounts}}' ca
docker rmi files; docker rmi -f files | head -n 1; docker start -a ca; docker run --rm --volumes-from ca bb ls /x
tar -C $place/files -cf - . | docker import - files >/dev/null
docker run --rm --mount type=image,source=files,target=/x,image-subpath=d bb ls /x; docker run --rm --mount type=image,source=files,target=/x,image-subpath=in/g bb cat /x
for part in out no ../d /d; do docker create --name cb --mount type=image,source=files,target=/x,image-subpath=$part bb >/dev/null && { api POST /v1.48/containers/cb/start; docker rm cb; }; done
docker run --rm --mount type=image,source=nosuch,target=/x bb true
mount() { code POST "/v$1/containers/create" "{\"Image\":\"bb\",\"HostConfig\":{\"Mounts\":[$2]}}"; }
mount 1.47 '{"Type":"image","Source":"files","Target":"/x"}'; mount 1.48 '{"Type":"image","Source":"","Target":"/x"}'; mount 1.48 '{"Type":"image","Source":"files","Target":"/x","VolumeOptions":{}}'; mount 1.44 '{"Type":"volume","Source":"v","Target":"/x","VolumeOptions":{"Subpath":"d"}}'
docker rm ca; docker rmi files >/dev/null; docker volume ls -q
### mounts-checked
mount() { api POST "/v1.48/containers/create" "{\"Image\":\"bb\",\"HostConfig\":{\"Mounts\":[$1]}}" | head -n 1; }
mount '{"Type":"bind","Source":"/tmp","Target":""}'; mount '{"Type":"volume","Source":"v","Target":"/"}'; mount '{"Type":"tmpfs","Target":"x"}'; mount '{"Type":"other","Target":"/x"}'; mount '{"Target":"/x"}'
mount '{"Type":"bind","Target":"/x","VolumeOptions":{}}'; mount '{"Type":"bind","Source":"/tmp","Target":"/x","BindOptions":{"Propagation":"odd"}}'; mount '{"Type":"volume","Target":"/x","ReadOnly":true}'; mount '{"Type":"tmpfs","Source":"/y","Target":"/x"}'
### parts-of-volumes
docker run --rm -v va:/v bb sh -c 'mkdir /v/d /v/e; echo f > /v/d/f; ln -s d /v/in; ln -s /etc /v/out; ln -s ../../../../etc /v/up'
docker run --rm --mount type=volume,src=va,dst=/x,volume-subpath=in bb ls /x; docker run --rm --mount type=volume,src=va,dst=/x,volume-subpath=e/../d bb ls /x
for part in out up no; do docker create --name cb --mount type=volume,src=va,dst=/x,volume-subpath=$part bb >/dev/null; api POST /v1.48/containers/cb/start | sed 's/base: [^ ]*/base/'; docker rm cb; done
docker run --rm --mount type=volume,src=va,dst=/data,volume-subpath=e bb ls /data; docker run --rm --mount type=volume,src=va,dst=/data,volume-subpath=d bb ls /data; docker run --rm -v va:/v bb ls /v/e
docker create --name ca --mount type=volume,src=va,dst=/x,volume-subpath=d bb >/dev/null; docker run --rm --volumes-from ca bb ls /x; docker cp ca:/x/f - | tar -xO
