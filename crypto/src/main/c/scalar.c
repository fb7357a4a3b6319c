/* The order is 2^252 + c with c of 125 bits, so 2^252 is -c: what is above 252 bits is multiplied by
 * -c and folded in, three times, until nothing is above. */
#include "scalar.h"

#include <string.h>

typedef unsigned __int128 wide;

enum { WORDS = 4 };

static const uint64_t C[2] = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6};
static const uint64_t ORDER[WORDS] = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 1ULL << 60};

/* What of 512 bits is above the lowest 252. */
static void above(uint64_t *high, const uint64_t *x) {
  for (int i = 0; i < 5; i++) {
    high[i] = x[i + 3] >> 60 | (i < 4 ? x[i + 4] << 4 : 0);
  }
}

/* A number of 320 bits times c, in 512. */
static void times_c(uint64_t *product, const uint64_t *x) {
  memset(product, 0, 8 * sizeof(uint64_t));
  for (int i = 0; i < 5; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < 2; j++) {
      wide sum = (wide)x[i] * C[j] + product[i + j] + carry;
      product[i + j] = (uint64_t)sum;
      carry = (uint64_t)(sum >> 64);
    }
    for (int k = i + 2; carry != 0 && k < 8; k++) {
      product[k] += carry;
      carry = product[k] < carry;
    }
  }
}

/* x + y, or x - y, modulo 2^256. */
static void add(uint64_t *x, const uint64_t *y, int negative) {
  uint64_t carry = (uint64_t)negative;
  for (int i = 0; i < WORDS; i++) {
    wide sum = (wide)x[i] + (negative ? ~y[i] : y[i]) + carry;
    x[i] = (uint64_t)sum;
    carry = (uint64_t)(sum >> 64);
  }
}

static int at_least_order(const uint64_t *x) {
  for (int i = WORDS - 1; i >= 0; i--) {
    if (x[i] != ORDER[i]) return x[i] > ORDER[i];
  }
  return 1;
}

void scalar_reduce(uint8_t *reduced, const uint8_t *bytes) {
  uint64_t rest[8], high[5], sum[WORDS] = {0};
  memcpy(rest, bytes, sizeof rest);
  for (int fold = 0; fold < 4; fold++) {
    above(high, rest);
    rest[3] &= (1ULL << 60) - 1;
    add(sum, rest, fold % 2);
    times_c(rest, high);
  }
  /* Between -2^253 and 2^253. */
  while (sum[WORDS - 1] >> 63) add(sum, ORDER, 0);
  while (at_least_order(sum)) add(sum, ORDER, 1);
  memcpy(reduced, sum, sizeof sum);
}
