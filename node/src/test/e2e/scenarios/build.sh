### build-steps
f=$(context); cat > "$f/Dockerfile" <<'D'
FROM bb
ARG WHO=world
ENV A=1 B="two words" C=${A:-no}
WORKDIR /w
COPY . src/
RUN echo hello $WHO $B; ls src
LABEL x=$C y="z z"
EXPOSE 80 53/udp
USER member
VOLUME /data /more
STOPSIGNAL SIGINT
HEALTHCHECK --interval=5s --retries=2 CMD test -f /x
ONBUILD RUN touch /t
ENTRYPOINT ["cat"]
CMD ["/etc/passwd", "-"]
D
build -t made:1 -t made:2 --build-arg WHO=you "$f"
docker inspect -f '{{json .Config.Env}} {{json .Config.Cmd}} {{json .Config.Entrypoint}} {{json .Config.Labels}} {{json .Config.ExposedPorts}} {{json .Config.Volumes}} {{.Config.User}} {{.Config.WorkingDir}} {{.Config.StopSignal}} {{json .Config.Healthcheck}} {{json .Config.OnBuild}}' made:1
docker history --no-trunc --format '{{.CreatedBy}} {{.Size}}' made:1 | sed 's/\(file\|dir\):[0-9a-f]*/\1/' | grep -v '#(nop)'
build "$f" | grep -c 'Using cache'; docker rmi made:1 made:2 | grep -c Deleted
### build-cache-from
f=$(context); printf 'FROM bb\nENV A=1\nRUN echo a > /a\n' > "$f/Dockerfile"
build -t cf:1 "$f" >/dev/null
for from in cf:1 nosuch:1 bb; do build --cache-from "$from" -t cf:2 "$f" | grep -c 'Using cache'; docker rmi cf:2 >/dev/null; done
build -t cf:2 "$f" | grep -c 'Using cache'; docker rmi cf:1 cf:2 >/dev/null
### build-stages
f=$(context); cat > "$f/Dockerfile" <<'D'
FROM bb AS one
RUN mkdir /o && echo 1 > /o/f && ln -s f /o/l && ln -s /o/f /abs
FROM bb AS two
RUN echo 2 > /two
FROM bb
COPY --from=one /o /got/
COPY --from=0 /abs /named
COPY --from=two --chown=member:staff /two /etc/passwd /owned/
COPY --chown=nobody a.txt /n
COPY --chown=12 a.txt /num
COPY *.txt d*r/* /wild/
ADD in.tgz /x/
ADD in.tgz /y
COPY in.tgz /z/
COPY . /all
D
build -t made:1 "$f"
docker run --rm made:1 sh -c 'find /got /named /owned /n /num /wild /x /y /z /all -exec stat -c "%n %a %u:%g %F %N" {} + | sort'
build -t made:2 --target two "$f"; docker run --rm made:2 cat /two
### build-fails
f=$(context)
for d in 'FROM bb\nRUN exit 7' 'FROM bb\nRUN ["nosuch"]' 'FROM bb\nCOPY nosuch /' 'FROM bb\nCOPY a.txt dir /x' 'FROM bb\nCOPY dir /etc/passwd' 'FROM bb\nNOSUCH x' 'RUN x' 'FROM bb\nRUN' 'FROM bb\nENV a' 'FROM bb\nENV a=b c' 'FROM bb\nLABEL =x' 'FROM bb\nEXPOSE 0x' 'FROM bb\nHEALTHCHECK x' 'FROM bb\nONBUILD FROM x' 'FROM bb\nSHELL x' 'FROM bb AS 1' 'FROM a b' 'FROM bb\nRUN --x y' 'FROM bb\nCOPY --chown=nosuch a.txt /' 'FROM bb\nENV a="b' 'FROM bb\nWORKDIR ${x' 'FROM bb\nCOPY --from=7 / /' '# escape=x\nFROM bb' 'FROM scratch' '' 'FROM bb\nUSER' 'FROM bb\nVOLUME [""]' 'FROM bb\nSTOPSIGNAL nosuch' 'FROM ${none}'; do
  printf "$d\n" > "$f/Dockerfile"; echo "$d"; build --rm --force-rm "$f" | tail -n 1
done
build --target nosuch "$f" | tail -n 1; docker ps -aq | wc -l
### build-words
f=$(context); cat > "$f/Dockerfile" <<'D'
# escape=`
FROM bb
ENV q="a 'b' \"c" r='x $q' s=a\ b t=`$q u="`$q" v=${q:+set} w=${none:-$q} old value with blanks
ENV old value "with" $q
RUN echo "[$q] [$r] [$s] [$t] [$u] [$v] [$w] [$old]" `
# a comment
  && echo more
D
build -q "$f" >/dev/null; build "$f" | grep '^\[\|^more'
printf 'FROM bb\nENV a="x\\\n  y" b=1\nLABEL "k 1"="v$b" k2=v\\ 2\nEXPOSE $b 8${b}\nWORKDIR /a\nWORKDIR b/../c\nVOLUME ["/v$b", "/v 2"]\nCMD echo $b\n' > "$f/Dockerfile"; build -t made:1 "$f" | grep -v -- '--->'
docker inspect -f '{{json .Config.Env}} {{json .Config.Cmd}} {{json .Config.Labels}} {{json .Config.ExposedPorts}} {{json .Config.Volumes}} {{.Config.WorkingDir}}' made:1
### build-ignore
f=$(context); printf '# no\n**/*.md\n!dir/sub/keep.md\ndir/b*\n*.tgz\n' > "$f/.dockerignore"; echo k > "$f/dir/sub/keep.md"
printf 'FROM bb\nCOPY . /all\nRUN cd /all && find . -type f | sort\n' > "$f/Dockerfile"; build "$f" | grep '^\.'
tar -C "$f" -cf "$scratch/c.tar" .; for z in cat gzip bzip2; do $z < "$scratch/c.tar" | build - | tail -n 1; done
printf 'FROM bb\nRUN echo std\n' | build - | grep '^std'; printf 'FROM bb\nCOPY a.txt /\n' | build -f - "$f" | tail -n 1
### build-onbuild
f=$(context); printf 'FROM bb\nONBUILD COPY a.txt /t\nONBUILD RUN cat /t\n' > "$f/Dockerfile"; build -q -t made:1 "$f" | wc -c
printf 'FROM made:1\nRUN cat /t /t\n' > "$f/Dockerfile"; build "$f"
