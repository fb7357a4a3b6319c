/*
 * The container's file system. Every path of the container is resolved with the root
 * directory as its root and is then used by descriptor alone, so that no link in an
 * image or a volume leads out of it. All of it happens before the pivot, where
 * /proc/self/fd is the host's.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "launch.h"

enum { RACES = 32, KEPT_FLAGS = MS_NOSUID | MS_NODEV | MS_NOEXEC };

static int root_fd = -1;

/* Renames beside us make the kernel give up on a path; it is tried again. */
static int open_in_root(const char *path, int flags, uint64_t resolve) {
  struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC),
                         .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | resolve};
  int fd = -1;
  for (int i = 0; i < RACES; i++) {
    fd = (int)syscall(SYS_openat2, root_fd, path, &how, sizeof how);
    if (fd >= 0 || errno != EAGAIN) break;
  }
  return fd;
}

static int make_entry(int parent, const char *name, int directory) {
  if (directory) return mkdirat(parent, name, 0755) < 0 && errno != EEXIST ? -1 : 0;
  int fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0755);
  if (fd < 0) return errno == EEXIST ? 0 : -1;
  return close(fd);
}

/* Opens what lies at a path, making what is missing of it. */
static int open_made(const char *path, int directory) {
  char prefix[PATH_MAX];
  size_t length = strlen(path);
  if (length >= sizeof prefix) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int there = open_in_root(path, O_PATH, 0);
  if (there >= 0 || errno != ENOENT) return there;
  int parent = open_in_root("/", O_PATH, 0);
  for (size_t start = 0; parent >= 0 && start < length;) {
    while (path[start] == '/') start++;
    size_t end = start + strcspn(path + start, "/");
    if (end == start) break;
    memcpy(prefix, path, end);
    prefix[end] = 0;
    int fd = open_in_root(prefix, O_PATH, 0);
    if (fd < 0 && errno == ENOENT) {
      int last = path[end + strspn(path + end, "/")] == 0;
      fd = make_entry(parent, prefix + start, directory || !last) < 0
               ? -1
               : open_in_root(prefix, O_PATH, 0);
    }
    int error = errno;
    close(parent);
    errno = error;
    parent = fd;
    start = end;
  }
  return parent;
}

static const char *descriptor_path(int fd) {
  static char paths[2][32];
  static int turn;
  char *path = paths[turn ^= 1];
  snprintf(path, sizeof paths[0], "/proc/self/fd/%d", fd);
  return path;
}

static int mount_at(const char *source, int target, const char *type, unsigned long flags,
                    const char *data) {
  return mount(source, descriptor_path(target), type, flags, data);
}

/* Nothing is mounted over the kernel's files, wherever the path led. */
static int mountable(int target) {
  struct statfs status;
  if (fstatfs(target, &status) < 0) return -1;
  if (status.f_type != PROC_SUPER_MAGIC) return 0;
  errno = EPERM;
  return -1;
}

/* root PATH: a mount of its own, not seen by the host. */
int step_root(const char *const *words) {
  if (mount(NULL, "/", NULL, MS_SLAVE | MS_REC, NULL) < 0) return -1;
  if (mount(words[0], words[0], "bind", MS_BIND | MS_REC, NULL) < 0) return -1;
  root_fd = open(words[0], O_PATH | O_DIRECTORY | O_CLOEXEC);
  return root_fd < 0 ? -1 : 0;
}

/* Changes what is mounted at a path. */
static int change_mount(const char *path, unsigned long flags) {
  int fd = open_in_root(path, O_PATH, 0);
  if (fd < 0) return -1;
  int result = mount_at(NULL, fd, NULL, flags, NULL);
  close(fd);
  return result;
}

/* The mode of what tmpfs was mounted over becomes its own, as runc 1.1 has it. */
static int lend_mode(const char *path, mode_t mode) {
  int fd = open_in_root(path, O_PATH, 0);
  if (fd < 0) return -1;
  int result = chmod(descriptor_path(fd), mode & 07777u);
  close(fd);
  return result;
}

/* mount TYPE SOURCE TARGET FLAGS DATA */
int step_mount(const char *const *words) {
  const char *type = words[0];
  int kernel = !strcmp(type, "proc") || !strcmp(type, "sysfs");
  int existing = open_in_root(words[2], O_PATH | O_DIRECTORY, kernel ? RESOLVE_NO_SYMLINKS : 0);
  int target = existing;
  if (target < 0 && errno == ENOENT) target = open_made(words[2], 1);
  if (target < 0) return -1;
  const char *data = words[4];
  struct stat below;
  int result = fstat(target, &below) < 0 ? -1 : mountable(target);
  if (result == 0) {
    result = mount_at(words[1], target, type, number(words[3]), *data ? data : NULL);
  }
  close(target);
  if (result == 0 && existing >= 0 && !strcmp(type, "tmpfs")) {
    result = lend_mode(words[2], below.st_mode);
  }
  return result;
}

/* bind SOURCE TARGET FLAGS PROPAGATION; flags beyond bind and rec need a second call. */
int step_bind(const char *const *words) {
  struct stat status;
  unsigned long flags = number(words[2]), propagation = number(words[3]);
  if (stat(words[0], &status) < 0) return -1;
  int target = open_made(words[1], S_ISDIR(status.st_mode));
  if (target < 0) return -1;
  int result = mountable(target);
  if (result == 0) result = mount_at(words[0], target, "bind", flags & (MS_BIND | MS_REC), NULL);
  close(target);
  if (result == 0 && propagation) result = change_mount(words[1], propagation);
  if (result == 0 && (flags & ~(unsigned long)(MS_BIND | MS_REC))) {
    result = change_mount(words[1], flags | MS_REMOUNT);
  }
  return result;
}

/* The directory that holds a path, and the path's last name. */
static int open_parent(const char *path, const char **name) {
  char directory[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) : 0;
  if (!slash || length >= sizeof directory) {
    errno = EINVAL;
    return -1;
  }
  memcpy(directory, path, length);
  directory[length] = 0;
  *name = slash + 1;
  return open_made(length ? directory : "/", 1);
}

/* device PATH MODE MAJOR MINOR UID GID; the mode holds the type. */
int step_device(const char *const *words) {
  const char *name;
  int parent = open_parent(words[0], &name);
  if (parent < 0) return -1;
  mode_t old = umask(0);
  dev_t device = makedev((unsigned)number(words[2]), (unsigned)number(words[3]));
  int result = mknodat(parent, name, (mode_t)number(words[1]), device);
  umask(old);
  if (result == 0) {
    result = fchownat(parent, name, (uid_t)number(words[4]), (gid_t)number(words[5]),
                      AT_SYMLINK_NOFOLLOW);
  }
  close(parent);
  return result;
}

/* link TO PATH: in place of a file that may be there. */
int step_link(const char *const *words) {
  const char *name;
  int parent = open_parent(words[1], &name);
  if (parent < 0) return -1;
  int result = unlinkat(parent, name, 0);
  if (result < 0 && errno == ENOENT) result = 0;
  if (result == 0) result = symlinkat(words[0], parent, name);
  close(parent);
  return result;
}

static int is_device(int fd, unsigned major_number, unsigned minor_number) {
  struct stat status;
  if (fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) &&
      status.st_rdev == makedev(major_number, minor_number)) {
    return 1;
  }
  errno = ENOTTY;
  return 0;
}

static int mount_console(int terminal) {
  int target = open_made("/dev/console", 0);
  if (target < 0) return -1;
  int result = mount_at(descriptor_path(terminal), target, "bind", MS_BIND, NULL);
  close(target);
  return result;
}

/* console PATH: a new terminal becomes the streams, and /dev/console unless PATH is empty. */
int step_console(const char *const *words) {
  int unlocked = 0;
  int flags = O_RDWR | O_NOCTTY | O_NONBLOCK;
  int master = root_fd >= 0 ? open_in_root("/dev/ptmx", flags, 0)
                            : open("/dev/ptmx", flags | O_CLOEXEC);
  if (master < 0 || !is_device(master, 5, 2)) return -1;
  if (fcntl(master, F_SETFL, 0) < 0 || ioctl(master, TIOCSPTLCK, &unlocked) < 0) return -1;
  int terminal = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || (*words[0] && mount_console(terminal) < 0)) return -1;
  if (send_terminal(master) < 0) return -1;
  close(master);
  for (int i = 0; i < 3; i++) {
    if (dup2(terminal, i) < 0) return -1;
  }
  close(terminal);
  return ioctl(0, TIOCSCTTY, 0);
}

/* sysctl PATH VALUE: below the container's own /proc/sys. */
int step_sysctl(const char *const *words) {
  char path[PATH_MAX];
  struct statfs status;
  snprintf(path, sizeof path, "/proc/sys/%s", words[0]);
  int fd = open_in_root(path, O_WRONLY, RESOLVE_NO_SYMLINKS);
  if (fd < 0) return -1;
  int result = fstatfs(fd, &status);
  if (result == 0 && status.f_type != PROC_SUPER_MAGIC) {
    errno = EPERM;
    result = -1;
  }
  if (result == 0) result = write_text(fd, words[1]);
  close(fd);
  return result;
}

static int mask_file(int target) {
  int null = open_in_root("/dev/null", O_PATH, RESOLVE_NO_SYMLINKS);
  if (null < 0 || !is_device(null, 1, 3)) return -1;
  int result = mount_at(descriptor_path(null), target, NULL, MS_BIND, NULL);
  close(null);
  return result;
}

int step_mask(const char *const *words) {
  struct stat status;
  int target = open_in_root(words[0], O_PATH, 0);
  if (target < 0) return errno == ENOENT ? 0 : -1;
  int result = fstat(target, &status);
  if (result == 0) {
    result = S_ISDIR(status.st_mode) ? mount_at("tmpfs", target, "tmpfs", MS_RDONLY, NULL)
                                     : mask_file(target);
  }
  close(target);
  return result;
}

int step_readonly(const char *const *words) {
  struct statfs status;
  int target = open_in_root(words[0], O_PATH, 0);
  if (target < 0) return errno == ENOENT ? 0 : -1;
  int result = mount_at(descriptor_path(target), target, NULL, MS_BIND | MS_REC, NULL);
  if (result == 0) result = fstatfs(target, &status);
  close(target);
  if (result < 0) return -1;
  unsigned long kept = (unsigned long)status.f_flags & KEPT_FLAGS;
  return change_mount(words[0], kept | MS_BIND | MS_REC | MS_REMOUNT | MS_RDONLY);
}

/* pivot PATH: the root directory becomes the root, and the host's is let go. */
int step_pivot(const char *const *words) {
  int old = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int fresh = open(words[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (old < 0 || fresh < 0 || fchdir(fresh) < 0) return -1;
  if (syscall(SYS_pivot_root, ".", ".") < 0 || fchdir(old) < 0) return -1;
  if (mount(NULL, ".", NULL, MS_SLAVE | MS_REC, NULL) < 0) return -1;
  if (umount2(".", MNT_DETACH) < 0 || chdir("/") < 0) return -1;
  root_fd = -1;
  close_others();
  return 0;
}

/* directory PATH: with those above it, once the root is the container's. */
int step_directory(const char *const *words) {
  char path[PATH_MAX];
  size_t length = strlen(words[0]);
  if (length >= sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  memcpy(path, words[0], length + 1);
  for (size_t i = 1; i <= length; i++) {
    if (path[i] != '/' && path[i] != 0) continue;
    char separator = path[i];
    path[i] = 0;
    if (mkdir(path, 0755) < 0 && errno != EEXIST) return -1;
    path[i] = separator;
  }
  return 0;
}

int step_readonly_root(const char *const *words) {
  (void)words;
  return mount(NULL, "/", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
}
