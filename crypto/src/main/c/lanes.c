/* Several sums at once, as many as this processor's vectors have lanes. */
#include "lanes.h"

#include "ed25519.h"

enum { MOST = 8 };

/* How many sums this processor makes at once. */
int metanode_ed25519_lanes(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    return 8;
  }
  if (__builtin_cpu_supports("avx2")) return 4;
#endif
  return 1;
}

/* How many hashes of SHA-512 it makes at once; 1 if that is not here. */
int metanode_sha2_lanes(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) return 8;
#endif
  return 1;
}

static void sums_of(int lanes, int64_t *out, const int64_t *const *keys, const int64_t *base,
                    const uint8_t *hashes, const uint8_t *signatures) {
  switch (lanes) {
#if defined(__x86_64__)
    case 8:
      sums_of_eight(out, keys, base, hashes, signatures);
      break;
    case 4:
      sums_of_four(out, keys, base, hashes, signatures);
      break;
#endif
    default:
      metanode_ed25519_sum(out, keys[0], base, hashes, signatures);
  }
}

/* S B - h A for up to eight signatures one after the other and their keys, in no more lanes at once
 * than asked for. There is room for eight; what is beyond the count is of no meaning. */
void metanode_ed25519_sums(int64_t *out, const int64_t *a, const int64_t *b, const int64_t *c,
                           const int64_t *d, const int64_t *e, const int64_t *f, const int64_t *g,
                           const int64_t *h, const int64_t *base, const uint8_t *hashes,
                           const uint8_t *signatures, int count, int lanes) {
  const int64_t *keys[MOST] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < count; i += lanes) {
    sums_of(count - i == 1 ? 1 : lanes, out + 3 * LIMBS * i, keys + i, base, hashes + 64 * i,
            signatures + 64 * i);
  }
}
