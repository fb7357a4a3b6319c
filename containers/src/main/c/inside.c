/*
 * The process, from the clone to its program. The order of steps is the plan's, which
 * follows runc's.
 *
 * A process that joins a container's pid namespace is cloned by one in between, which by
 * then has joined all else and closed what it does not need: others of the container see
 * nothing of the host in it, however much they may.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launch.h"

static int report_fd;

_Noreturn static void fail(const char *step, const char *argument) {
  char report[4096];
  int error = errno;
  size_t length = 5;
  report[0] = 'E';
  memcpy(report + 1, &error, sizeof error);
  const char *texts[] = {step, argument};
  for (int i = 0; i < 2; i++) {
    size_t room = sizeof report - length - 2;
    size_t size = strnlen(texts[i], room);
    memcpy(report + length, texts[i], size);
    length += size;
    report[length++] = 0;
  }
  (void)!send(report_fd, report, length, MSG_NOSIGNAL);
  _exit(1);
}

int send_terminal(int terminal) {
  char control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec vector = {.iov_base = (char[]){'T'}, .iov_len = 1};
  struct msghdr message = {.msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof terminal);
  memcpy(CMSG_DATA(header), &terminal, sizeof terminal);
  return sendmsg(report_fd, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

/* Tells the shim that all is done but the exec, whose failure is the container's own. */
void begin_program(void) { (void)!send(report_fd, "B", 1, MSG_NOSIGNAL); }

/* Nothing of the host stays open where the container could get at it. */
void close_others(void) {
  if (close_range(CHANNEL + 1, ~0U, 0) < 0) fail("descriptors", "");
}

/* A child of the shim, in the group of version 2 it is to be in; pid or -1 as fork(2). */
pid_t clone_process(uint64_t flags) {
  struct clone_args arguments = {.flags = flags};
  if (!(flags & CLONE_PARENT)) arguments.exit_signal = SIGCHLD;
  if (into_fd >= 0) {
    arguments.flags |= CLONE_INTO_CGROUP;
    arguments.cgroup = (uint64_t)into_fd;
  }
  return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

/* The engine starts the shim with the default handling of all signals. */
static void reset_signals(void) {
  sigset_t none;
  for (const int *number = ignored_signals; *number; number++) signal(*number, SIG_DFL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int step_unshare(const char *const *words) { return unshare((int)number(words[0])); }

/* A new network namespace has a loopback device that is down. */
static int step_loopback(const char *const *words) {
  struct ifreq request = {.ifr_name = "lo"};
  (void)words;
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int result = ioctl(fd, SIOCGIFFLAGS, &request);
  request.ifr_flags |= IFF_UP;
  if (result == 0) result = ioctl(fd, SIOCSIFFLAGS, &request);
  close(fd);
  return result;
}

static int step_hostname(const char *const *words) {
  return sethostname(words[0], strlen(words[0]));
}

static int step_domainname(const char *const *words) {
  return setdomainname(words[0], strlen(words[0]));
}

static int step_privileges(const char *const *words) {
  (void)words;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

const struct step inside_steps[] = {
    {"unshare", 1, step_unshare},
    {"loopback", 0, step_loopback},
    {"rlimit", 3, step_rlimit},
    {"keyring", 1, step_keyring},
    {"root", 1, step_root},
    {"mount", 5, step_mount},
    {"bind", 4, step_bind},
    {"device", 6, step_device},
    {"link", 2, step_link},
    {"console", 1, step_console},
    {"sysctl", 2, step_sysctl},
    {"mask", 1, step_mask},
    {"readonly", 1, step_readonly},
    {"pivot", 1, step_pivot},
    {"directory", 1, step_directory},
    {"readonly-root", 0, step_readonly_root},
    {"hostname", 1, step_hostname},
    {"domainname", 1, step_domainname},
    {"no-new-privileges", 0, step_privileges},
    {"bounding", 1, step_bounding},
    {"group-id", 1, step_group},
    {"user", 2, step_user},
    {"capabilities", 4, step_capabilities},
    {"seccomp", 3, step_seccomp},
    {"arg", 1, step_arg},
    {"env", 1, step_env},
    {"cwd", 1, step_cwd},
    {"exec", 1, step_exec},
    {NULL, 0, NULL},
};

/* The streams, the channel, and on the way the group that is to be cloned into. */
static void arrange(int channel, const int child_fds[3]) {
  report_fd = channel;
  for (int i = 0; i < 3; i++) {
    if (dup2(child_fds[i], i) < 0) fail("descriptors", "");
  }
  if (dup3(channel, CHANNEL, O_CLOEXEC) < 0) fail("descriptors", "");
  report_fd = CHANNEL;
}

static void join(void) {
  if (adjust_score() < 0) fail("oom", "");
  if (join_groups() < 0) fail("enter", "a control group");
  if (joined_namespaces && setns(NAMESPACE_FD, joined_namespaces) < 0) fail("join", "a namespace");
}

_Noreturn static void run_program(void) {
  const char *failed = "exec", *argument = "";
  reset_signals();
  if (setsid() < 0) fail("session", "");
  umask(022);
  run_steps(inside_steps, &failed, &argument);
  fail(failed, argument);
}

/* In a new pid namespace: nobody else is there to look. */
void run_inside(int channel, const int child_fds[3]) {
  arrange(channel, child_fds);
  join();
  run_program();
}

/* Clones the process into the namespaces it has joined, and ends. */
void run_between(int channel, const int child_fds[3]) {
  char report[1 + sizeof(pid_t)] = {'P'};
  arrange(channel, child_fds);
  join();
  if (into_fd >= 0) {
    if (dup3(into_fd, INTO, O_CLOEXEC) < 0) fail("descriptors", "");
    into_fd = INTO;
  }
  if (close_range(into_fd < 0 ? INTO : INTO + 1, ~0U, 0) < 0) fail("descriptors", "");
  pid_t pid = clone_process(clone_flags | CLONE_PARENT);
  if (pid < 0) fail("clone", "");
  if (pid == 0) {
    close_others();
    run_program();
  }
  memcpy(report + 1, &pid, sizeof pid);
  if (send(report_fd, report, sizeof report, MSG_NOSIGNAL) < 0) kill(pid, SIGKILL);
  _exit(0);
}
