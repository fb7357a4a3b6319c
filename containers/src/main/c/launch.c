/*
 * Clones the process and follows it until it runs its program. The process reports on
 * one socket: a terminal, what failed, or that it is about to run the program. The
 * socket closes on exec, so an end after that last report is a start.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "launch.h"

enum { REPORT_SIZE = 4096 };

static int master = -1;
static pid_t process = -1;

/* Leaves word of what failed: step, argument, errno; each ends with a NUL. */
static void note(const char *step, const char *argument, int error) {
  char digits[20];
  int fd = open("launch.failed", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return;
  int length = format_number(digits, (uint64_t)(unsigned)error);
  (void)!write(fd, step, strlen(step) + 1);
  (void)!write(fd, argument, strlen(argument) + 1);
  (void)!write(fd, digits, (size_t)length);
  (void)!write(fd, "", 1);
  close(fd);
}

/*
 * Whether this program cannot be written to: a container's root reaches /proc/PID/exe
 * of a process that is in its namespaces and has not yet run its program.
 */
static int sealed(void) {
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  int seals = fd < 0 ? -1 : fcntl(fd, F_GET_SEALS);
  if (fd >= 0) close(fd);
  if (seals >= 0 && (seals & F_SEAL_WRITE)) return 1;
  errno = EPERM;
  return 0;
}

/* Receives one report; returns its length. */
static ssize_t receive(int channel, char *report) {
  char control[CMSG_SPACE(sizeof(int))];
  struct iovec vector = {.iov_base = report, .iov_len = REPORT_SIZE};
  struct msghdr message = {.msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  ssize_t length;
  do {
    length = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
  } while (length < 0 && errno == EINTR);
  struct cmsghdr *header = length > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    if (master >= 0) close(master);
    memcpy(&master, CMSG_DATA(header), sizeof master);
  }
  return length;
}

/* Returns 0 once the program runs, -1 if it does not; then word has been left. */
static int follow(int channel) {
  static char report[REPORT_SIZE];
  int begun = 0;
  for (;;) {
    ssize_t length = receive(channel, report);
    if (length <= 0) break;
    if (report[0] == 'B') begun = 1;
    if (report[0] == 'P') memcpy(&process, report + 1, sizeof process);
    if (report[0] == 'E' && length > 6) {
      int error;
      memcpy(&error, report + 1, sizeof error);
      report[length - 1] = 0;
      const char *step = report + 5;
      size_t end = 5 + strlen(step) + 1;
      note(step, end < (size_t)length ? report + end : "", error);
      return -1;
    }
  }
  int runs = begun && process > 0;
  if (!runs) note("clone", "the process ended", ECHILD);
  return runs ? 0 : -1;
}

/* The start time (proc_pid_stat(5)) of a process that is not reaped; 0 if it cannot be read. */
static uint64_t start_time(pid_t pid) {
  enum { NAME_FIELD = 2, START_FIELD = 22 };
  char path[32], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  if (length <= 0) return 0;
  text[length] = 0;
  char *field = strrchr(text, ')');
  for (int i = NAME_FIELD; field && i < START_FIELD; i++) field = strchr(field + 1, ' ');
  return field ? number(field + 1) : 0;
}

/* Says which process it is, so that no other is taken for it once its pid is another's. */
static int record_process(void) {
  char text[48];
  uint64_t start = start_time(process);
  int length = snprintf(text, sizeof text, "%d %llu\n", process, (unsigned long long)start);
  int fd = start ? open("process", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
  if (fd < 0) return -1;
  int result = write(fd, text, (size_t)length) == length ? 0 : -1;
  close(fd);
  return result;
}

static int start(int child_fds[3]) {
  const char *failed = "clone", *argument = "";
  int channel[2];
  if (run_steps(outside_steps, &failed, &argument) < 0) {
    note(failed, argument, errno);
    return -1;
  }
  int between = joined_namespaces & CLONE_NEWPID;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0) return -1;
  pid_t pid = between ? fork() : clone_process(clone_flags);
  if (pid == 0 && between) run_between(channel[1], child_fds);
  if (pid == 0) run_inside(channel[1], child_fds);
  if (pid < 0) note("clone", "", errno);
  close(channel[1]);
  if (!between) process = pid;
  int result = pid < 0 ? -1 : follow(channel[0]);
  close(channel[0]);
  if (between && pid > 0) waitpid(pid, NULL, 0);
  if (result == 0 && (result = record_process()) < 0) note("process", "", errno);
  if (result == 0) {
    state.pid = process;
  } else if (process > 0) {
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
  }
  return result;
}

/* Starts the process as the plan says. Returns 0 once it runs, or -1 with nothing left of it. */
int launch(int child_fds[3]) {
  if (open_plan(options.plan) < 0 || !sealed() || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) {
    note("plan", options.plan, errno);
    return -1;
  }
  int result = start(child_fds);
  close_joins();
  if (result < 0) remove_groups();
  close_plan();
  if (result == 0 && master >= 0) {
    take_terminal(master);
  } else if (master >= 0) {
    close(master);
  }
  return result;
}
