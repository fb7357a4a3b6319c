/*
 * Starting the process through the OCI runtime, and its end. The runtime starts it
 * detached and exits; as a subreaper the shim inherits it, so its pid cannot be
 * another's until the shim has reaped it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launch.h"

enum { LAUNCH_FAILED = 1 << 8 }; /* the wait status of a runtime that exits with 1 */

int console_fd = -1;

static int listen_console(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "console.sock"};
  console_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (console_fd < 0) return -1;
  return bind(console_fd, (struct sockaddr *)&address, sizeof address) < 0 ||
                 listen(console_fd, 1) < 0
             ? -1
             : 0;
}

static void run_runtime(int child_fds[3]) {
  sigset_t none;
  for (int signal_number = 1; signal_number < 32; signal_number++) {
    signal(signal_number, SIG_DFL);
  }
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (score >= 0) {
    (void)!write(score, "0", 1);
    close(score);
  }
  for (int i = 0; i < 3; i++) dup2(child_fds[i], i);
  execv(options.runtime[0], options.runtime);
  _exit(127);
}

static int start_runtime(int child_fds[3]) {
  if (options.terminal && listen_console() < 0) return -1;
  state.runtime_pid = fork();
  if (state.runtime_pid == 0) run_runtime(child_fds);
  return state.runtime_pid < 0 ? -1 : 0;
}

/* Receives the terminal's master side from the runtime. */
void accept_console(void) {
  int connection = accept4(console_fd, NULL, NULL, SOCK_CLOEXEC);
  if (connection < 0) return;
  char name[256];
  char control[CMSG_SPACE(sizeof(int))];
  struct iovec vector = {.iov_base = name, .iov_len = sizeof name};
  struct msghdr message = {.msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  ssize_t length = recvmsg(connection, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = length > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    int master;
    memcpy(&master, CMSG_DATA(header), sizeof master);
    take_terminal(master);
    close(console_fd);
    console_fd = -1;
    unlink("console.sock");
  }
  close(connection);
}

/* Keeps a line for an engine that was away: written aside, then renamed. */
static void record(const char *text, size_t length) {
  int fd = open("exit.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return;
  ssize_t written = write(fd, text, length);
  close(fd);
  if (written == (ssize_t)length) rename("exit.new", "exit");
}

static size_t add_word(char *text, size_t length, const char *word) {
  memcpy(text + length, word, strlen(word));
  return length + strlen(word);
}

static size_t add_number(char *text, size_t length, uint64_t number) {
  text[length++] = ' ';
  return length + (size_t)format_number(text + length, number);
}

static void fail(void) {
  char text[64];
  size_t length = add_word(text, 0, "failed");
  length = add_number(text, length, (uint64_t)(unsigned)state.runtime_status);
  text[length++] = '\n';
  record(text, length);
  state.phase = FAILED;
  for (int stream = 0; stream < 2; stream++) {
    if (output_fds[stream] >= 0) close(output_fds[stream]);
    output_fds[stream] = -1;
  }
  announce();
}

/*
 * By the plan, if there is one. What a plan could not start is left to the runtime,
 * whose word on why it cannot be done is the one clients know.
 */
int start_process(int child_fds[3]) {
  int result = 0;
  if (options.plan && launch(child_fds) == 0) {
    state.phase = RUNNING;
  } else if (options.runtime[0]) {
    result = start_runtime(child_fds);
  } else {
    state.runtime_status = LAUNCH_FAILED;
    fail();
  }
  for (int i = 0; i < 3; i++) {
    int shared = i > 0 && child_fds[i] == child_fds[i - 1];
    if (!shared) close(child_fds[i]);
  }
  announce();
  return result;
}

static void runtime_ended(int status) {
  uint64_t pid;
  state.runtime_status = status;
  /* The runtime has sent the terminal by now, perhaps unseen. */
  if (console_fd >= 0) accept_console();
  if (status != 0 || read_number_file("pid", &pid) < 0) {
    fail();
    return;
  }
  state.pid = (pid_t)pid;
  state.phase = RUNNING;
  announce();
}

void reap_children(void) {
  int status;
  if (state.phase == STARTING) {
    if (waitpid(state.runtime_pid, &status, WNOHANG) == state.runtime_pid) runtime_ended(status);
    if (state.phase == STARTING) return;
  }
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid != state.pid || state.reaped) continue;
    state.exit_nanos = now_nanos();
    state.reaped_at = monotonic_nanos();
    state.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    state.reaped = 1;
  }
}

/* The process has ended and so has its output: keep the record and tell the engine. */
void finish(void) {
  char text[128];
  log_end();
  input_length = 0;
  close_input();
  state.egress = egress();
  size_t length = add_word(text, 0, "exited");
  length = add_number(text, length, (uint64_t)state.exit_code);
  length = add_number(text, length, state.exit_nanos);
  if (state.egress == UINT64_MAX) {
    length = add_word(text, length, " -");
  } else {
    length = add_number(text, length, state.egress);
  }
  text[length++] = '\n';
  record(text, length);
  state.phase = ENDED;
  announce();
}

void signal_process(int number) {
  if (state.phase == RUNNING && !state.reaped) kill(state.pid, number);
}
