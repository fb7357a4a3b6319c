/* BLAKE3 in its keyed mode, of messages of 64 bytes, eight at once with AVX2: one compression each, as
 * in Blake3Pair.java. Messages and hashes are big-endian numbers of 64 bits, as Java has them. */
#if defined(__x86_64__)
#pragma GCC target("avx2")

#include <immintrin.h>
#include <stdint.h>

enum { LANES = 8, WORDS = 16, HALF = 8, ROUNDS = 7, FLAGS = 1 | 2 | 8 | 16 };

typedef __m256i lane;

static const uint8_t SCHEDULE[ROUNDS][WORDS] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
    {3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
    {10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
    {12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
    {9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
    {11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13}};

static const uint32_t START[4] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a};

static inline lane all(uint32_t x) { return _mm256_set1_epi32((int)x); }
static inline lane plus(lane x, lane y) { return _mm256_add_epi32(x, y); }
static inline lane differ(lane x, lane y) { return _mm256_xor_si256(x, y); }

static inline lane bytes(lane x, int64_t high, int64_t low) {
  return _mm256_shuffle_epi8(x, _mm256_set_epi64x(high, low, high, low));
}

static inline lane turn16(lane x) { return bytes(x, 0x0d0c0f0e09080b0a, 0x0504070601000302); }
static inline lane turn8(lane x) { return bytes(x, 0x0c0f0e0d080b0a09, 0x0407060500030201); }
static inline lane reversed(lane x) { return bytes(x, 0x08090a0b0c0d0e0f, 0x0001020304050607); }

static inline lane turn(lane x, int bits) {
  return _mm256_or_si256(_mm256_srli_epi32(x, bits), _mm256_slli_epi32(x, 32 - bits));
}

static inline void mix(lane *v, int a, int b, int c, int d, lane x, lane y) {
  v[a] = plus(plus(v[a], v[b]), x);
  v[d] = turn16(differ(v[d], v[a]));
  v[c] = plus(v[c], v[d]);
  v[b] = turn(differ(v[b], v[c]), 12);
  v[a] = plus(plus(v[a], v[b]), y);
  v[d] = turn8(differ(v[d], v[a]));
  v[c] = plus(v[c], v[d]);
  v[b] = turn(differ(v[b], v[c]), 7);
}

/* Eight numbers in each of eight lanes, the other way round. */
static inline void transpose(lane *r) {
  lane a[HALF], b[HALF];
  for (int i = 0; i < HALF; i += 2) {
    a[i] = _mm256_unpacklo_epi32(r[i], r[i + 1]);
    a[i + 1] = _mm256_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < HALF; i += 4) {
    b[i] = _mm256_unpacklo_epi64(a[i], a[i + 2]);
    b[i + 1] = _mm256_unpackhi_epi64(a[i], a[i + 2]);
    b[i + 2] = _mm256_unpacklo_epi64(a[i + 1], a[i + 3]);
    b[i + 3] = _mm256_unpackhi_epi64(a[i + 1], a[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    r[i] = _mm256_permute2x128_si256(b[i], b[i + 4], 0x20);
    r[i + 4] = _mm256_permute2x128_si256(b[i], b[i + 4], 0x31);
  }
}

static inline void load(lane *m, const int64_t *const at[LANES], int half) {
  for (int i = 0; i < LANES; i++) {
    m[i] = reversed(_mm256_loadu_si256((const lane *)(at[i] + 4 * half)));
  }
  transpose(m);
}

static void compress(const uint32_t *key, const int64_t *const at[LANES], int64_t *const to[LANES]) {
  lane v[WORDS], m[WORDS];
  load(m, at, 0);
  load(m + HALF, at, 1);
  for (int i = 0; i < HALF; i++) v[i] = all(key[i]);
  for (int i = 0; i < 4; i++) v[HALF + i] = all(START[i]);
  v[12] = v[13] = all(0);
  v[14] = all(64);
  v[15] = all(FLAGS);
#pragma GCC unroll 7
  for (int round = 0; round < ROUNDS; round++) {
    const uint8_t *s = SCHEDULE[round];
    mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
    mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
    mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
    mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
    mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
    mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
    mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
    mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
  }
  for (int i = 0; i < HALF; i++) v[i] = differ(v[i], v[i + HALF]);
  transpose(v);
  for (int i = 0; i < LANES; i++) _mm256_storeu_si256((lane *)to[i], reversed(v[i]));
}

/* The hashes, four numbers each, of so many messages of eight numbers each. */
void metanode_blake3_pairs(int64_t *hashes, const uint32_t *key, const int64_t *messages,
                           int count) {
  int64_t unused[4];
  for (int done = 0; done < count; done += LANES) {
    const int64_t *at[LANES];
    int64_t *to[LANES];
    for (int i = 0; i < LANES; i++) {
      int there = done + i < count;
      at[i] = messages + 8 * (there ? done + i : done);
      to[i] = there ? hashes + 4 * (done + i) : unused;
    }
    compress(key, at, to);
  }
}

#endif
