/*
 * What the shim does before the clone: control groups are made and limited. Of version 1
 * the process writes itself into its groups' files "tasks", of version 2 it is cloned into
 * its group: moving a process by pid, or by "cgroup.procs", waits for an RCU grace period.
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

uint64_t clone_flags;
int joined_namespaces;
int into_fd = -1;

/* Words of the plan. */
static struct {
  const char *hierarchy, *path;
} made[MAX_JOINS];
static int made_count;
static int group_fds[MAX_JOINS];
static int group_count;
static int group_directory = -1;
static const char *score;

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

static int inherit_sets(int parent, int directory) {
  if (inherit(parent, directory, "cpuset.cpus") < 0) return -1;
  return inherit(parent, directory, "cpuset.mems");
}

/* A group of version 2 gives its children all controllers it has, as far as it can. */
static int pass_on(int directory) {
  char has[256], gives[256], one[64];
  if (read_at(directory, "cgroup.controllers", has, sizeof has) < 0 ||
      read_at(directory, "cgroup.subtree_control", gives, sizeof gives) < 0) {
    return -1;
  }
  if (!strcmp(has, gives)) return 0;
  has[strcspn(has, "\n")] = 0;
  for (char *rest = has, *name; (name = strsep(&rest, " "));) {
    snprintf(one, sizeof one, "+%s", name);
    if (*name) (void)write_at(directory, "cgroup.subtree_control", one);
  }
  return 0;
}

enum kind { PLAIN, SETS, UNIFIED }; /* what a group has from the one above it */

/* Opens a group of a group, made if it is not there. */
static int enter_group(int parent, const char *name, enum kind kind, int *is_new) {
  if (kind == UNIFIED && pass_on(parent) < 0) return -1;
  *is_new = mkdirat(parent, name, 0755) == 0;
  if (!*is_new && errno != EEXIST) return -1;
  int directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (directory < 0) return -1;
  if (kind == SETS && inherit_sets(parent, directory) < 0) {
    close(directory);
    return -1;
  }
  return directory;
}

/* Opens a group, making what is missing of its path. */
static int enter_path(int hierarchy, const char *group, enum kind kind, int *is_new) {
  char path[PATH_MAX];
  int directory = hierarchy;
  snprintf(path, sizeof path, "%s", group);
  for (char *rest = path, *name; directory >= 0 && (name = strsep(&rest, "/"));) {
    if (!*name) continue;
    int next = enter_group(directory, name, kind, is_new);
    if (directory != hierarchy) close(directory);
    directory = next;
  }
  return directory;
}

static int make_group(const char *hierarchy, const char *group, enum kind kind) {
  int is_new = 0;
  if (strlen(group) >= PATH_MAX || group_count == MAX_JOINS || made_count == MAX_JOINS) {
    errno = E2BIG;
    return -1;
  }
  if (group_directory >= 0) close(group_directory);
  int top = open(hierarchy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (top < 0) return group_directory = -1;
  if (kind == PLAIN && mkdirat(top, group, 0755) == 0) {
    is_new = 1;
    group_directory = openat(top, group, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  } else {
    group_directory = enter_path(top, group, kind, &is_new);
  }
  close(top);
  if (is_new) {
    made[made_count].hierarchy = hierarchy;
    made[made_count++].path = group;
  }
  return group_directory < 0 ? -1 : 0;
}

static int add_group(int fd) {
  if (fd < 0) return -1;
  group_fds[group_count++] = fd;
  return 0;
}

/* group HIERARCHY PATH: makes a group of version 1 below where its hierarchy is mounted. */
static int step_group_1(const char *const *words) {
  if (make_group(words[0], words[1], PLAIN) < 0) return -1;
  return add_group(openat(group_directory, "tasks", O_WRONLY | O_CLOEXEC));
}

/* group-of-sets HIERARCHY PATH: the same with CPUs and memory nodes, those of the group above. */
static int step_group_of_sets(const char *const *words) {
  if (make_group(words[0], words[1], SETS) < 0) return -1;
  return add_group(openat(group_directory, "tasks", O_WRONLY | O_CLOEXEC));
}

/* unified HIERARCHY PATH: the same of version 2. */
static int step_unified(const char *const *words) {
  if (make_group(words[0], words[1], UNIFIED) < 0) return -1;
  into_fd = fcntl(group_directory, F_DUPFD_CLOEXEC, 0);
  return into_fd < 0 ? -1 : 0;
}

/* limit FILE VALUE: in the group made last. */
static int step_limit(const char *const *words) {
  return write_at(group_directory, words[0], words[1]);
}

/* device-program OFFSET LENGTH: for the group made last. */
static int step_devices(const char *const *words) {
  size_t length = number(words[1]);
  const void *program = tail_part(number(words[0]), length);
  return program ? limit_devices(group_directory, program, length) : -1;
}

/* enter FILE: the file "tasks" of a group that exists. */
static int step_enter(const char *const *words) {
  if (group_count == MAX_JOINS) return -1;
  return add_group(open(words[0], O_WRONLY | O_CLOEXEC));
}

/* into DIRECTORY: a group of version 2 that exists. */
static int step_into(const char *const *words) {
  into_fd = open(words[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return into_fd < 0 ? -1 : 0;
}

static int step_flags(const char *const *words) {
  clone_flags = number(words[0]);
  return 0;
}

/* join FLAGS: namespaces that the descriptor the engine gave holds, of its own or a process's. */
static int step_join(const char *const *words) {
  joined_namespaces = (int)number(words[0]);
  return 0;
}

static int step_score(const char *const *words) {
  score = words[0];
  return 0;
}

const struct step outside_steps[] = {
    {"group", 2, step_group_1},
    {"group-of-sets", 2, step_group_of_sets},
    {"unified", 2, step_unified},
    {"limit", 2, step_limit},
    {"device-program", 2, step_devices},
    {"enter", 1, step_enter},
    {"into", 1, step_into},
    {"flags", 1, step_flags},
    {"join", 1, step_join},
    {"oom", 1, step_score},
    {NULL, 0, NULL},
};

/* By the process itself, while /proc is the host's. */
int adjust_score(void) {
  return score ? write_at(AT_FDCWD, "/proc/self/oom_score_adj", score) : 0;
}

int join_groups(void) {
  for (int i = 0; i < group_count; i++) {
    if (write_text(group_fds[i], "0") < 0) return -1;
  }
  return 0;
}

void close_joins(void) {
  for (int i = 0; i < group_count; i++) close(group_fds[i]);
  if (group_directory >= 0) close(group_directory);
  if (into_fd >= 0) close(into_fd);
  group_count = 0;
  group_directory = into_fd = -1;
}

/* Takes back the groups this launch made; the runtime makes its own. */
void remove_groups(void) {
  char path[PATH_MAX];
  for (int i = 0; i < made_count; i++) {
    int length = snprintf(path, sizeof path, "%s/%s", made[i].hierarchy, made[i].path);
    if (length < (int)sizeof path) rmdir(path);
  }
  made_count = 0;
}
