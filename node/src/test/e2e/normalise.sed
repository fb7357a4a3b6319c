# What differs from run to run: ids, digests, times, sizes, pids, addresses.
s/sha256:[0-9a-f]{64}/<digest>/g
s/\b[0-9a-f]{64}\b/<id>/g
s/\b[0-9a-f]{12}\b/<id>/g
s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})/<time>/g
s/(About )?(a|an|[0-9]+|Less than a) (second|minute)s?( ago)?/<age>/g
s/\b[0-9]+(\.[0-9]+)?(B|kB|MB|GB)\b/<size>/g
s/172\.17\.0\.[0-9]+/<address>/g
s/\/tmp\/[A-Za-z0-9._-]+\//<tmp>\//g
s/[ \t]+$//
