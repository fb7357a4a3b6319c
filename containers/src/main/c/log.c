/*
 * The container's log: one record a line, as docs/formats/container-log.md lays it out.
 * Records are gathered for one read of output and written at once. A record that does
 * not fit on the disk is dropped whole; the process never waits for its log.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim.h"

enum { HEADER = 16, TRAILER = 4, PARTIAL = 1, BATCH_SIZE = 64 * 1024 };

static int log_fd = -1;
static int64_t log_size;
static unsigned char batch[BATCH_SIZE];
static size_t batch_length;
static unsigned char lines[2][LINE_SIZE];
static size_t line_lengths[2];

static uint32_t get32(const unsigned char *from) {
  return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

/* The length of the whole record at an offset, or 0 if there is none. */
static int64_t record_length(int64_t offset) {
  unsigned char header[HEADER], trailer[TRAILER];
  if (pread(log_fd, header, HEADER, offset) != HEADER) return 0;
  uint32_t length = get32(header);
  if (length > LINE_SIZE) return 0;
  if (pread(log_fd, trailer, TRAILER, offset + HEADER + length) != TRAILER) return 0;
  return get32(trailer) == length ? HEADER + (int64_t)length + TRAILER : 0;
}

/* Cuts off what a crash of the machine left of a record, so that the next one can be found. */
static void cut_torn_tail(void) {
  unsigned char trailer[TRAILER];
  if (log_size == 0) return;
  if (log_size >= HEADER + TRAILER &&
      pread(log_fd, trailer, TRAILER, log_size - TRAILER) == TRAILER) {
    int64_t start = log_size - TRAILER - (int64_t)get32(trailer) - HEADER;
    if (start >= 0 && record_length(start) == log_size - start) return;
  }
  int64_t end = 0;
  for (int64_t length; (length = record_length(end)) > 0;) end += length;
  if (ftruncate(log_fd, end) == 0) log_size = end;
}

static void open_log(void) {
  struct stat status;
  log_fd = open(options.log, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  log_size = log_fd >= 0 && fstat(log_fd, &status) == 0 ? status.st_size : 0;
  if (log_fd >= 0) cut_torn_tail();
}

/* The name of the file rotated index times; index 0 is the newest. */
static void rotated_name(char *to, int index) {
  size_t length = strlen(options.log);
  if (length > PATH_MAX - 12) length = PATH_MAX - 12;
  memcpy(to, options.log, length);
  if (index > 0) {
    to[length++] = '.';
    length += (size_t)format_number(to + length, (uint64_t)index);
  }
  to[length] = 0;
}

static void rotate(void) {
  char from[PATH_MAX], to[PATH_MAX];
  close(log_fd);
  if (options.log_max_files <= 1) {
    unlink(options.log);
  }
  for (int index = options.log_max_files - 1; index > 0; index--) {
    rotated_name(from, index - 1);
    rotated_name(to, index);
    rename(from, to);
  }
  open_log();
}

static void flush(void) {
  if (batch_length == 0) return;
  if (log_fd < 0) open_log();
  if (options.log_max_bytes > 0 && log_size > 0 &&
      log_size + (int64_t)batch_length > options.log_max_bytes) {
    rotate();
  }
  ssize_t written = log_fd < 0 ? -1 : write(log_fd, batch, batch_length);
  if (written == (ssize_t)batch_length) {
    log_size += written;
  } else if (written > 0 && ftruncate(log_fd, log_size) < 0) {
    close(log_fd); /* a torn record that cannot be undone: start a file of its own */
    log_fd = -1;
  }
  batch_length = 0;
}

static void append(int stream, int flags, uint64_t time, const unsigned char *bytes,
                   size_t length) {
  size_t whole = HEADER + length + TRAILER;
  if (batch_length + whole > BATCH_SIZE ||
      (options.log_max_bytes > 0 && batch_length > 0 &&
       log_size + (int64_t)(batch_length + whole) > options.log_max_bytes)) {
    flush();
  }
  unsigned char *record = batch + batch_length;
  put32(record, (uint32_t)length);
  record[4] = (unsigned char)(stream + 1);
  record[5] = (unsigned char)flags;
  record[6] = record[7] = 0;
  put64(record + 8, time);
  memcpy(record + HEADER, bytes, length);
  put32(record + HEADER + length, (uint32_t)length);
  batch_length += whole;
}

static void append_line(int stream, int flags, uint64_t time) {
  append(stream, flags, time, lines[stream], line_lengths[stream]);
  line_lengths[stream] = 0;
}

void log_output(int stream, const unsigned char *bytes, size_t length) {
  if (!options.log) return;
  uint64_t time = now_nanos();
  while (length > 0) {
    size_t held = line_lengths[stream];
    size_t room = LINE_SIZE - held < length ? LINE_SIZE - held : length;
    const unsigned char *newline = memchr(bytes, '\n', room);
    size_t taken = newline ? (size_t)(newline - bytes) + 1 : room;
    if (held == 0 && newline) {
      append(stream, 0, time, bytes, taken);
    } else {
      memcpy(lines[stream] + held, bytes, taken);
      line_lengths[stream] += taken;
      if (newline || line_lengths[stream] == LINE_SIZE) {
        append_line(stream, newline ? 0 : PARTIAL, time);
      }
    }
    bytes += taken;
    length -= taken;
  }
  flush();
}

/* Logs lines that never got their newline. */
void log_end(void) {
  for (int stream = 0; stream < 2; stream++) {
    if (options.log && line_lengths[stream] > 0) append_line(stream, 0, now_nanos());
  }
  flush();
}
