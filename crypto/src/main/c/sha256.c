/* SHA-256 of sixteen messages at once with AVX-512. */
#if defined(__x86_64__)
#pragma GCC target("avx512f,avx512bw")

#include <immintrin.h>
#include <stdint.h>

enum { LANES = 16, ROUNDS = 64 };

typedef uint32_t word;
typedef __m512i lane;
typedef __mmask16 mask;

static const word START[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const word K[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define WIDE(operation) _mm512_##operation##_epi32
#define SUM_A(x) differ(TURN(x, 2), TURN(x, 13), TURN(x, 22))
#define SUM_E(x) differ(TURN(x, 6), TURN(x, 11), TURN(x, 25))
#define SIGMA_0(x) differ(TURN(x, 7), TURN(x, 18), WIDE(srli)(x, 3))
#define SIGMA_1(x) differ(TURN(x, 17), TURN(x, 19), WIDE(srli)(x, 10))

static inline lane reversed(lane x) {
  lane order = _mm512_set4_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
  return _mm512_shuffle_epi8(x, order);
}

/* Sixteen numbers in each of sixteen lanes, the other way round. */
static inline void transpose(lane *r) {
  lane a[LANES], b[LANES];
#pragma GCC unroll 8
  for (int i = 0; i < LANES; i += 2) {
    a[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < LANES; i += 4) {
    b[i] = _mm512_unpacklo_epi64(a[i], a[i + 2]);
    b[i + 1] = _mm512_unpackhi_epi64(a[i], a[i + 2]);
    b[i + 2] = _mm512_unpacklo_epi64(a[i + 1], a[i + 3]);
    b[i + 3] = _mm512_unpackhi_epi64(a[i + 1], a[i + 3]);
  }
#pragma GCC unroll 2
  for (int i = 0; i < LANES; i += 8) {
#pragma GCC unroll 4
    for (int k = 0; k < 4; k++) {
      a[i + k] = _mm512_shuffle_i32x4(b[i + k], b[i + k + 4], 0x88);
      a[i + k + 4] = _mm512_shuffle_i32x4(b[i + k], b[i + k + 4], 0xdd);
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < LANES / 2; i++) {
    r[i] = _mm512_shuffle_i32x4(a[i], a[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(a[i], a[i + 8], 0xdd);
  }
}

static inline void load(lane w[16], const uint8_t *const at[LANES]) {
#pragma GCC unroll 16
  for (int i = 0; i < LANES; i++) w[i] = reversed(_mm512_loadu_si512(at[i]));
  transpose(w);
}

static inline void save(uint8_t *hashes, const lane state[8], int count) {
  lane r[LANES];
  for (int i = 0; i < LANES; i++) r[i] = i < 8 ? state[i] : _mm512_setzero_si512();
  transpose(r);
  for (int i = 0; i < count; i++) {
    _mm256_storeu_si256((__m256i *)(hashes + (int64_t)sizeof(__m256i) * i),
                        _mm512_castsi512_si256(reversed(r[i])));
  }
}

#include "sha2.inc"

/* The hashes, 32 bytes each, of so many messages: with which of the blocks of 64 bytes each begins,
 * and how many it has. One without blocks gets a hash of no meaning. */
void metanode_sha256(uint8_t *hashes, const uint8_t *messages, const int32_t *first,
                     const int32_t *blocks, int count) {
  hash_all(hashes, messages, first, blocks, count);
}

#endif
