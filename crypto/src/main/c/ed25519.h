#ifndef METANODE_ED25519_H
#define METANODE_ED25519_H

#include "field.h"

/* An affine point as y + x, y - x, 2 d x y, settled. */
typedef struct { field sum, difference, product; } entry;

/* A table has entries for 2^(width - 1) multiples of a point at each of its teeth; a tooth has so
 * many digits of each scalar. */
typedef struct { int width, teeth, each; } shape;

/* Four kilobytes for a key; for B no doublings at all. */
extern const shape KEY;
extern const shape BASE;

enum { DIGITS = 64 };

/* The digits of a scalar below 2^253, between -2^(width - 1) and 2^(width - 1). What they will be
 * looked up as is fetched meanwhile: a table is seldom in the cache. */
void split(int *digits, const entry *table, const shape *s, const uint8_t *scalar);

/* S B - h A, as x, y and z. The hash is 64 bytes, not reduced yet. */
void metanode_ed25519_sum(int64_t *out, const int64_t *key, const int64_t *base,
                          const uint8_t *hash, const uint8_t *signature);

#endif
