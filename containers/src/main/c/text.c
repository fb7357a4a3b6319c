#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "shim.h"

static uint64_t read_clock(clockid_t id) {
  struct timespec time;
  clock_gettime(id, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t now_nanos(void) { return read_clock(CLOCK_REALTIME); }

uint64_t monotonic_nanos(void) { return read_clock(CLOCK_MONOTONIC); }

void put32(unsigned char *to, uint32_t value) {
  for (int i = 3; i >= 0; i--, value >>= 8) to[i] = (unsigned char)value;
}

void put64(unsigned char *to, uint64_t value) {
  for (int i = 7; i >= 0; i--, value >>= 8) to[i] = (unsigned char)value;
}

/* Writes decimal digits, at most 20, and returns how many. */
int format_number(char *to, uint64_t value) {
  char reversed[20];
  int length = 0;
  do {
    reversed[length++] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  for (int i = 0; i < length; i++) to[i] = reversed[length - 1 - i];
  return length;
}

/* Reads the decimal number a text begins with. Returns 0, or -1 if there is none. */
int read_number(const char *text, size_t length, uint64_t *value) {
  if (length == 0 || text[0] < '0' || text[0] > '9') return -1;
  *value = 0;
  for (size_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
    *value = *value * 10 + (uint64_t)(text[i] - '0');
  }
  return 0;
}

/* Reads a file that holds one decimal number. Returns 0, or -1 if it does not. */
int read_number_file(const char *path, uint64_t *value) {
  char text[32];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t length = read(fd, text, sizeof text);
  close(fd);
  return length <= 0 ? -1 : read_number(text, (size_t)length, value);
}
