/*
 * Reading a plan: words that each end with a NUL, a keyword and then as many words as
 * it takes. All of it is checked before the first step is run; a plan that was cut off
 * or grew is known by its size, which it tells itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launch.h"

enum { PLAN_LIMIT = 4 << 20 };

static const char *plan;
static size_t plan_size;
static size_t steps_start;
static size_t words_end;

static const struct step *find(const struct step *steps, const char *name) {
  for (; steps->name; steps++) {
    if (!strcmp(steps->name, name)) return steps;
  }
  return NULL;
}

/* The word at an offset, which moves behind it; null if none ends within the plan. */
static const char *next(size_t *offset, size_t end) {
  const char *word = plan + *offset;
  const char *nul = *offset < end ? memchr(word, 0, end - *offset) : NULL;
  if (!nul) return NULL;
  *offset += (size_t)(nul - word) + 1;
  return word;
}

/* Splits off what follows the word "end": the tail. */
static int check(void) {
  size_t offset = 0;
  const char *version = next(&offset, plan_size);
  const char *size = version ? next(&offset, plan_size) : NULL;
  if (!size || strcmp(version, "metanode-plan-1") || number(size) != plan_size) return -1;
  steps_start = offset;
  for (const char *last = "";; ) {
    const char *name = next(&offset, plan_size);
    if (!name) return -1;
    if (!strcmp(name, "end")) {
      if (strcmp(last, "exec")) return -1;
      break;
    }
    last = name;
    const struct step *step = find(outside_steps, name);
    if (!step) step = find(inside_steps, name);
    if (!step) return -1;
    for (int i = 0; i < step->arity; i++) {
      if (!next(&offset, plan_size)) return -1;
    }
  }
  words_end = offset;
  return 0;
}

/* Bytes of the tail; null with errno if it does not hold them. */
const void *tail_part(uint64_t offset, uint64_t length) {
  uint64_t size = plan_size - words_end;
  if (length > 0 && offset <= size && length <= size - offset) return plan + words_end + offset;
  errno = EINVAL;
  return NULL;
}

int open_plan(const char *path) {
  struct stat status;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  if (fstat(fd, &status) < 0 || status.st_size <= 0 || status.st_size > PLAN_LIMIT) {
    close(fd);
    errno = EINVAL;
    return -1;
  }
  plan_size = (size_t)status.st_size;
  void *mapped = mmap(NULL, plan_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ssize_t length = mapped == MAP_FAILED ? -1 : read(fd, mapped, plan_size);
  close(fd);
  if (mapped == MAP_FAILED) return -1;
  plan = mapped;
  if (length == (ssize_t)plan_size && check() == 0) return 0;
  close_plan();
  errno = EINVAL;
  return -1;
}

void close_plan(void) {
  if (plan) munmap((void *)(uintptr_t)plan, plan_size);
  plan = NULL;
}

/* Runs the steps of a table, in the plan's order; says which failed and on what. */
int run_steps(const struct step *steps, const char **failed, const char **argument) {
  size_t offset = steps_start;
  while (offset < words_end) {
    const char *words[MAX_WORDS];
    const char *name = next(&offset, words_end);
    if (!strcmp(name, "end")) break;
    const struct step *step = find(steps, name);
    const struct step *others = steps == inside_steps ? outside_steps : inside_steps;
    const struct step *known = step ? step : find(others, name);
    for (int i = 0; i < known->arity; i++) words[i] = next(&offset, words_end);
    if (step && step->run(words) < 0) {
      *failed = name;
      *argument = step->arity ? words[0] : "";
      return -1;
    }
  }
  return 0;
}
