/*
 * The first process of a container that asked for --init: docker-init -- PROGRAM ARG...
 *
 * It starts the program in a process group of its own, in the foreground if there is a terminal,
 * passes every signal on to it, reaps whatever is left to it, and ends as the program ended.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT_RUN = 126, NOT_FOUND = 127, BY_SIGNAL = 128 };

/* Of the first process's own doing; passed on they would mean something else. */
static const int kept[] = {SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGSYS, 0};

static void say(const char *what) { (void)!write(STDERR_FILENO, what, strlen(what)); }

static int fail(const char *program) {
  int reason = errno;
  say("docker-init: ");
  say(program);
  say(": ");
  say(strerror(reason));
  say("\n");
  return reason == ENOENT ? NOT_FOUND : CANNOT_RUN;
}

static void run(char **program, const sigset_t *mask) {
  setpgid(0, 0);
  if (isatty(STDIN_FILENO)) {
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, getpgrp());
    signal(SIGTTOU, SIG_DFL);
  }
  sigprocmask(SIG_SETMASK, mask, NULL);
  execvp(program[0], program);
  _exit(fail(program[0]));
}

/* Reaps all that has ended; the program's exit code if it is among them, else -1. */
static int reap(pid_t program) {
  int status, code = -1;
  for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (ended != program) continue;
    code = WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return code;
}

int main(int count, char **arguments) {
  sigset_t all, before;
  char **program = arguments + 1;
  if (count > 1 && !strcmp(*program, "--")) program++;
  if (!*program) {
    say("usage: docker-init -- PROGRAM [ARG...]\n");
    return 2;
  }
  sigfillset(&all);
  for (const int *number = kept; *number; number++) sigdelset(&all, *number);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  if (child < 0) return fail("fork");
  if (child == 0) run(program, &before);
  for (int code = -1; code < 0;) {
    int number = sigwaitinfo(&all, NULL);
    if (number == SIGCHLD) {
      code = reap(child);
    } else if (number > 0) {
      kill(child, number);
    }
    if (code >= 0) return code;
  }
}
