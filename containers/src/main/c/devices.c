/* Which devices a group of version 2 may use: an eBPF program, where version 1 has files. */
#include <linux/bpf.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "launch.h"

static int bpf(int command, union bpf_attr *attributes) {
  return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

int limit_devices(int group, const void *program, size_t length) {
  union bpf_attr load = {.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE};
  load.insn_cnt = (uint32_t)(length / sizeof(struct bpf_insn));
  load.insns = (uint64_t)(uintptr_t)program;
  load.license = (uint64_t)(uintptr_t) "Apache";
  int loaded = bpf(BPF_PROG_LOAD, &load);
  if (loaded < 0) return -1;
  union bpf_attr attach = {.attach_type = BPF_CGROUP_DEVICE};
  attach.target_fd = (uint32_t)group;
  attach.attach_bpf_fd = (uint32_t)loaded;
  attach.attach_flags = BPF_F_ALLOW_MULTI;
  int result = bpf(BPF_PROG_ATTACH, &attach);
  close(loaded);
  return result;
}
