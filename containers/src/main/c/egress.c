/*
 * The bytes a container sent, over all links it had. The engine keeps the file "egress":
 * the bytes of links that are gone, then the counters of those there are, a line each.
 */
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#include "shim.h"

enum { FILE_SIZE = 16 * 1024 };

static char text[FILE_SIZE];

/* Adds up; returns -1 if there is no such file, or if a counter in it cannot be read. */
static int read_all(const char *path, uint64_t *sum) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t length = read(fd, text, sizeof text);
  close(fd);
  if (length <= 0 || length == sizeof text || text[length - 1] != '\n') return -1;
  if (read_number(text, (size_t)length, sum) < 0) return -1;
  char *line = text;
  while (*line++ != '\n') {}
  while (line < text + length) {
    char *end = line;
    uint64_t sent;
    while (*end != '\n') end++;
    *end = 0;
    if (read_number_file(line, &sent) < 0) return -1;
    *sum += sent;
    line = end + 1;
  }
  return 0;
}

/* UINT64_MAX: unknown. */
uint64_t egress(void) {
  uint64_t sent;
  if (access("egress", F_OK) == 0) return read_all("egress", &sent) < 0 ? UINT64_MAX : sent;
  return options.egress && read_number_file(options.egress, &sent) == 0 ? sent : UINT64_MAX;
}
