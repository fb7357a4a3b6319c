/* Numbers modulo p = 2^255 - 19 in five signed limbs of 51 bits. Products are carried: no limb is
 * above 2^51. Operands may be sums of four such. Nothing here is secret: time tells all. */
#ifndef METANODE_FIELD_H
#define METANODE_FIELD_H

#include <stdint.h>

#define LIMBS 5
#define BITS 51
#define MASK ((1LL << BITS) - 1)

typedef int64_t field[LIMBS];

void field_multiply(field r, const field x, const field y);
void field_square(field r, const field x);

/* x^(2^252 - 3), that is, x^((p - 5) / 8). */
void field_root(field r, const field x);

/* 1 / x, and 0 of 0. */
void field_inverse(field r, const field x);

/* 32 bytes, little-endian; the top bit is left out. */
void field_unpack(field r, const uint8_t *bytes);

/* Limbs between 0 and 2^51, of a number below 2^255 that is equal modulo p. */
void field_settle(field r);

/* The number below p. */
void field_pack(uint8_t *bytes, const field x);

static inline void field_add(field r, const field x, const field y) {
  for (int i = 0; i < LIMBS; i++) r[i] = x[i] + y[i];
}

static inline void field_subtract(field r, const field x, const field y) {
  for (int i = 0; i < LIMBS; i++) r[i] = x[i] - y[i];
}

static inline void field_copy(field r, const field x) {
  for (int i = 0; i < LIMBS; i++) r[i] = x[i];
}

#endif
