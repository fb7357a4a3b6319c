# What differs from run to run: ids, digests, times, sizes, pids, addresses.
s/sha256:[0-9a-f]{64}/<digest>/g
s/\b[0-9a-f]{64}\b/<id>/g
s/\b[0-9a-f]{12}(x?)\b/<id>\1/g
s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})/<time>/g
s/(About )?(a|an|[0-9]+|Less than a) (second|minute)s?( ago)?/<age>/g
s/\b[0-9]+(\.[0-9]+)?(B|kB|MB|GB)\b/<size>/g
s/172\.(1[6-9]|2[0-9]|3[01])\.[0-9]+\.[0-9]+/<address>/g
# What later Docker versions say otherwise than 20.10; DockLock follows the later.
s/failed to create task for container: //
s/^([a-f0-9]+::)0\t/\1\t/
s/(")Config cannot/\1config cannot/
s/\b(Container|Invalid filter|Cannot kill|Range of|Unable to find group|Cannot mkdir|Invalid IPC mode|Invalid signal|No command|Invalid hostname)\b/\L\1/g
s/\/tmp\/[A-Za-z0-9._-]+\//<tmp>\//g
s/\/(docker|metanode-[0-9a-f]{8})\/<id>/\/<group>\/<id>/g
s/<tmp>\/[^ "]*\/volumes\//<tmp>\/volumes\//g
s/<tmp>\/([^ "]*\/)?scratch\//<scratch>\//g
s/<tmp>\/[^ "]*\/<id>(-[0-9]+)?\/merged/<root>/g
s/[ \t\r]+$//
