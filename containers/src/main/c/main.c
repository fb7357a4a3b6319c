#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shim.h"

struct options options = {.log_max_bytes = -1, .log_max_files = 1};
struct state state = {.egress = UINT64_MAX};
const int ignored_signals[] = {SIGHUP, SIGINT, SIGTERM, SIGPIPE, 0};

static int parse(int count, char **arguments) {
  for (int i = 1; i < count; i++) {
    const char *name = arguments[i];
    if (!strcmp(name, "--")) {
      options.runtime = arguments + i + 1;
      return options.state && (options.plan || options.runtime[0]) ? 0 : -1;
    } else if (!strcmp(name, "--terminal")) {
      options.terminal = options.open_stdin = 1;
    } else if (!strcmp(name, "--stdin")) {
      options.open_stdin = 1;
    } else if (!strcmp(name, "--stdin-once")) {
      options.stdin_once = 1;
    } else if (i + 1 == count) {
      return -1;
    } else if (!strcmp(name, "--state")) {
      options.state = arguments[++i];
    } else if (!strcmp(name, "--plan")) {
      options.plan = arguments[++i];
    } else if (!strcmp(name, "--log")) {
      options.log = arguments[++i];
    } else if (!strcmp(name, "--log-max-bytes")) {
      options.log_max_bytes = atoll(arguments[++i]);
    } else if (!strcmp(name, "--log-max-files")) {
      options.log_max_files = atoi(arguments[++i]);
    } else if (!strcmp(name, "--egress")) {
      options.egress = arguments[++i];
    } else {
      return -1;
    }
  }
  return -1;
}

/* Leaves the engine's session and process tree, so that its end is not ours. */
static void detach(void) {
  if (fork() != 0) _exit(0);
  setsid();
  umask(022);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_NAME, "metanode-shim");
  for (const int *number = ignored_signals; *number; number++) signal(*number, SIG_IGN);
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0) {
    (void)!write(score, "-998", 4); /* refused without CAP_SYS_RESOURCE, and that is fine */
    close(score);
  }
}

static int watch_children(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

static struct pollfd polled[MAX_CONNECTIONS + 6];
static nfds_t polled_count;

static short watch(int fd, short events) {
  polled[polled_count++] = (struct pollfd){.fd = fd, .events = events};
  return events;
}

static short connection_events(const struct connection *connection) {
  if (connection->kind != 'A') return POLLIN;
  return (short)((wants_input(connection) ? POLLIN : 0) | (wants_output(connection) ? POLLOUT : 0));
}

static void read_outputs(const short ready[2]) {
  for (int stream = 0; stream < 2; stream++) {
    if (ready[stream] && output_fds[stream] >= 0 && output_has_room()) read_output(stream);
    settle_output();
  }
}

/* A size that was set before input was sent is in force before the input is read. */
static void serve_connections(int controlling) {
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    short events = polled[6 + i].revents;
    struct connection *connection = &connections[i];
    if (!events || connection->fd != polled[6 + i].fd) continue;
    if ((connection->kind == 'C') != controlling) continue;
    polled[6 + i].revents = 0;
    if (events & POLLIN) read_connection(connection);
    if (connection->fd >= 0 && (events & (POLLHUP | POLLERR)) && !(events & POLLIN)) {
      close_connection(connection);
    }
  }
}

/* Milliseconds until output that others hold open is given up; -1 while there is no need. */
static int patience(void) {
  if (!state.reaped || state.phase != RUNNING) return -1;
  uint64_t waited = (monotonic_nanos() - state.reaped_at) / 1000000u;
  return waited >= DRAIN_GRACE_MILLIS ? 0 : (int)(DRAIN_GRACE_MILLIS - waited);
}

/* Waits for the next event and handles all that are there. */
static void turn(int children) {
  polled_count = 0;
  watch(children, POLLIN);
  watch(LISTEN_FD, POLLIN);
  watch(console_fd, POLLIN);
  watch(input_length > 0 ? input_fd : -1, POLLOUT);
  int readable = state.phase == RUNNING && output_has_room();
  watch(readable ? output_fds[0] : -1, POLLIN);
  watch(readable ? output_fds[1] : -1, POLLIN);
  for (int i = 0; i < MAX_CONNECTIONS; i++) {
    watch(connections[i].fd, connection_events(&connections[i]));
  }
  if (poll(polled, polled_count, patience()) < 0) return;

  if (polled[0].revents) {
    struct signalfd_siginfo info;
    while (read(children, &info, sizeof info) > 0) continue;
  }
  if (polled[1].revents) accept_connections();
  if (polled[2].revents) accept_console();
  if (polled[3].revents) write_input();
  serve_connections(1);
  serve_connections(0);
  read_outputs((const short[]){polled[4].revents, polled[5].revents});
  if (polled[0].revents) reap_children();
  if (state.phase == RUNNING && state.reaped) {
    if (patience() == 0) end_outputs();
    if (!outputs_open()) finish();
  }
  settle_output();
}

static int done(void) {
  return (state.phase == ENDED || state.phase == FAILED) && !attached() &&
         (state.released || !controlled());
}

int main(int count, char **arguments) {
  int child_fds[3];
  int waits = count == 3 && !strcmp(arguments[1], "--await");
  if (waits) {
    detach();
    if ((count = await_words(&arguments)) < 0) return 0;
  }
  if (parse(count, arguments) < 0) return 2;
  if (!waits) detach();
  fcntl(LISTEN_FD, F_SETFD, FD_CLOEXEC);
  fcntl(LISTEN_FD, F_SETFL, O_NONBLOCK);
  fcntl(NAMESPACE_FD, F_SETFD, FD_CLOEXEC);
  for (int i = 0; i < MAX_CONNECTIONS; i++) connections[i].fd = -1;
  int children = watch_children();
  if (chdir(options.state) < 0 || children < 0 || open_streams(child_fds) < 0) return 1;
  accept_connections();
  if (start_process(child_fds) < 0) return 1;
  while (!done()) turn(children);
  return 0;
}
