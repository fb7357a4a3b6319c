#include "field.h"

typedef __int128 wide;

/* What is above a limb goes to the next one; what is above the last, times 19, to the first. */
static inline void carry(field r, wide c0, wide c1, wide c2, wide c3, wide c4) {
  c1 += (int64_t)(c0 >> BITS);
  c2 += (int64_t)(c1 >> BITS);
  c3 += (int64_t)(c2 >> BITS);
  c4 += (int64_t)(c3 >> BITS);
  wide first = ((int64_t)c0 & MASK) + (wide)19 * (int64_t)(c4 >> BITS);
  r[0] = (int64_t)first & MASK;
  r[1] = ((int64_t)c1 & MASK) + (int64_t)(first >> BITS);
  r[2] = (int64_t)c2 & MASK;
  r[3] = (int64_t)c3 & MASK;
  r[4] = (int64_t)c4 & MASK;
}

#define M(a, b) ((wide)(a) * (b))

void field_multiply(field r, const field x, const field y) {
  int64_t x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4];
  int64_t y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3], y4 = y[4];
  int64_t z1 = 19 * y1, z2 = 19 * y2, z3 = 19 * y3, z4 = 19 * y4;
  carry(r, M(x0, y0) + M(x1, z4) + M(x2, z3) + M(x3, z2) + M(x4, z1),
        M(x0, y1) + M(x1, y0) + M(x2, z4) + M(x3, z3) + M(x4, z2),
        M(x0, y2) + M(x1, y1) + M(x2, y0) + M(x3, z4) + M(x4, z3),
        M(x0, y3) + M(x1, y2) + M(x2, y1) + M(x3, y0) + M(x4, z4),
        M(x0, y4) + M(x1, y3) + M(x2, y2) + M(x3, y1) + M(x4, y0));
}

void field_square(field r, const field x) {
  int64_t x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4];
  int64_t d0 = 2 * x0, d1 = 2 * x1, d2 = 2 * x2;
  int64_t z3 = 19 * x3, z4 = 19 * x4;
  carry(r, M(x0, x0) + M(d1, z4) + M(d2, z3), M(d0, x1) + M(d2, z4) + M(x3, z3),
        M(d0, x2) + M(x1, x1) + M(2 * x3, z4), M(d0, x3) + M(d1, x2) + M(x4, z4),
        M(d0, x4) + M(d1, x3) + M(x2, x2));
}

/* r = x^(2^n) y */
static void raised(field r, const field x, int n, const field y) {
  field t;
  field_copy(t, x);
  for (int i = 0; i < n; i++) field_square(t, t);
  field_multiply(r, t, y);
}

/* The chain of Bernstein's ref10. */
void field_root(field r, const field x) {
  field x2, x9, x11, a, b, c;
  field_square(x2, x);
  raised(x9, x2, 2, x);
  field_multiply(x11, x9, x2);
  raised(a, x11, 1, x9); /* 2^5 - 1 */
  raised(a, a, 5, a);    /* 2^10 - 1 */
  raised(b, a, 10, a);   /* 2^20 - 1 */
  raised(b, b, 20, b);   /* 2^40 - 1 */
  raised(b, b, 10, a);   /* 2^50 - 1 */
  raised(c, b, 50, b);   /* 2^100 - 1 */
  raised(c, c, 100, c);  /* 2^200 - 1 */
  raised(c, c, 50, b);   /* 2^250 - 1 */
  raised(r, c, 2, x);
}

/* x^(p - 2), where p - 2 = 8 (2^252 - 3) + 3. */
void field_inverse(field r, const field x) {
  field cube, root;
  raised(cube, x, 1, x);
  field_root(root, x);
  raised(r, root, 3, cube);
}

static uint64_t word(const uint8_t *bytes) {
  uint64_t w = 0;
  for (int i = 7; i >= 0; i--) w = w << 8 | bytes[i];
  return w;
}

void field_unpack(field r, const uint8_t *bytes) {
  uint64_t a = word(bytes), b = word(bytes + 8), c = word(bytes + 16), d = word(bytes + 24);
  r[0] = a & MASK;
  r[1] = (a >> 51 | b << 13) & MASK;
  r[2] = (b >> 38 | c << 26) & MASK;
  r[3] = (c >> 25 | d << 39) & MASK;
  r[4] = d >> 12 & MASK;
}

void field_settle(field r) {
  int64_t top;
  do {
    top = 0;
    for (int i = 0; i < LIMBS; i++) {
      int64_t limb = r[i] + top;
      top = limb >> BITS;
      r[i] = limb & MASK;
    }
    r[0] += 19 * top;
  } while (top != 0);
}

void field_pack(uint8_t *bytes, const field x) {
  field r;
  field_copy(r, x);
  field_settle(r);
  if (r[0] >= MASK - 18 && (r[1] & r[2] & r[3] & r[4]) == MASK) {
    r[0] -= MASK - 18;
    r[1] = r[2] = r[3] = r[4] = 0;
  }
  uint64_t words[4] = {
      (uint64_t)r[0] | (uint64_t)r[1] << 51, (uint64_t)r[1] >> 13 | (uint64_t)r[2] << 38,
      (uint64_t)r[2] >> 26 | (uint64_t)r[3] << 25, (uint64_t)r[3] >> 39 | (uint64_t)r[4] << 12};
  for (int i = 0; i < 32; i++) bytes[i] = (uint8_t)(words[i / 8] >> i % 8 * 8);
}
