/* Eight sums at once with AVX-512 IFMA, whose instructions add the low or the high 52 bits of a product
 * of two numbers of 52 bits (Gueron and Krasnov, "Accelerating big integer arithmetic using Intel IFMA
 * extensions", 2016). Numbers have the limbs of field.h. */
#if defined(__x86_64__)
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512ifma")

#include <immintrin.h>
#include <stdlib.h>

#include "ed25519.h"
#include "lanes.h"
#include "scalar.h"

#define LANES 8

/* Calls cost a twentieth of all. */
#define INLINE inline __attribute__((always_inline))

typedef __m512i lane;

/* Reduced: limbs below 2^51 + 2^14. Multiply takes limbs below 2^52, and so everything is reduced. */
typedef struct { lane limb[LIMBS]; } number;

static inline lane all(int64_t x) { return _mm512_set1_epi64(x); }
static inline lane plus(lane x, lane y) { return _mm512_add_epi64(x, y); }
static inline lane low(lane sum, lane x, lane y) { return _mm512_madd52lo_epu64(sum, x, y); }
static inline lane high(lane sum, lane x, lane y) { return _mm512_madd52hi_epu64(sum, x, y); }

/* Of limbs below 600 times 2^51: all carries at once. */
static inline void reduce(number *r, const lane *h) {
  lane carry[LIMBS];
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
    carry[i] = _mm512_srli_epi64(h[i], BITS);
    r->limb[i] = _mm512_and_si512(h[i], all(MASK));
  }
  r->limb[0] = low(r->limb[0], carry[LIMBS - 1], all(19));
#pragma GCC unroll 4
  for (int i = 1; i < LIMBS; i++) r->limb[i] = plus(r->limb[i], carry[i - 1]);
}

/* Ten sums of at most fifteen numbers of 52 bits each, of which the upper five count 19 times. */
static inline void fold(number *r, const lane *sums) {
  lane h[LIMBS];
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
    h[i] = plus(sums[i], _mm512_mullo_epi64(sums[i + LIMBS], all(19)));
  }
  reduce(r, h);
}

static inline void twofold(lane *sums) {
#pragma GCC unroll 10
  for (int i = 0; i < 2 * LIMBS; i++) sums[i] = plus(sums[i], sums[i]);
}

/* The high half of a product has the weight 2^52, twice that of the next limb. */
static INLINE void number_multiply(number *r, const number *x, const number *y) {
  lane sums[2 * LIMBS];
#pragma GCC unroll 10
  for (int i = 0; i < 2 * LIMBS; i++) sums[i] = all(0);
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
#pragma GCC unroll 5
    for (int j = 0; j < LIMBS; j++) sums[i + j + 1] = high(sums[i + j + 1], x->limb[i], y->limb[j]);
  }
  twofold(sums);
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
#pragma GCC unroll 5
    for (int j = 0; j < LIMBS; j++) sums[i + j] = low(sums[i + j], x->limb[i], y->limb[j]);
  }
  fold(r, sums);
}

/* Products of two different limbs count twice. */
static INLINE void number_square(number *r, const number *x) {
  lane sums[2 * LIMBS];
#pragma GCC unroll 10
  for (int i = 0; i < 2 * LIMBS; i++) sums[i] = all(0);
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
#pragma GCC unroll 5
    for (int j = i + 1; j < LIMBS; j++) {
      sums[i + j + 1] = high(sums[i + j + 1], x->limb[i], x->limb[j]);
    }
  }
  twofold(sums);
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) {
    sums[2 * i + 1] = high(sums[2 * i + 1], x->limb[i], x->limb[i]);
#pragma GCC unroll 5
    for (int j = i + 1; j < LIMBS; j++) sums[i + j] = low(sums[i + j], x->limb[i], x->limb[j]);
  }
  twofold(sums);
#pragma GCC unroll 5
  for (int i = 0; i < LIMBS; i++) sums[2 * i] = low(sums[2 * i], x->limb[i], x->limb[i]);
  fold(r, sums);
}

static inline void number_add(number *r, const number *x, const number *y) {
  lane h[LIMBS];
  for (int i = 0; i < LIMBS; i++) h[i] = plus(x->limb[i], y->limb[i]);
  reduce(r, h);
}

/* 2 p - x, of limbs below 2^52. */
static inline lane minus(lane x, int i) {
  return _mm512_sub_epi64(all(2 * (i == 0 ? MASK - 18 : MASK)), x);
}

static inline void number_subtract(number *r, const number *x, const number *y) {
  lane h[LIMBS];
  for (int i = 0; i < LIMBS; i++) h[i] = plus(x->limb[i], minus(y->limb[i], i));
  reduce(r, h);
}

static inline void number_reduce(number *r) { (void)r; }

/* Left to be reduced by what it is added to. */
static inline void number_twice(number *r, const number *x) {
  for (int i = 0; i < LIMBS; i++) r->limb[i] = plus(x->limb[i], x->limb[i]);
}

/* The first four limbs at two places. */
static inline lane pair(const int64_t *x, const int64_t *y) {
  lane low = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)x));
  return _mm512_inserti64x4(low, _mm256_loadu_si256((const __m256i *)y), 1);
}

/* Four limbs at each place, lane by lane. */
static inline void turn(lane *r, const int64_t *const at[LANES]) {
  lane a = pair(at[0], at[2]), b = pair(at[1], at[3]);
  lane c = pair(at[4], at[6]), d = pair(at[5], at[7]);
  lane ab = _mm512_unpacklo_epi64(a, b), cd = _mm512_unpacklo_epi64(c, d);
  lane AB = _mm512_unpackhi_epi64(a, b), CD = _mm512_unpackhi_epi64(c, d);
  r[0] = _mm512_shuffle_i64x2(ab, cd, 0x88);
  r[1] = _mm512_shuffle_i64x2(AB, CD, 0x88);
  r[2] = _mm512_shuffle_i64x2(ab, cd, 0xdd);
  r[3] = _mm512_shuffle_i64x2(AB, CD, 0xdd);
}

static inline void load(number *r, const int64_t *const at[LANES]) {
  turn(r->limb, at);
  r->limb[4] = _mm512_set_epi64(at[7][4], at[6][4], at[5][4], at[4][4], at[3][4], at[2][4], at[1][4],
                                at[0][4]);
}

static inline void load_entry(number *sum, number *difference, number *product,
                              const entry *const at[LANES], const int negative[LANES]) {
  lane limbs[3 * LIMBS];
  const int64_t *from[LANES];
  __m256i flags = _mm256_loadu_si256((const __m256i *)negative);
  __mmask8 chosen = _mm256_test_epi32_mask(flags, flags);
  for (int part = 0; part < 4; part++) {
    int first = part < 3 ? 4 * part : 3 * LIMBS - 4;
    for (int i = 0; i < LANES; i++) from[i] = at[i]->sum + first;
    turn(limbs + first, from);
  }
  for (int i = 0; i < LIMBS; i++) {
    lane x = limbs[i], y = limbs[LIMBS + i], z = limbs[2 * LIMBS + i];
    sum->limb[i] = _mm512_mask_mov_epi64(x, chosen, y);
    difference->limb[i] = _mm512_mask_mov_epi64(y, chosen, x);
    product->limb[i] = _mm512_mask_mov_epi64(z, chosen, minus(z, i));
  }
}

static void store(int64_t *const at[LANES], const number *x) {
  for (int i = 0; i < LIMBS; i++) {
    int64_t limbs[LANES];
    _mm512_storeu_si512(limbs, x->limb[i]);
    for (int k = 0; k < LANES; k++) at[k][i] = limbs[k];
  }
}

#include "lanes.inc"

void sums_of_eight(int64_t *out, const int64_t *const keys[LANES], const int64_t *base,
                   const uint8_t *hashes, const uint8_t *signatures) {
  sums(out, keys, base, hashes, signatures);
}

#endif
