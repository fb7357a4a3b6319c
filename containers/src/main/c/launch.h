/*
 * The fast launcher: the shim starts the process itself, as a plan says. The plan is
 * made by the engine from the OCI configuration (docs/formats/launch-plan.md).
 */
#ifndef METANODE_LAUNCH_H
#define METANODE_LAUNCH_H

#include "shim.h"

enum { MAX_WORDS = 6, MAX_ARGUMENTS = 8192, MAX_JOINS = 40 };
enum { CHANNEL = 3, INTO = 4 }; /* what a process keeps open on its way */

/* One step of a plan; returns 0, or -1 with errno. */
struct step {
  const char *name;
  int arity;
  int (*run)(const char *const *words);
};

/* plan.c */
const void *tail_part(uint64_t offset, uint64_t length);
int open_plan(const char *path);
void close_plan(void);
int run_steps(const struct step *steps, const char **failed, const char **argument);
extern const struct step outside_steps[];
extern const struct step inside_steps[];

/* launch.c */
int launch(int child_fds[3]);
int send_terminal(int master);
void begin_program(void);

/* outside.c */
extern uint64_t clone_flags;
extern int joined_namespaces; /* CLONE_ bits of those that descriptor 4 holds */
extern int into_fd;           /* the group of version 2 the process begins in; -1 without */
void remove_groups(void);
void close_joins(void);
int adjust_score(void);
int join_groups(void);

/* devices.c */
int limit_devices(int group, const void *program, size_t length);

/* inside.c */
_Noreturn void run_inside(int channel, const int child_fds[3]);
_Noreturn void run_between(int channel, const int child_fds[3]);
pid_t clone_process(uint64_t flags);
void close_others(void);

/* rootfs.c */
int step_root(const char *const *words);
int step_mount(const char *const *words);
int step_bind(const char *const *words);
int step_device(const char *const *words);
int step_link(const char *const *words);
int step_console(const char *const *words);
int step_sysctl(const char *const *words);
int step_mask(const char *const *words);
int step_readonly(const char *const *words);
int step_pivot(const char *const *words);
int step_directory(const char *const *words);
int step_readonly_root(const char *const *words);

/* identity.c */
int step_keyring(const char *const *words);
int step_rlimit(const char *const *words);
int step_bounding(const char *const *words);
int step_group(const char *const *words);
int step_user(const char *const *words);
int step_capabilities(const char *const *words);
int step_seccomp(const char *const *words);

/* program.c */
int step_arg(const char *const *words);
int step_env(const char *const *words);
int step_cwd(const char *const *words);
int step_exec(const char *const *words);

/* numbers.c */
int write_text(int fd, const char *text);
uint64_t number(const char *word);

#endif
