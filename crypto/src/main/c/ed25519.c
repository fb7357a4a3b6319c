/* Ed25519's equation S B = R + h A without cofactor, with multiples of A made beforehand: digits of
 * the scalar are looked up among the multiples of a point at several places, so that few doublings
 * remain (Lim and Lee, "More flexible exponentiation with precomputation", 1994). Formulas:
 * Hisil, Wong, Carter and Dawson, 2008; they are complete, so every point of the curve is handled,
 * also those of small order. Who calls checks that encodings are canonical. */
#include "ed25519.h"

#include <stdlib.h>
#include <string.h>

#include "scalar.h"

typedef struct { field x, y, z, t; } point;

#define EIGHTS 0x8888888888888888
const shape KEY = {4, 4, 16, 64, {EIGHTS, EIGHTS, EIGHTS, EIGHTS, 0}};
const shape BASE = {10, 4, 7, 26,
                    {0x802008020080200, 0x80200802008020, 0x2008020080200802, 0x200802008020080, 8}};
const entry NOTHING = {{1}, {1}, {0}};

enum { MOST_TEETH = 4 };

static const field ONE = {1, 0, 0, 0, 0};
static const field D = {929955233495203, 466365720129213, 1662059464998953, 2033849074728123,
                        1442794654840575};
static const field MINUS_ONE_ROOT = {1718705420411056, 234908883556509, 2233514472574048,
                                     2117202627021982, 765476049583133};

/* Only an addition needs t. */
static void join(point *p, const field e, const field f, const field g, const field h, int t) {
  field_multiply(p->x, e, f);
  field_multiply(p->y, g, h);
  field_multiply(p->z, f, g);
  if (t) field_multiply(p->t, e, h);
}

static void twice(point *p, int t) {
  field a, b, c, e, f, g, h;
  field_square(a, p->x);
  field_square(b, p->y);
  field_square(c, p->z);
  field_add(e, p->x, p->y);
  field_square(e, e);
  field_add(h, a, b);
  field_subtract(e, h, e);
  field_subtract(g, a, b);
  field_add(f, c, c);
  field_add(f, f, g);
  join(p, e, f, g, h, t);
}

/* Adds an entry, or takes it away. */
static void add(point *p, const entry *n, int negative, int t) {
  field a, b, c, d, e, f, g, h;
  field_subtract(a, p->y, p->x);
  field_add(b, p->y, p->x);
  field_multiply(a, a, negative ? n->sum : n->difference);
  field_multiply(b, b, negative ? n->difference : n->sum);
  field_multiply(c, p->t, n->product);
  field_add(d, p->z, p->z);
  field_subtract(e, b, a);
  field_add(h, b, a);
  if (negative) {
    field_add(f, d, c);
    field_subtract(g, d, c);
  } else {
    field_subtract(f, d, c);
    field_add(g, d, c);
  }
  join(p, e, f, g, h, t);
}

/* Points as entries, with one inversion for all (Montgomery's trick). */
static void normalise(entry *out, const point *points, int count, field *before) {
  field all, inverse, x, y, z, d2;
  field_copy(all, ONE);
  for (int i = 0; i < count; i++) {
    field_copy(before[i], all);
    field_multiply(all, all, points[i].z);
  }
  field_inverse(inverse, all);
  field_add(d2, D, D);
  for (int i = count - 1; i >= 0; i--) {
    field_multiply(z, inverse, before[i]);
    field_multiply(inverse, inverse, points[i].z);
    field_multiply(x, points[i].x, z);
    field_multiply(y, points[i].y, z);
    field_add(out[i].sum, y, x);
    field_subtract(out[i].difference, y, x);
    field_multiply(out[i].product, x, y);
    field_multiply(out[i].product, out[i].product, d2);
    field_settle(out[i].sum);
    field_settle(out[i].difference);
    field_settle(out[i].product);
  }
}

/* 0 if there is no memory. */
static int fill(entry *table, const shape *s, point p) {
  int entries = 1 << (s->width - 1);
  int all = s->teeth * entries;
  point *points = malloc((size_t)all * (sizeof(point) + sizeof(field)));
  if (points == NULL) return 0;
  field *before = (field *)(points + all);
  entry bases[MOST_TEETH];
  for (int tooth = 0; tooth < s->teeth; tooth++) {
    points[tooth] = p;
    for (int i = 0; i < s->each * s->width; i++) twice(&p, i == s->each * s->width - 1);
  }
  normalise(bases, points, s->teeth, before);
  for (int tooth = s->teeth - 1; tooth >= 0; tooth--) {
    point multiple = points[tooth];
    for (int i = 0; i < entries; i++) {
      points[tooth * entries + i] = multiple;
      add(&multiple, &bases[tooth], 0, 1);
    }
  }
  normalise(table, points, all, before);
  free(points);
  return 1;
}

void split(const entry **at, int *negative, int stride, const entry *table, const shape *s,
           const uint8_t *scalar) {
  uint64_t words[6] = {0};
  uint64_t carry = 0;
  int half = 1 << (s->width - 1);
  memcpy(words, scalar, 32);
  for (int i = 0; i < 5; i++) {
    unsigned __int128 sum = (unsigned __int128)words[i] + s->half[i] + carry;
    words[i] = (uint64_t)sum;
    carry = (uint64_t)(sum >> 64);
  }
  for (int i = 0; i < s->digits; i++) {
    int bit = i * s->width;
    uint32_t four;
    memcpy(&four, (const uint8_t *)words + bit / 8, sizeof four);
    int digit = (int)(four >> bit % 8 & (uint32_t)(2 * half - 1)) - half;
    const entry *found = digit == 0 ? &NOTHING : &table[i / s->each * half + abs(digit) - 1];
    at[i * stride] = found;
    negative[i * stride] = digit < 0;
    __builtin_prefetch(found);
    __builtin_prefetch((const char *)found + 64);
    __builtin_prefetch((const char *)(found + 1) - 1);
  }
}

static int equal(const field x, const field y) {
  uint8_t a[32], b[32];
  field_pack(a, x);
  field_pack(b, y);
  return memcmp(a, b, 32) == 0;
}

/* The point with this encoding; 0 if there is none. */
static int decode(point *p, const uint8_t *encoded) {
  field u, v, v3, x, check, minus, zero = {0};
  uint8_t packed[32];
  field_unpack(p->y, encoded);
  field_square(u, p->y);
  field_multiply(v, u, D);
  field_subtract(u, u, ONE);
  field_add(v, v, ONE);
  field_square(v3, v);
  field_multiply(v3, v3, v);
  field_square(x, v3);
  field_multiply(x, x, v);
  field_multiply(x, x, u);
  field_root(x, x);
  field_multiply(x, x, v3);
  field_multiply(x, x, u);
  field_square(check, x);
  field_multiply(check, check, v);
  field_subtract(minus, zero, u);
  if (equal(check, minus)) {
    field_multiply(x, x, MINUS_ONE_ROOT);
  } else if (!equal(check, u)) {
    return 0;
  }
  field_pack(packed, x);
  if ((packed[0] & 1) != encoded[31] >> 7) field_subtract(x, zero, x);
  field_copy(p->x, x);
  field_copy(p->z, ONE);
  field_multiply(p->t, p->x, p->y);
  return 1;
}

/* Makes the table of B: 4 times 512 entries of 15 numbers. 0 if there is no memory. */
int metanode_ed25519_base(int64_t *table) {
  uint8_t encoded[32];
  point b;
  memset(encoded, 0x66, 32);
  encoded[0] = 0x58;
  return decode(&b, encoded) && fill((entry *)table, &BASE, b);
}

/* Makes the table of -A: 4 times 8 entries of 15 numbers. 0 if the key is no point,
 * or there is no memory. */
int metanode_ed25519_key(int64_t *table, const uint8_t *key) {
  field zero = {0};
  point a;
  if (!decode(&a, key)) return 0;
  field_subtract(a.x, zero, a.x);
  field_subtract(a.t, zero, a.t);
  return fill((entry *)table, &KEY, a);
}

/* What of a shape is added before there remain so many doublings. */
static void add_digits(point *sum, const entry **at, const int *negative, const shape *s, int bit) {
  if (bit % s->width != 0 || bit / s->width >= s->each) return;
  for (int i = bit / s->width; i < s->digits; i += s->each) {
    if (at[i] != &NOTHING) add(sum, at[i], negative[i], 1);
  }
}

void metanode_ed25519_sum(int64_t *out, const int64_t *key, const int64_t *base,
                          const uint8_t *hash, const uint8_t *signature) {
  point sum = {{0}, {1}, {1}, {0}};
  uint8_t h[32];
  const entry *ours[MOST_DIGITS], *theirs[MOST_DIGITS];
  int our_signs[MOST_DIGITS], their_signs[MOST_DIGITS];
  scalar_reduce(h, hash);
  split(ours, our_signs, 1, (const entry *)key, &KEY, h);
  split(theirs, their_signs, 1, (const entry *)base, &BASE, signature + 32);
  for (int bit = TOP; bit >= 0; bit--) {
    if (bit < TOP) twice(&sum, bit % KEY.width == 0 || bit % BASE.width == 0);
    add_digits(&sum, ours, our_signs, &KEY, bit);
    add_digits(&sum, theirs, their_signs, &BASE, bit);
  }
  field_copy(out, sum.x);
  field_copy(out + LIMBS, sum.y);
  field_copy(out + 2 * LIMBS, sum.z);
}

/* Whether each sum is the R of its signature: 1 or 0. One inversion for all, as in normalise; what
 * is 1 / z for each is exact, so no verdict depends on another's sum. 0 if there is no memory. */
int metanode_ed25519_verdicts(uint8_t *verdicts, const int64_t *sums, const uint8_t *signatures,
                              int count) {
  field all, inverse, x, y, z;
  uint8_t encoded[32], odd[32];
  field *before = malloc((size_t)count * sizeof(field));
  if (before == NULL) return 0;
  field_copy(all, ONE);
  for (int i = 0; i < count; i++) {
    field_copy(before[i], all);
    field_multiply(all, all, sums + (3 * i + 2) * LIMBS);
  }
  field_inverse(inverse, all);
  for (int i = count - 1; i >= 0; i--) {
    const int64_t *sum = sums + 3 * i * LIMBS;
    field_multiply(z, inverse, before[i]);
    field_multiply(inverse, inverse, sum + 2 * LIMBS);
    field_multiply(x, sum, z);
    field_multiply(y, sum + LIMBS, z);
    field_pack(encoded, y);
    field_pack(odd, x);
    encoded[31] |= (uint8_t)(odd[0] << 7);
    verdicts[i] = memcmp(encoded, signatures + 64 * i, 32) == 0;
  }
  free(before);
  return 1;
}
