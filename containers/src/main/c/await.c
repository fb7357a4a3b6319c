/*
 * A shim that was started ahead. It waits at descriptor 3 for one message: the words of its
 * command line, each ended by a NUL, with the listening socket and, where there is one, the
 * namespace. An engine that goes without a word takes it along.
 */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shim.h"

enum { MOST_WORDS = 128, MOST_DESCRIPTORS = NAMESPACE_FD - LISTEN_FD + 1 };

/* Receives the message; returns its length, or -1 if there will be none that can be used. */
static ssize_t receive(char *space, size_t size, int *descriptors, size_t *count) {
  char control[CMSG_SPACE(MOST_DESCRIPTORS * sizeof(int))];
  struct iovec vector = {.iov_base = space, .iov_len = size};
  struct msghdr message = {.msg_iov = &vector,
                           .msg_iovlen = 1,
                           .msg_control = control,
                           .msg_controllen = sizeof control};
  ssize_t length = recvmsg(LISTEN_FD, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = length > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -1;
  *count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  memcpy(descriptors, CMSG_DATA(header), *count * sizeof(int));
  return message.msg_flags & (MSG_TRUNC | MSG_CTRUNC) ? -1 : length;
}

/* What was received lies above where it is to be, and in order. */
static void place(const int *descriptors, size_t count) {
  for (size_t i = 0; i < count; i++) {
    int wanted = LISTEN_FD + (int)i;
    if (descriptors[i] == wanted) continue;
    dup2(descriptors[i], wanted);
  }
  for (size_t i = 0; i < count; i++) {
    if (descriptors[i] >= LISTEN_FD + (int)count) close(descriptors[i]);
  }
}

static int split(char *space, size_t length, char **words) {
  int count = 1;
  if (space[length - 1] != 0) return -1;
  for (size_t at = 0; at < length; at += strlen(space + at) + 1) {
    if (count == MOST_WORDS) return -1;
    words[count++] = space + at;
  }
  return count;
}

/*
 * Replaces the command line, which was --await and a word as long as any that may come: the
 * message takes its place in memory, so that who lists processes sees what this one is for.
 */
int await_words(char ***arguments) {
  static char *words[MOST_WORDS + 1];
  char *space = (*arguments)[1];
  size_t size = (size_t)((*arguments)[2] + strlen((*arguments)[2]) - space);
  int descriptors[MOST_DESCRIPTORS];
  size_t count = 0;
  ssize_t length = receive(space, size, descriptors, &count);
  if (length <= 0) return -1;
  memset(space + length, 0, size - (size_t)length);
  place(descriptors, count);
  words[0] = (*arguments)[0];
  *arguments = words;
  return split(space, (size_t)length, words);
}
