### cp-out
fresh; docker create --name ca bb >/dev/null
docker cp ca:/home/member/file $place/file; cat $place/file
docker cp ca:/data $place/new; listed $place/new
mkdir $place/there; docker cp ca:/data $place/there; listed $place/there
docker cp ca:/data/. $place/there; listed $place/there
docker cp ca:/bin/sh $place/link; readlink $place/link
docker cp -L ca:/bin/sh $place/followed; cmp $place/followed "$(command -v busybox)" && echo whole
docker cp ca:/home/member - | tar -tv --numeric-owner
docker cp ca:/home/member/file - | tar -tv --numeric-owner
docker cp ca:/home/member/. - | tar -tv --numeric-owner
docker cp ca:home/member/ - | tar -tv --numeric-owner
docker cp ca:/ - | tar -tv --numeric-owner | grep -v -E ' /?(bin|sys|proc|dev)/' | sed 's/^\(.\).*[0-9] /\1 /' | sort
docker cp -a ca:/home/member $place/archived; listed $place/archived
### cp-out-missing
fresh; docker create --name ca bb >/dev/null
docker cp ca:/nosuch $place/x
docker cp ca:/nosuch/deep - >/dev/null
docker cp ca:/home/member/file/ $place/x
docker cp ca:/data $place/nodirectory/x
docker cp nosuch:/data $place/x
docker cp ca:/data ca:/tmp
docker cp $place/a $place/b
for path in /nosuch /home/member/file/x ''; do api GET "/v1.41/containers/ca/archive?path=$path"; done
api GET /v1.41/containers/ca/archive
api GET '/v1.41/containers/nosuch/archive?path=/'
curl -sS -I -o /dev/null -w '%{http_code}\n' --unix-socket "$socket" 'http://d/v1.41/containers/ca/archive?path=/nosuch'
### cp-stat
docker create --name ca bb >/dev/null
for path in / /. /tmp /tmp/ /tmp/. /bin/sh /bin/sh/ /bin/busybox home/member/file /home/member/../member/file /bin/../data/. /etc/passwd//; do
  echo "$path $(stat_of ca "$path")"
done
### cp-types
fresh; docker run --name ca --cap-add MKNOD bb sh -c 'cd /data; mkdir -p d/e; echo one > d/file; ln d/file d/hard; ln -s file d/soft; ln -s /nosuch d/dangling
  mkfifo d/pipe; mknod d/null c 1 3; mknod d/loop b 7 9; dd if=/dev/zero of=d/holes bs=1 count=1 seek=1000000 2>/dev/null
  chmod 4755 d/file; chmod 2750 d/e; chown 12:34 d/soft d/pipe; find d -exec touch -h -d @86400 {} +' 
docker cp ca:/data/d - | tar -tv --numeric-owner | sort -k 6
docker cp ca:/data/d $place/d; listed $place/d
docker cp ca:/data/d - > $place/d.tar; docker cp - ca:/tmp < $place/d.tar
docker cp ca:/tmp/d - | tar -tv --numeric-owner | sort -k 6
### cp-in
fresh; docker run -d --name ca bb sleep 100 >/dev/null
echo one > $place/one; mkdir -p $place/dir/sub; echo two > $place/dir/sub/two; touch -d @86400 $place/one; chmod 640 $place/one; chown 7:8 $place/one
docker cp $place/one ca:/tmp; docker exec ca stat -c '%n %a %u:%g %s %Y' /tmp/one
docker cp $place/one ca:/tmp/renamed; docker exec ca cat /tmp/renamed
docker cp $place/dir ca:/tmp/newdir; docker exec ca find /tmp/newdir
docker cp $place/dir ca:/tmp; docker exec ca find /tmp/dir
docker cp $place/dir/. ca:/data; docker exec ca find /data
docker cp -a $place/one ca:/tmp/kept; docker exec ca stat -c '%n %a %u:%g' /tmp/kept
tar -C $place -c one dir | docker cp - ca:/home; docker exec ca find /home | sort
docker cp $place/one ca:/bin/sh; docker exec ca ls -l /bin/busybox | cut -c 1-10
docker cp --quiet $place/one ca:/tmp/q; echo $?
### cp-in-owner
fresh; docker create --name ca -u 1000 bb >/dev/null
echo one > $place/one; chown 7:8 $place/one
docker cp $place/one ca:/tmp/plain; docker cp -a $place/one ca:/tmp/asuser
docker cp ca:/tmp - | tar -tv --numeric-owner | grep -E 'plain|asuser' | awk '{print $1, $2}'
### cp-in-refused
fresh; docker run -d --name ca bb sleep 100 >/dev/null
echo one > $place/one; mkdir $place/dir; echo two > $place/dir/two
{ docker cp $place/one ca:/nosuch/deep; } 2>&1 | grep -v level=error
{ docker cp $place/nosuch ca:/tmp; } 2>&1 | grep -v level=error
{ docker cp $place/one ca:/tmp/no/; } 2>&1 | grep -v level=error
{ docker cp $place/dir ca:/etc/passwd; } 2>&1 | grep -v level=error
{ docker cp $place/one ca:/data/seed/; } 2>&1 | grep -v level=error
{ docker cp $place/one nosuch:/tmp; } 2>&1 | grep -v level=error
docker exec ca sh -c 'mkdir /tmp/one; echo x > /tmp/dir'
{ docker cp $place/one ca:/tmp; docker cp $place/dir ca:/tmp; } 2>&1 | grep -v level=error
tar -C $place -c one | put 'ca/archive?path=/tmp&noOverwriteDirNonDir=1'
tar -C $place -c dir | put 'ca/archive?path=/tmp&noOverwriteDirNonDir=true'
tar -C $place -c one dir | put 'ca/archive?path=/tmp'; docker exec ca find /tmp
tar -C $place -c one | put 'ca/archive?path=/etc/passwd'
tar -C $place -c one | put 'ca/archive?path=/nosuch'
tar -C $place -c one | put 'ca/archive'
tar -C $place -c one | put 'nosuch/archive?path=/tmp'
### cp-in-hostile
fresh; docker run -d --name ca bb sleep 100 >/dev/null
crafted ../../escape | put 'ca/archive?path=/tmp'
crafted /absolute | put 'ca/archive?path=/tmp'; docker exec ca cat /tmp/absolute
ln -s /tmp/out $place/link; mkdir $place/t; echo in > $place/t/x
docker exec ca sh -c 'mkdir /tmp/out; ln -s /../../../../tmp/out /tmp/link'
crafted link/x | put 'ca/archive?path=/tmp'; docker exec ca find /tmp/out; ls /tmp/out 2>/dev/null
crafted .wh.seed | put 'ca/archive?path=/data'; docker exec ca ls -A /data
head -c 700 /dev/zero | put 'ca/archive?path=/tmp'
printf not-an-archive | put 'ca/archive?path=/tmp' | tail -n 1
: | put 'ca/archive?path=/tmp'
tar -C $place -cz t | put 'ca/archive?path=/tmp'; docker exec ca cat /tmp/t/x
### cp-read-only
fresh; echo one > $place/one; echo h > $place/h; docker volume create vol >/dev/null
docker run -d --name ca --read-only --tmpfs /scratch -v vol:/vol -v $place:/host:ro bb sleep 100 >/dev/null
docker cp $place/one ca:/tmp
docker cp $place/one ca:/host
docker cp $place/one ca:/vol; docker exec ca cat /vol/one
docker cp ca:/host/h - | tar -xO
docker cp ca:/etc/hostname - | tar -t
tar -C $place -c one | put 'ca/archive?path=/tmp'
tar -C $place -c one | put 'ca/archive?path=/host'
### cp-mounts
fresh; mkdir $place/src; echo bound > $place/src/b; docker volume create vol >/dev/null
docker run --name ca -v vol:/vol -v $place/src:/src -v $place/src/b:/etc/onefile bb sh -c 'echo in > /vol/v; ln -s /vol/v /data/tovol'
docker cp ca:/vol - | tar -t; docker cp ca:/src/b - | tar -xO; docker cp ca:/etc/onefile - | tar -xO
docker cp -L ca:/data/tovol - | tar -xO
echo later > $place/later; docker cp $place/later ca:/src; cat $place/src/later
docker cp $place/later ca:/vol/w; docker run --rm -v vol:/v bb cat /v/w
docker cp ca:/src/../vol/. - | tar -t | sort
### cp-before-start
fresh; docker create --name ca -w /deep/er bb cat new >/dev/null; echo new > "$place/new"; docker cp "$place/new" ca:/deep/er/; docker start -a ca
docker create --name cb -w /data/x bb >/dev/null; docker cp cb:/data/x - | tar -t
### cp-states
sleep 1; start=$(date +%s); fresh; echo one > $place/one; docker run -d --name ca bb sh -c 'echo run > /tmp/live; sleep 100' >/dev/null; within 5 docker exec ca test -f /tmp/live
docker cp ca:/tmp/live - | tar -xO
docker pause ca >/dev/null; docker cp ca:/tmp/live - | tar -xO; docker cp $place/one ca:/tmp; docker unpause ca >/dev/null; docker exec ca cat /tmp/one
docker kill ca >/dev/null; docker cp ca:/tmp/live - | tar -xO; docker cp $place/one ca:/tmp/two; docker cp ca:/tmp/two - | tar -xO
docker start ca >/dev/null; docker exec ca cat /tmp/two
docker events --since $start --until $(($(date +%s) + 1)) --filter container=ca --format '{{.Action}}' 2>/dev/null | grep -E 'archive|extract|copy'
