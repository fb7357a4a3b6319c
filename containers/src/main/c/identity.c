/* Who the process is and what it may: limits, keyring, ids, capabilities, seccomp. */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "launch.h"

enum { MAX_GROUPS = 1024, KEY_SEARCH_BY_USER = 0x00080000 };

static gid_t groups[MAX_GROUPS];
static size_t groups_count;

int step_rlimit(const char *const *words) {
  struct rlimit limit = {.rlim_cur = number(words[1]), .rlim_max = number(words[2])};
  return setrlimit((__rlimit_resource_t)number(words[0]), &limit);
}

/* A session keyring of its own, which others of the container can search. */
int step_keyring(const char *const *words) {
  char text[512];
  long ring = syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, words[0], 0, 0, 0);
  if (ring < 0) return errno == ENOSYS ? 0 : -1;
  long length = syscall(SYS_keyctl, KEYCTL_DESCRIBE, ring, text, sizeof text - 1, 0);
  if (length < 0 || length >= (long)sizeof text) return -1;
  text[length] = 0;
  char *rest = text;
  for (int i = 0; i < 3; i++) strsep(&rest, ";");
  if (!rest) return -1;
  unsigned long mode = strtoul(rest, NULL, 16) | KEY_SEARCH_BY_USER;
  return (int)syscall(SYS_keyctl, KEYCTL_SETPERM, ring, mode, 0, 0);
}

int step_bounding(const char *const *words) {
  uint64_t kept = number(words[0]);
  for (unsigned i = 0; i < 64; i++) {
    if (kept >> i & 1) continue;
    if (prctl(PR_CAPBSET_DROP, i, 0, 0, 0) < 0) return errno == EINVAL ? 0 : -1;
  }
  return 0;
}

int step_group(const char *const *words) {
  if (groups_count == MAX_GROUPS) return -1;
  groups[groups_count++] = (gid_t)number(words[0]);
  return 0;
}

/* The process may reopen its own streams by /proc/self/fd. */
static int own_streams(uid_t user) {
  for (int fd = 0; fd < 3; fd++) {
    struct stat status;
    if (fstat(fd, &status) < 0) return -1;
    if (status.st_uid == user || status.st_rdev == makedev(1, 3)) continue;
    if (fchown(fd, user, status.st_gid) < 0 && errno != EPERM && errno != EINVAL &&
        errno != EROFS) {
      return -1;
    }
  }
  return 0;
}

int step_user(const char *const *words) {
  uid_t user = (uid_t)number(words[0]);
  gid_t group = (gid_t)number(words[1]);
  if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || own_streams(user) < 0) return -1;
  if (setgroups(groups_count, groups) < 0) return -1;
  if (setresgid(group, group, group) < 0 || setresuid(user, user, user) < 0) return -1;
  return prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0);
}

/* capabilities EFFECTIVE PERMITTED INHERITABLE AMBIENT */
int step_capabilities(const char *const *words) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  uint64_t effective = number(words[0]), permitted = number(words[1]);
  uint64_t inheritable = number(words[2]), ambient = number(words[3]);
  for (int i = 0; i < 2; i++) {
    data[i].effective = (uint32_t)(effective >> 32 * i);
    data[i].permitted = (uint32_t)(permitted >> 32 * i);
    data[i].inheritable = (uint32_t)(inheritable >> 32 * i);
  }
  if (syscall(SYS_capset, &header, data) < 0) return -1;
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -1;
  for (unsigned long i = 0; i < 64; i++) {
    if (ambient >> i & 1 && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, i, 0, 0) < 0) return -1;
  }
  return 0;
}

/* seccomp FLAGS OFFSET LENGTH: loads a filter of the plan's tail. */
int step_seccomp(const char *const *words) {
  size_t length = number(words[2]);
  size_t count = length / sizeof(struct sock_filter);
  const void *program = tail_part(number(words[1]), length);
  if (!program || count > BPF_MAXINSNS || length % sizeof(struct sock_filter)) {
    errno = EINVAL;
    return -1;
  }
  struct sock_fprog loaded = {.len = (unsigned short)count,
                              .filter = (struct sock_filter *)(uintptr_t)program};
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, number(words[0]), &loaded);
}
