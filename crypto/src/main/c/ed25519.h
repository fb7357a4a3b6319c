#ifndef METANODE_ED25519_H
#define METANODE_ED25519_H

#include "field.h"

/* An affine point as y + x, y - x, 2 d x y, settled. */
typedef struct { field sum, difference, product; } entry;

/* A table has entries for 2^(width - 1) multiples of a point at each of its teeth; a tooth has so
 * many digits of each scalar, and a scalar so many in all. Half is 2^(width - 1) at each of them. */
typedef struct {
  int width, teeth, each, digits;
  uint64_t half[5];
} shape;

/* Four kilobytes for a key, a quarter of a megabyte for B, whose digits go by the doublings that the
 * key's want. */
extern const shape KEY;
extern const shape BASE;

/* TOP is where the highest digits of a tooth begin, in bits: as many doublings follow. */
enum { MOST_DIGITS = 64, TOP = 60 };

/* Zero. */
extern const entry NOTHING;

/* Where the digits of a scalar below 2^253 are found in a table, so many places from one to the next,
 * and whether they are negative: they are between -2^(width - 1) and 2^(width - 1). What is there is
 * fetched meanwhile: a table is seldom in the cache. */
void split(const entry **at, int *negative, int stride, const entry *table, const shape *s,
           const uint8_t *scalar);

/* S B - h A, as x, y and z. The hash is 64 bytes, not reduced yet. */
void metanode_ed25519_sum(int64_t *out, const int64_t *key, const int64_t *base,
                          const uint8_t *hash, const uint8_t *signature);

#endif
