/* Four sums at once with AVX2. Numbers have ten limbs of 26 and 25 bits in turn (Bernstein,
 * "Curve25519", 2006), whose products fit the 64 bits of a lane: two limbs are one of field.h. */
#if defined(__x86_64__)
#pragma GCC target("avx2")

#include <immintrin.h>
#include <stdlib.h>

#include "ed25519.h"
#include "lanes.h"
#include "scalar.h"

#define LANES 4
#define LOW 26
#define HIGH 25
#define LOW_MASK ((1LL << LOW) - 1)
#define HIGH_MASK ((1LL << HIGH) - 1)

enum { SHORT_LIMBS = 10 };

typedef __m256i lane;

/* Reduced: limbs below 2^26 and 2^25, the second a little above. Multiply takes limbs below 2^29 and
 * 2^28 on its left, 2^27.7 and 2^26.7 on its right. */
typedef struct { lane limb[SHORT_LIMBS]; } number;

static inline lane all(int64_t x) { return _mm256_set1_epi64x(x); }
static inline lane plus(lane x, lane y) { return _mm256_add_epi64(x, y); }
static inline lane times(lane x, lane y) { return _mm256_mul_epu32(x, y); }
static inline lane bits(int i) { return all(i % 2 == 0 ? LOW_MASK : HIGH_MASK); }

static inline lane above(lane x, int i) {
  return i % 2 == 0 ? _mm256_srli_epi64(x, LOW) : _mm256_srli_epi64(x, HIGH);
}

static inline lane nineteen(lane x) {
  return plus(plus(x, _mm256_add_epi64(x, x)), _mm256_slli_epi64(x, 4));
}

static inline void pass(lane *h, int i) {
  lane c = above(h[i], i);
  h[i] = _mm256_and_si256(h[i], bits(i));
  if (i == SHORT_LIMBS - 1) {
    h[0] = plus(h[0], nineteen(c));
  } else {
    h[i + 1] = plus(h[i + 1], c);
  }
}

/* Two chains of carries side by side. */
static inline void reduce(number *r, lane *h) {
  for (int i = 0; i < 5; i++) {
    pass(h, i);
    pass(h, i + 5);
  }
  pass(h, 0);
  pass(h, 5);
  for (int i = 0; i < SHORT_LIMBS; i++) r->limb[i] = h[i];
}

/* Keeps the compiler from making all products before it adds any, for which there are no registers. */
static inline void hold(lane *h) {
#pragma GCC unroll 10
  for (int i = 0; i < SHORT_LIMBS; i++) __asm__ volatile("" : "+x"(h[i]));
}

/* Row by row: ten sums stay in registers. */
static void number_multiply(number *r, const number *x, const number *y) {
  lane folded[SHORT_LIMBS], h[SHORT_LIMBS];
#pragma GCC unroll 10
  for (int i = 1; i < SHORT_LIMBS; i++) folded[i] = times(y->limb[i], all(19));
#pragma GCC unroll 10
  for (int i = 0; i < SHORT_LIMBS; i++) {
    lane once = x->limb[i];
    lane doubled = plus(once, once);
#pragma GCC unroll 10
    for (int j = 0; j < SHORT_LIMBS; j++) {
      int k = i + j;
      lane product = times(i % 2 == 1 && j % 2 == 1 ? doubled : once,
                           k >= SHORT_LIMBS ? folded[j] : y->limb[j]);
      k %= SHORT_LIMBS;
      h[k] = i == 0 ? product : plus(h[k], product);
    }
    hold(h);
  }
  reduce(r, h);
}

static void number_square(number *r, const number *x) {
  lane folded[SHORT_LIMBS], h[SHORT_LIMBS];
#pragma GCC unroll 10
  for (int i = 1; i < SHORT_LIMBS; i++) folded[i] = times(x->limb[i], all(19));
#pragma GCC unroll 10
  for (int i = 0; i < SHORT_LIMBS; i++) h[i] = all(0);
#pragma GCC unroll 10
  for (int i = 0; i < SHORT_LIMBS; i++) {
    lane once = x->limb[i];
    lane doubled = plus(once, once);
    lane again = plus(doubled, doubled);
#pragma GCC unroll 10
    for (int j = i; j < SHORT_LIMBS; j++) {
      int odd = i % 2 == 1 && j % 2 == 1;
      lane left = i == j ? (odd ? doubled : once) : odd ? again : doubled;
      int k = i + j;
      h[k % SHORT_LIMBS] =
          plus(h[k % SHORT_LIMBS], times(left, k >= SHORT_LIMBS ? folded[j] : x->limb[j]));
    }
    hold(h);
  }
  reduce(r, h);
}

static inline void number_add(number *r, const number *x, const number *y) {
  for (int i = 0; i < SHORT_LIMBS; i++) r->limb[i] = plus(x->limb[i], y->limb[i]);
}

/* x + 2 p - y */
static inline void number_subtract(number *r, const number *x, const number *y) {
  for (int i = 0; i < SHORT_LIMBS; i++) {
    lane twice_p = all(2 * (i == 0 ? LOW_MASK - 18 : i % 2 == 0 ? LOW_MASK : HIGH_MASK));
    r->limb[i] = _mm256_sub_epi64(plus(x->limb[i], twice_p), y->limb[i]);
  }
}

static void number_reduce(number *r) {
  lane h[SHORT_LIMBS];
  for (int i = 0; i < SHORT_LIMBS; i++) h[i] = r->limb[i];
  reduce(r, h);
}

static inline void number_negate(number *r, const int lanes[LANES]) {
  number zero, minus;
  lane chosen = _mm256_set_epi64x(-lanes[3], -lanes[2], -lanes[1], -lanes[0]);
  for (int i = 0; i < SHORT_LIMBS; i++) zero.limb[i] = all(0);
  number_subtract(&minus, &zero, r);
  for (int i = 0; i < SHORT_LIMBS; i++) {
    r->limb[i] = _mm256_blendv_epi8(r->limb[i], minus.limb[i], chosen);
  }
}

static inline void load(number *r, const int64_t *const at[LANES]) {
  lane a = _mm256_loadu_si256((const lane *)at[0]);
  lane b = _mm256_loadu_si256((const lane *)at[1]);
  lane c = _mm256_loadu_si256((const lane *)at[2]);
  lane d = _mm256_loadu_si256((const lane *)at[3]);
  lane ab = _mm256_unpacklo_epi64(a, b), cd = _mm256_unpacklo_epi64(c, d);
  lane AB = _mm256_unpackhi_epi64(a, b), CD = _mm256_unpackhi_epi64(c, d);
  lane limbs[LIMBS] = {
      _mm256_permute2x128_si256(ab, cd, 0x20), _mm256_permute2x128_si256(AB, CD, 0x20),
      _mm256_permute2x128_si256(ab, cd, 0x31), _mm256_permute2x128_si256(AB, CD, 0x31),
      _mm256_set_epi64x(at[3][4], at[2][4], at[1][4], at[0][4])};
  for (int i = 0; i < LIMBS; i++) {
    r->limb[2 * i] = _mm256_and_si256(limbs[i], all(LOW_MASK));
    r->limb[2 * i + 1] = _mm256_srli_epi64(limbs[i], LOW);
  }
}

static inline void number_twice(number *r, const number *x) { number_add(r, x, x); }

static inline void load_entry(number *sum, number *difference, number *product,
                              const entry *const at[LANES], const int negative[LANES]) {
  const int64_t *first[LANES], *second[LANES], *third[LANES];
  for (int i = 0; i < LANES; i++) {
    first[i] = negative[i] ? at[i]->difference : at[i]->sum;
    second[i] = negative[i] ? at[i]->sum : at[i]->difference;
    third[i] = at[i]->product;
  }
  load(sum, first);
  load(difference, second);
  load(product, third);
  number_negate(product, negative);
}

static void store(int64_t *const at[LANES], const number *x) {
  for (int i = 0; i < LIMBS; i++) {
    int64_t limbs[LANES];
    _mm256_storeu_si256((lane *)limbs,
                        plus(x->limb[2 * i], _mm256_slli_epi64(x->limb[2 * i + 1], LOW)));
    for (int k = 0; k < LANES; k++) at[k][i] = limbs[k];
  }
}

#include "lanes.inc"

void sums_of_four(int64_t *out, const int64_t *const keys[LANES], const int64_t *base,
                  const uint8_t *hashes, const uint8_t *signatures) {
  sums(out, keys, base, hashes, signatures);
}

#endif
