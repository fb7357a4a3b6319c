/*
 * The process's streams. Output is read only when every attached client has taken
 * what was read before, so a slow client slows the process and nothing is lost or
 * piles up. Once the process has ended, what its pipes still hold is taken at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "shim.h"

int input_fd = -1;
int output_fds[2] = {-1, -1};
unsigned char output[DRAIN_SIZE];
size_t output_length;
size_t input_length;

static unsigned char input[INPUT_SIZE];
static size_t input_written;
static int input_closing;
static struct winsize window;

static void non_blocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

/* Makes the pipes; the ends for the process land in child_fds. A terminal comes later. */
int open_streams(int child_fds[3]) {
  int ends[2];
  if (options.terminal || !options.open_stdin) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) return -1;
    child_fds[0] = child_fds[1] = child_fds[2] = null;
    if (options.terminal) return 0;
  } else {
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    child_fds[0] = ends[0];
    input_fd = ends[1];
    non_blocking(input_fd);
  }
  for (int i = 0; i < 2; i++) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -1;
    output_fds[i] = ends[0];
    child_fds[i + 1] = ends[1];
    non_blocking(output_fds[i]);
  }
  return 0;
}

void take_terminal(int master) {
  output_fds[0] = master;
  input_fd = fcntl(master, F_DUPFD_CLOEXEC, 0);
  non_blocking(master);
  if (window.ws_row || window.ws_col) ioctl(master, TIOCSWINSZ, &window);
}

void resize_terminal(int rows, int columns) {
  window.ws_row = (unsigned short)rows;
  window.ws_col = (unsigned short)columns;
  if (options.terminal && output_fds[0] >= 0) ioctl(output_fds[0], TIOCSWINSZ, &window);
}

int output_has_room(void) {
  size_t limit = state.reaped ? DRAIN_SIZE : READ_SIZE + FRAME_HEADER;
  return output_length + FRAME_HEADER + READ_SIZE <= limit;
}

static void close_output(int stream) {
  close(output_fds[stream]);
  output_fds[stream] = -1;
}

/* Reads once, logs it, and frames it for the attached clients. */
void read_output(int stream) {
  unsigned char *frame = output + output_length;
  ssize_t length = read(output_fds[stream], frame + FRAME_HEADER, READ_SIZE);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) { /* a terminal whose other side is closed says EIO */
    close_output(stream);
    return;
  }
  memset(frame, 0, 4);
  frame[0] = (unsigned char)(stream + 1);
  put32(frame + 4, (uint32_t)length);
  log_output(stream, frame + FRAME_HEADER, (size_t)length);
  output_length += FRAME_HEADER + (size_t)length;
}

int outputs_open(void) { return output_fds[0] >= 0 || output_fds[1] >= 0; }

/* Takes what is there now and closes: others may hold the streams open for ever. */
void end_outputs(void) {
  for (int stream = 0; stream < 2; stream++) {
    size_t before = (size_t)-1;
    while (output_fds[stream] >= 0 && output_has_room() && before != output_length) {
      before = output_length;
      read_output(stream);
    }
    if (output_fds[stream] >= 0) close_output(stream);
  }
}

void close_input(void) {
  if (input_length) {
    input_closing = 1;
  } else if (input_fd >= 0) {
    close(input_fd);
    input_fd = -1;
  }
}

/* Takes what a client sends for the process's stdin. */
void accept_input(int from, int *ended) {
  ssize_t length = read(from, input, sizeof input);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length <= 0) {
    *ended = 1;
    return;
  }
  if (input_fd < 0) return;
  input_length = (size_t)length;
  input_written = 0;
  write_input();
}

void write_input(void) {
  ssize_t length = write(input_fd, input + input_written, input_length - input_written);
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (length < 0) { /* nobody reads it any more */
    input_length = 0;
    close_input();
    return;
  }
  input_written += (size_t)length;
  if (input_written == input_length) {
    input_length = 0;
    if (input_closing) close_input();
  }
}
