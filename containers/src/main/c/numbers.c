#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "launch.h"

/* A whole number in decimal; the engine writes no others. */
uint64_t number(const char *word) { return strtoull(word, NULL, 10); }

/* Writes all of a text at once, as files of the kernel want it. */
int write_text(int fd, const char *text) {
  size_t length = strlen(text);
  ssize_t written = write(fd, text, length);
  if (written == (ssize_t)length) return 0;
  if (written >= 0) errno = EIO;
  return -1;
}
