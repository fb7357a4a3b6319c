#ifndef METANODE_LANES_H
#define METANODE_LANES_H

#include <stdint.h>

/* S B - h A for so many signatures one after the other and their keys, as metanode_ed25519_sum. */
void sums_of_four(int64_t *out, const int64_t *const keys[4], const int64_t *base,
                  const uint8_t *hashes, const uint8_t *signatures);
void sums_of_eight(int64_t *out, const int64_t *const keys[8], const int64_t *base,
                   const uint8_t *hashes, const uint8_t *signatures);

#endif
