/*
 * What the shim does before the clone: control groups are made and limited, namespaces
 * that are joined are opened. The process writes itself into its groups' files, which
 * are open by then: moving it by pid would wait for an RCU grace period.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"

int clone_flags;
int group_fds[MAX_JOINS];
int group_count;

static char made[MAX_JOINS][PATH_MAX]; /* touched only as far as it is used */
static int made_count;
static int namespace_fds[MAX_JOINS];
static int namespace_types[MAX_JOINS];
static int namespace_count;
static int own_pid_namespace = -1;
static int group_directory = -1;

static int read_at(int directory, const char *name, char *text, size_t size) {
  int fd = openat(directory, name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t length = read(fd, text, size - 1);
  close(fd);
  if (length < 0) return -1;
  text[length] = 0;
  return (int)length;
}

static int write_at(int directory, const char *name, const char *text) {
  int fd = openat(directory, name, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int result = write_text(fd, text);
  close(fd);
  return result;
}

/* A new group of version 1 has no CPUs and no memory nodes until it is given its parent's. */
static int inherit(int parent, int directory, const char *name) {
  char text[4096];
  if (read_at(directory, name, text, sizeof text) < 0) return errno == ENOENT ? 0 : -1;
  if (text[0] && text[0] != '\n') return 0;
  if (read_at(parent, name, text, sizeof text) < 0) return -1;
  return write_at(directory, name, text);
}

static int enter_directory(int parent, const char *name, int *is_new) {
  *is_new = mkdirat(parent, name, 0755) == 0;
  if (!*is_new && errno != EEXIST) return -1;
  int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (directory < 0) return -1;
  if (inherit(parent, directory, "cpuset.cpus") < 0 ||
      inherit(parent, directory, "cpuset.mems") < 0) {
    close(directory);
    return -1;
  }
  return directory;
}

/* group HIERARCHY PATH FILE: makes a group below where its hierarchy is mounted. */
static int step_control_group(const char *const *words) {
  char path[PATH_MAX];
  int is_new = 0;
  size_t length = strlen(words[1]);
  if (length >= sizeof path || group_count == MAX_JOINS || made_count == MAX_JOINS) {
    errno = E2BIG;
    return -1;
  }
  memcpy(path, words[1], length + 1);
  if (group_directory >= 0) close(group_directory);
  group_directory = open(words[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (char *rest = path, *name; group_directory >= 0 && (name = strsep(&rest, "/"));) {
    if (!*name) continue;
    int directory = enter_directory(group_directory, name, &is_new);
    close(group_directory);
    group_directory = directory;
  }
  if (group_directory < 0) return -1;
  if (is_new) snprintf(made[made_count++], PATH_MAX, "%s/%s", words[0], words[1]);
  int fd = openat(group_directory, words[2], O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  group_fds[group_count++] = fd;
  return 0;
}

/* limit FILE VALUE: in the group made last. */
static int step_limit(const char *const *words) {
  return write_at(group_directory, words[0], words[1]);
}

/* enter FILE: a group that exists. */
static int step_enter(const char *const *words) {
  if (group_count == MAX_JOINS) return -1;
  int fd = open(words[0], O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  group_fds[group_count++] = fd;
  return 0;
}

static int step_flags(const char *const *words) {
  clone_flags = (int)number(words[0]);
  return 0;
}

/* join TYPE FILE; the descriptor the engine gave stands for FILE "-". */
static int step_join(const char *const *words) {
  if (namespace_count == MAX_JOINS) return -1;
  int given = !strcmp(words[1], "-");
  int fd = given ? fcntl(NAMESPACE_FD, F_DUPFD_CLOEXEC, 0)
                 : open(words[1], O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  namespace_types[namespace_count] = (int)number(words[0]);
  namespace_fds[namespace_count++] = fd;
  return 0;
}

const struct step outside_steps[] = {
    {"group", 3, step_control_group}, {"limit", 2, step_limit}, {"enter", 1, step_enter},
    {"flags", 1, step_flags},         {"join", 2, step_join},   {NULL, 0, NULL},
};

/* A process is a member of the pid namespace its parent had set when it was cloned. */
int enter_pid_namespace(void) {
  for (int i = 0; i < namespace_count; i++) {
    if (namespace_types[i] != CLONE_NEWPID) continue;
    own_pid_namespace = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    if (own_pid_namespace < 0) return -1;
    return setns(namespace_fds[i], CLONE_NEWPID);
  }
  return 0;
}

int leave_pid_namespace(void) {
  if (own_pid_namespace < 0) return 0;
  int result = setns(own_pid_namespace, CLONE_NEWPID);
  close(own_pid_namespace);
  own_pid_namespace = -1;
  return result;
}

int join_groups(void) {
  for (int i = 0; i < group_count; i++) {
    if (write_text(group_fds[i], "0") < 0) return -1;
  }
  return 0;
}

int join_namespaces(void) {
  for (int i = 0; i < namespace_count; i++) {
    int type = namespace_types[i];
    if (type != CLONE_NEWPID && setns(namespace_fds[i], type) < 0) return -1;
  }
  return 0;
}

void close_joins(void) {
  for (int i = 0; i < group_count; i++) close(group_fds[i]);
  for (int i = 0; i < namespace_count; i++) close(namespace_fds[i]);
  if (group_directory >= 0) close(group_directory);
  group_count = namespace_count = 0;
  group_directory = -1;
}

/* Takes back the groups this launch made; the runtime makes its own. */
void remove_groups(void) {
  for (int i = 0; i < made_count; i++) rmdir(made[i]);
  made_count = 0;
}
