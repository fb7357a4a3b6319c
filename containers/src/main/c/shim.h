/*
 * The shim holds one process of a container: its streams, its log, its end.
 * It outlives the engine. docs/formats/shim.md describes what it says and is told.
 *
 * There is one shim a process, so every byte counts: no heap, no stdio, buffers
 * in .bss whose pages exist only once they are used.
 */
#ifndef METANODE_SHIM_H
#define METANODE_SHIM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  LISTEN_FD = 3,         /* the engine's listening socket */
  NAMESPACE_FD = 4,      /* a network namespace, where there is one */
  READ_SIZE = 32 * 1024, /* output read at a time */
  FRAME_HEADER = 8,
  /* What pipes can still hold when the process has ended: two of 64 KiB, and frames' headers. */
  DRAIN_SIZE = 320 * 1024,
  LINE_SIZE = 16 * 1024, /* a longer line is logged in parts */
  INPUT_SIZE = 8 * 1024,
  MAX_CONNECTIONS = 64,
  DRAIN_GRACE_MILLIS = 2000, /* for output others still hold open when the process has ended */
};

enum { STDIN_BIT = 1, STDOUT_BIT = 2, STDERR_BIT = 4 };

struct options {
  const char *state;
  const char *log;
  int64_t log_max_bytes; /* -1: no bound */
  int log_max_files;
  const char *egress;
  int terminal;
  int open_stdin;
  int stdin_once;
  const char *plan; /* of a process the shim starts itself */
  char **runtime;   /* the OCI runtime's argument vector; may be empty with a plan */
};

enum phase { STARTING, RUNNING, FAILED, ENDED };

struct state {
  enum phase phase;
  pid_t runtime_pid;
  int runtime_status;
  pid_t pid;
  int reaped; /* the process has ended; its output may not have */
  int exit_code;
  uint64_t exit_nanos;
  uint64_t reaped_at; /* monotonic */
  uint64_t egress; /* UINT64_MAX: unknown */
  int released;
};

extern struct options options;
extern struct state state;
extern const int ignored_signals[]; /* by the shim; all others are handled as they were at first */

/* await.c */
int await_words(char ***arguments);

/* text.c */
uint64_t now_nanos(void);       /* since 1970 */
uint64_t monotonic_nanos(void); /* for differences */
void put32(unsigned char *to, uint32_t value);
void put64(unsigned char *to, uint64_t value);
int format_number(char *to, uint64_t value);
int read_number(const char *text, size_t length, uint64_t *value);
int read_number_file(const char *path, uint64_t *value);

/* egress.c */
uint64_t egress(void);

/* streams.c */
extern int input_fd;            /* the process's stdin or its terminal; -1 when closed */
extern int output_fds[2];       /* stdout, stderr; a terminal is stdout alone */
extern unsigned char output[DRAIN_SIZE]; /* frames on their way to attached clients */
extern size_t output_length;
extern size_t input_length;
int open_streams(int child_fds[3]);
void take_terminal(int master);
void resize_terminal(int rows, int columns);
int output_has_room(void);
void read_output(int stream);
int outputs_open(void);
void end_outputs(void);
void accept_input(int from, int *ended);
void write_input(void);
void close_input(void);

/* log.c */
void log_output(int stream, const unsigned char *bytes, size_t length);
void log_end(void);

/* runtime.c */
extern int console_fd; /* where the runtime delivers the terminal; -1 when there is none */
int start_process(int child_fds[3]);
void accept_console(void);
void reap_children(void);
void finish(void);
void signal_process(int number);

/* connections.c */
struct connection {
  int fd; /* -1: free */
  char kind; /* 0: not said yet, 'C' control, 'A' attached */
  unsigned char selection;
  unsigned char input_ended;
  unsigned char request[5];
  unsigned char request_length;
  size_t sent;      /* offset in output */
  size_t frame_end; /* of the frame that sent is in */
};
extern struct connection connections[MAX_CONNECTIONS];
void accept_connections(void);
void read_connection(struct connection *connection);
void write_connection(struct connection *connection);
void close_connection(struct connection *connection);
int wants_input(const struct connection *connection);
int wants_output(const struct connection *connection);
void settle_output(void);
void announce(void);
int controlled(void);
int attached(void);

#endif
