/*
 * Connections of the engine: one to control the process, one for each attached client.
 * The engine always connects, also after its restart.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shim.h"

struct connection connections[MAX_CONNECTIONS];

static void send_state(struct connection *connection) {
  unsigned char event[21];
  size_t length = 5;
  switch (state.phase) {
    case STARTING:
      return;
    case RUNNING:
      event[0] = 'R';
      put32(event + 1, (uint32_t)state.pid);
      break;
    case FAILED:
      event[0] = 'F';
      put32(event + 1, (uint32_t)state.runtime_status);
      break;
    case ENDED:
      event[0] = 'X';
      put32(event + 1, (uint32_t)state.exit_code);
      put64(event + 5, state.exit_nanos);
      put64(event + 13, state.egress);
      length = sizeof event;
      break;
  }
  /* At most 31 bytes in a connection's life: its buffer cannot be full. */
  if (send(connection->fd, event, length, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)length) {
    close_connection(connection);
  }
}

/* Tells every controlling connection what has become of the process. */
void announce(void) {
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    if (connections[i].fd >= 0 && connections[i].kind == 'C') send_state(&connections[i]);
  }
}

static struct connection *free_slot(void) {
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    if (connections[i].fd < 0) return &connections[i];
  }
  return NULL;
}

void accept_connections(void) {
  int fd;
  while ((fd = accept4(LISTEN_FD, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
    struct connection *connection = free_slot();
    if (!connection) {
      close(fd);
      continue;
    }
    *connection = (struct connection){.fd = fd};
    read_connection(connection);
  }
}

void close_connection(struct connection *connection) {
  close(connection->fd);
  connection->fd = -1;
}

static void greet(struct connection *connection, unsigned char hello) {
  if (hello == 'C') {
    connection->kind = 'C';
    send_state(connection);
  } else if ((hello & ~7u) == 0x80) {
    connection->kind = 'A';
    connection->selection = hello & 7u;
    connection->sent = connection->frame_end = output_length;
  } else {
    close_connection(connection);
  }
}

static int request_size(unsigned char kind) { return kind == 'S' ? 2 : kind == 'W' ? 5 : 1; }

static void obey(const unsigned char *request) {
  switch (request[0]) {
    case 'S':
      signal_process(request[1]);
      break;
    case 'W':
      resize_terminal(request[1] << 8 | request[2], request[3] << 8 | request[4]);
      break;
    case 'Q':
      state.released = 1;
      break;
  }
}

static void read_requests(struct connection *connection) {
  for (;;) {
    unsigned char byte;
    ssize_t length = read(connection->fd, &byte, 1);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
      close_connection(connection);
      return;
    }
    connection->request[connection->request_length++] = byte;
    if (connection->request_length == request_size(connection->request[0])) {
      connection->request_length = 0;
      obey(connection->request);
    }
  }
}

static void read_input(struct connection *connection) {
  int ended = 0;
  accept_input(connection->fd, &ended);
  if (!ended) return;
  connection->input_ended = 1;
  if (options.stdin_once && !options.terminal) close_input();
  if ((connection->selection & ~STDIN_BIT) == 0) close_connection(connection);
}

void read_connection(struct connection *connection) {
  if (connection->kind == 0) {
    unsigned char hello;
    ssize_t length = read(connection->fd, &hello, 1);
    if (length == 1) {
      greet(connection, hello);
    } else if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
      close_connection(connection);
    }
  } else if (connection->kind == 'C') {
    read_requests(connection);
  } else if (wants_input(connection)) {
    read_input(connection);
  }
}

/* Whether there is a client's input to take now: one buffer, emptied first. */
int wants_input(const struct connection *connection) {
  return connection->kind == 'A' && (connection->selection & STDIN_BIT) &&
         !connection->input_ended && input_length == 0 && state.phase == RUNNING;
}

int wants_output(const struct connection *connection) {
  return connection->kind == 'A' && connection->sent < output_length;
}

static size_t frame_length(const unsigned char *frame) {
  return (size_t)frame[4] << 24 | (size_t)frame[5] << 16 | (size_t)frame[6] << 8 | frame[7];
}

/* At a frame's start: passes over it if the client did not ask for its stream. */
static int enter_frame(struct connection *connection) {
  const unsigned char *frame = output + connection->sent;
  connection->frame_end = connection->sent + FRAME_HEADER + frame_length(frame);
  if (!(connection->selection & (frame[0] == 1 ? STDOUT_BIT : STDERR_BIT))) {
    connection->sent = connection->frame_end;
    return 0;
  }
  if (options.terminal) connection->sent += FRAME_HEADER;
  return 1;
}

void write_connection(struct connection *connection) {
  while (wants_output(connection)) {
    if (connection->sent == connection->frame_end && !enter_frame(connection)) continue;
    ssize_t length = send(connection->fd, output + connection->sent,
                          connection->frame_end - connection->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length < 0) {
      close_connection(connection);
      return;
    }
    connection->sent += (size_t)length;
  }
}

/* Sends what can be sent and empties the buffer once every client has had all of it. */
void settle_output(void) {
  int behind = 0;
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    struct connection *connection = &connections[i];
    if (connection->fd < 0 || connection->kind != 'A') continue;
    write_connection(connection);
    if (connection->fd < 0) continue;
    if (wants_output(connection)) {
      behind = 1;
    } else if (state.phase == ENDED || state.phase == FAILED) {
      close_connection(connection);
    }
  }
  if (behind) return;
  output_length = 0;
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    connections[i].sent = connections[i].frame_end = 0;
  }
}

static int count(char kind) {
  int number = 0;
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    number += connections[i].fd >= 0 && connections[i].kind == kind;
  }
  return number;
}

int controlled(void) { return count('C') > 0; }

int attached(void) { return count('A') > 0; }
