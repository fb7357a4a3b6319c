package io.metanode.containers.spec;

import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the host lets this process grant.
 *
 * @param capabilities this process's capabilities, as bits
 * @param hardLimits its hard resource limits by number; -1 for none
 * @param oomScoreAdjustment its own
 * @param swapAccounting whether swap can be limited
 * @param swappiness whether it can be set how readily memory is swapped
 * @param blockIoWeight whether block I/O can be weighted
 * @param seccompArchitectures the system call tables its kernel has, as seccomp names them
 */
public record HostLimits(
    long capabilities,
    List<Long> hardLimits,
    int oomScoreAdjustment,
    boolean swapAccounting,
    boolean swappiness,
    boolean blockIoWeight,
    List<String> seccompArchitectures) {

  private static final int RESOURCES = 16;
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final Path OOM_SCORE = Path.of("/proc/self/oom_score_adj");

  /** There where the kernel runs 32-bit x86 programs. */
  private static final Path IA32 = Path.of("/proc/sys/abi/vsyscall32");

  public HostLimits {
    hardLimits = List.copyOf(hardLimits);
    seccompArchitectures = List.copyOf(seccompArchitectures);
  }

  /** Reads them from the host. */
  public static HostLimits detect(Syscalls syscalls) throws IOException {
    List<Long> hard = new ArrayList<>();
    for (int resource = 0; resource < RESOURCES; resource++) {
      hard.add(hardLimit(syscalls, resource));
    }
    return new HostLimits(
        syscalls.effectiveCapabilities().orElse(-1L),
        hard,
        Integer.parseInt(Files.readString(OOM_SCORE).strip()),
        Files.exists(CGROUPS.resolve("memory/memory.memsw.limit_in_bytes"))
            || Files.exists(CGROUPS.resolve("cgroup.controllers")),
        Files.exists(CGROUPS.resolve("memory/memory.swappiness")),
        Files.exists(CGROUPS.resolve("blkio/blkio.weight"))
            || Files.exists(CGROUPS.resolve("blkio/blkio.bfq.weight"))
            || Files.exists(CGROUPS.resolve("cgroup.controllers")),
        Seccomp.architectures(syscalls.supportsX32(), Files.exists(IA32)));
  }

  private static long hardLimit(Syscalls syscalls, int resource) throws SyscallException {
    return syscalls.resourceLimit(resource)[1];
  }

  /** The capabilities this process can grant: what a privileged container gets. */
  public List<String> grantable() {
    return Capabilities.all().stream().filter(this::grants).toList();
  }

  private boolean mayRaise() {
    return Capabilities.in(capabilities, "CAP_SYS_RESOURCE");
  }

  /** The limit the host forbids a request to exceed; empty if it does not. */
  OptionalLong clamp(Ulimit ulimit) {
    long hard = hardLimits.get(ulimit.resource());
    boolean exceeds = Long.compareUnsigned(ulimit.hard(), hard) > 0;
    return exceeds && !mayRaise() ? OptionalLong.of(hard) : OptionalLong.empty();
  }

  /** Whether a process may be made less likely to be killed than this one is. */
  boolean allowsOomScore(int adjustment) {
    return adjustment >= oomScoreAdjustment || mayRaise();
  }

  boolean grants(String capability) {
    return Capabilities.in(capabilities, capability);
  }
}
