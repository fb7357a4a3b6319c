package io.metanode.containers.sys;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every Linux system call the engine makes that the JDK has no call for. {@link LinuxSyscalls} is
 * the host's; tests may record.
 *
 * <p>File descriptors are plain {@code int}s owned by the caller, opened close-on-exec. Methods
 * throw {@link SyscallException} with the call's name and {@code errno}.
 */
public interface Syscalls {

  // Mounts (mount(2), umount2(2), fsopen(2))

  /** {@code mount(2)}. Null stands for a null pointer. */
  void mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data)
      throws SyscallException;

  /** {@code umount2(2)}. */
  void unmount(String target, int flags) throws SyscallException;

  // Files

  /** {@code open(2)} with O_CLOEXEC added. */
  int open(Path path, int flags, int mode) throws SyscallException;

  /**
   * {@code openat2(2)} with {@code directory} as the root of every absolute path and link, so that
   * nothing outside it can be reached. O_CLOEXEC is added.
   *
   * @param directory the descriptor of the directory
   */
  int openInRoot(int directory, String path, int flags) throws SyscallException;

  /**
   * Opens a path below a directory.
   *
   * @throws SyscallException {@code EXDEV} if the path, or a link in it, leads out of the directory
   */
  int openBeneath(int directory, String path, int flags) throws SyscallException;

  void close(int fd);

  /** {@code mknod(2)}; {@code mode} holds the file type, {@code device} as {@code makedev}. */
  void makeNode(Path path, int mode, long device) throws SyscallException;

  /** {@code lchown(2)}. */
  void changeOwner(Path path, int uid, int gid) throws SyscallException;

  /** {@code chmod(2)}, all twelve bits. */
  void changeMode(Path path, int mode) throws SyscallException;

  /** {@code utimensat(2)} on the link itself. */
  void setTimes(Path path, long accessSeconds, int accessNanos, long modifySeconds, int modifyNanos)
      throws SyscallException;

  /** {@code lstat} of what Java's attributes do not show exactly. */
  FileStatus status(Path path) throws SyscallException;

  /** Extended attributes of the link itself; empty where the file system has none. */
  Map<String, byte[]> extendedAttributes(Path path) throws SyscallException;

  /** {@code lsetxattr(2)}. */
  void setExtendedAttribute(Path path, String name, byte[] value) throws SyscallException;

  // Files held open, O_PATH suffices: whatever happens to their names meanwhile

  /** {@code fstat} of an open file. */
  FileStatus status(int fd) throws SyscallException;

  /** {@code readlinkat(2)}: the text of a link that is held open, at most 4096 bytes. */
  String readLink(int fd) throws SyscallException;

  /** {@code fchown(2)}; of a link itself where {@code fd} is one's. */
  void changeOwner(int fd, int uid, int gid) throws SyscallException;

  /** {@code fchmod(2)}; not of a link. */
  void changeMode(int fd, int mode) throws SyscallException;

  /** {@code futimens(2)}: sets both times; of a link itself where {@code fd} is one's. */
  void setTimes(int fd, long seconds, int nanos) throws SyscallException;

  /** Extended attributes of an open file; empty where the file system has none. */
  Map<String, byte[]> extendedAttributes(int fd) throws SyscallException;

  /** {@code fsetxattr(2)}; not of a link. */
  void setExtendedAttribute(int fd, String name, byte[] value) throws SyscallException;

  /** {@code syncfs(2)} of the file system that holds {@code path}. */
  void syncFileSystem(Path path) throws SyscallException;

  // Namespaces

  /** {@code unshare(2)} of the calling platform thread. */
  void unshare(int flags) throws SyscallException;

  /** {@code setns(2)} of the calling platform thread. */
  void setNamespace(int fd, int type) throws SyscallException;

  // Sockets

  int socket(int domain, int type, int protocol) throws SyscallException;

  /** Binds a unix stream socket to {@code path} and listens on it. */
  int listenUnix(Path path, int backlog) throws SyscallException;

  /** {@code bind(2)} of an AF_NETLINK socket with a kernel-chosen port id. */
  void bindNetlink(int fd) throws SyscallException;

  int send(int fd, byte[] message) throws SyscallException;

  /** {@code recv(2)} of at most {@code limit} bytes. */
  byte[] receive(int fd, int limit) throws SyscallException;

  /** {@code socketpair(2)} of unix sockets that keep messages apart. */
  int[] socketPair() throws SyscallException;

  /**
   * Sends a message with descriptors ({@code SCM_RIGHTS}, unix(7)); does not wait for room.
   *
   * @param descriptors at least one; the receiver has copies of its own
   */
  void sendDescriptors(int fd, byte[] message, int[] descriptors) throws SyscallException;

  // Processes

  /**
   * {@code posix_spawn(3)}. The child's descriptor {@code i} is {@code descriptors[i]}; all others
   * are closed on exec. The child starts with default signal handling and an empty signal mask.
   *
   * @return the child's pid; the caller reaps it with {@link #reap}
   */
  int spawn(
      Path program, List<String> arguments, Map<String, String> environment, int[] descriptors)
      throws SyscallException;

  /** {@code waitpid(2)}; blocks. Returns the wait status. */
  int reap(int pid) throws SyscallException;

  void kill(int pid, int signal) throws SyscallException;

  /** {@code pidfd_open(2)}: a descriptor that stays this process's when its pid is another's. */
  int openProcess(int pid) throws SyscallException;

  /** Whether this x86_64 kernel also runs x32 programs; hardly any is built to. */
  default boolean supportsX32() {
    return false;
  }

  /** {@code getrlimit(2)}: soft and hard limit; -1 stands for unlimited. */
  long[] resourceLimit(int resource) throws SyscallException;

  /** What {@code stat(2)} says of a file. */
  record FileStatus(
      long device,
      long inode,
      int mode,
      int links,
      int uid,
      int gid,
      long specialDevice,
      long size,
      long blocks512,
      long modifySeconds,
      int modifyNanos) {

    /** The same with another time of modification. */
    public FileStatus modifiedAt(Instant time) {
      return new FileStatus(
          device,
          inode,
          mode,
          links,
          uid,
          gid,
          specialDevice,
          size,
          blocks512,
          time.getEpochSecond(),
          time.getNano());
    }
  }

  /** Effective capabilities of this process as a bit set, from {@code /proc/self/status}. */
  Optional<Long> effectiveCapabilities();
}
