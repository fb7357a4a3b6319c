#ifndef METANODE_SCALAR_H
#define METANODE_SCALAR_H

#include <stdint.h>

/* 64 bytes, little-endian, modulo the group order 2^252 + 27742317777372353535851937790883648493. */
void scalar_reduce(uint8_t *reduced, const uint8_t *wide);

#endif
