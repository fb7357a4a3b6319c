/* SHA-512 of eight messages at once with AVX-512. */
#if defined(__x86_64__)
#pragma GCC target("avx512f,avx512bw")

#include <immintrin.h>
#include <stdint.h>

enum { LANES = 8, ROUNDS = 80 };

typedef uint64_t word;
typedef __m512i lane;
typedef __mmask8 mask;

static const uint64_t START[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

static const uint64_t K[ROUNDS] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817
};

#define WIDE(operation) _mm512_##operation##_epi64
#define SUM_A(x) differ(TURN(x, 28), TURN(x, 34), TURN(x, 39))
#define SUM_E(x) differ(TURN(x, 14), TURN(x, 18), TURN(x, 41))
#define SIGMA_0(x) differ(TURN(x, 1), TURN(x, 8), WIDE(srli)(x, 7))
#define SIGMA_1(x) differ(TURN(x, 19), TURN(x, 61), WIDE(srli)(x, 6))

static inline lane reversed(lane x) {
  lane order = _mm512_set4_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607);
  return _mm512_shuffle_epi8(x, order);
}

/* Eight numbers in each of eight lanes, the other way round. */
static inline void transpose(lane *r) {
  lane a[LANES], b[LANES];
#pragma GCC unroll 4
  for (int i = 0; i < LANES; i += 2) {
    a[i] = _mm512_unpacklo_epi64(r[i], r[i + 1]);
    a[i + 1] = _mm512_unpackhi_epi64(r[i], r[i + 1]);
  }
#pragma GCC unroll 2
  for (int i = 0; i < LANES; i += 4) {
#pragma GCC unroll 2
    for (int k = 0; k < 2; k++) {
      b[i + k] = _mm512_shuffle_i64x2(a[i + k], a[i + k + 2], 0x88);
      b[i + k + 2] = _mm512_shuffle_i64x2(a[i + k], a[i + k + 2], 0xdd);
    }
  }
#pragma GCC unroll 4
  for (int i = 0; i < LANES / 2; i++) {
    r[i] = _mm512_shuffle_i64x2(b[i], b[i + 4], 0x88);
    r[i + 4] = _mm512_shuffle_i64x2(b[i], b[i + 4], 0xdd);
  }
}

static inline void load(lane w[16], const uint8_t *const at[LANES]) {
#pragma GCC unroll 8
  for (int i = 0; i < LANES; i++) {
    w[i] = reversed(_mm512_loadu_si512(at[i]));
    w[i + LANES] = reversed(_mm512_loadu_si512(at[i] + sizeof(lane)));
  }
  transpose(w);
  transpose(w + LANES);
}

static inline void save(uint8_t *hashes, lane state[8], int count) {
  transpose(state);
  for (int i = 0; i < count; i++) {
    _mm512_storeu_si512(hashes + (int64_t)sizeof(lane) * i, reversed(state[i]));
  }
}

#include "sha2.inc"

/* The hashes, 64 bytes each, of so many messages: with which of the blocks of 128 bytes each begins,
 * and how many it has. One without blocks gets a hash of no meaning. */
void metanode_sha512(uint8_t *hashes, const uint8_t *messages, const int32_t *first,
                     const int32_t *blocks, int count) {
  hash_all(hashes, messages, first, blocks, count);
}

#endif
