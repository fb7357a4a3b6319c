/*
 * The process, from the clone to its program. The order of steps is the plan's, which
 * follows runc's.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"

enum { CHANNEL = 3 };

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
  if (report_fd != CHANNEL) {
    if (dup3(report_fd, CHANNEL, O_CLOEXEC) < 0) fail("descriptors", "");
    report_fd = CHANNEL;
  }
  if (close_range(CHANNEL + 1, ~0U, 0) < 0) fail("descriptors", "");
}

static void reset_signals(void) {
  sigset_t none;
  for (int signal_number = 1; signal_number < NSIG; signal_number++) {
    signal(signal_number, SIG_DFL);
  }
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int step_oom(const char *const *words) {
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int result = write_text(fd, words[0]);
  close(fd);
  return result;
}

static int step_unshare(const char *const *words) { return unshare((int)number(words[0])); }

static int step_close(const char *const *words) {
  (void)words;
  close_others();
  return 0;
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
    {"oom", 1, step_oom},
    {"unshare", 1, step_unshare},
    {"close", 0, step_close},
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
    {"seccomp", 1, step_seccomp},
    {"arg", 1, step_arg},
    {"env", 1, step_env},
    {"cwd", 1, step_cwd},
    {"exec", 1, step_exec},
    {NULL, 0, NULL},
};

void run_inside(int channel, const int child_fds[3]) {
  const char *failed = "exec", *argument = "";
  report_fd = channel;
  reset_signals();
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0) fail("dumpable", "");
  for (int i = 0; i < 3; i++) {
    if (dup2(child_fds[i], i) < 0) fail("descriptors", "");
  }
  if (setsid() < 0) fail("session", "");
  if (join_groups() < 0) fail("enter", "a control group");
  if (join_namespaces() < 0) fail("join", "a namespace");
  umask(022);
  run_steps(inside_steps, &failed, &argument);
  fail(failed, argument);
}
