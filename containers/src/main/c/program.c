/* The program: where it is, in which directory it runs, and running it. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"

static const char *arguments[MAX_ARGUMENTS + 1];
static const char *environment[MAX_ARGUMENTS + 1];
static size_t argument_count, environment_count;

static int append(const char **list, size_t *count, const char *word) {
  if (*count == MAX_ARGUMENTS) {
    errno = E2BIG;
    return -1;
  }
  list[(*count)++] = word;
  return 0;
}

int step_arg(const char *const *words) { return append(arguments, &argument_count, words[0]); }

int step_env(const char *const *words) { return append(environment, &environment_count, words[0]); }

/* A directory outside the container's root, reached by a descriptor, has no path there. */
int step_cwd(const char *const *words) {
  static char path[PATH_MAX];
  if (words[0][0] != '/') {
    errno = EINVAL;
    return -1;
  }
  if (chdir(words[0]) < 0) return -1;
  if (!getcwd(path, sizeof path)) return errno == ERANGE ? 0 : -1;
  if (path[0] == '/') return 0;
  errno = ENOENT;
  return -1;
}

/* As Go's exec.LookPath, and then whether the file system lets it be executed. */
static int executable(const char *path) {
  struct stat status;
  if (stat(path, &status) < 0) return -1;
  if (!S_ISDIR(status.st_mode) && (status.st_mode & 0111)) return 0;
  errno = EACCES;
  return -1;
}

static const char *search_path(void) {
  for (size_t i = 0; i < environment_count; i++) {
    if (!strncmp(environment[i], "PATH=", 5)) return environment[i] + 5;
  }
  return "";
}

/* errno 0: not on the search path. */
static const char *look_up(const char *name) {
  static char path[PATH_MAX];
  if (strchr(name, '/')) return executable(name) < 0 ? NULL : name;
  for (const char *rest = search_path(); *rest;) {
    size_t length = strcspn(rest, ":");
    int whole = snprintf(path, sizeof path, "%.*s/%s", (int)length, rest, name);
    if (*rest == '/' && whole < (int)sizeof path && executable(path) == 0) return path;
    rest += length + (rest[length] == ':');
  }
  errno = 0;
  return NULL;
}

static const char *reason(int error) {
  switch (error) {
    case ENOEXEC: return "exec format error";
    case ENOENT: return "no such file or directory";
    case EACCES: return "permission denied";
    case E2BIG: return "argument list too long";
    case ENOMEM: return "cannot allocate memory";
    case ELOOP: return "too many levels of symbolic links";
    case EPERM: return "operation not permitted";
    default: return "input/output error";
  }
}

/* exec NAME: becomes the program, with the arguments and the environment given before. */
int step_exec(const char *const *words) {
  const char *program = look_up(words[0]);
  if (!program || faccessat(AT_FDCWD, program, X_OK, AT_EACCESS) < 0) return -1;
  begin_program();
  execve(program, (char *const *)(uintptr_t)arguments, (char *const *)(uintptr_t)environment);
  dprintf(2, "exec %s: %s\n", program, reason(errno));
  _exit(1);
}
