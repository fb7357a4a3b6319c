package io.metanode.containers.sys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call against the real kernel. */
final class LinuxSyscallsIT {

  private final Syscalls kernel = new LinuxSyscalls();

  @TempDir Path directory;

  @Test
  void mountsAndUnmountsTmpfs() throws IOException {
    assumeRoot();
    Path target = Files.createDirectory(directory.resolve("mnt"));
    kernel.mount("tmpfs", target.toString(), "tmpfs", Constants.MS_NOSUID, "size=64k,mode=700");
    try {
      assertTrue(Files.readString(Path.of("/proc/self/mounts")).contains(" " + target + " tmpfs"));
    } finally {
      kernel.unmount(target.toString(), Constants.MNT_DETACH);
    }
    assertFalse(Files.readString(Path.of("/proc/self/mounts")).contains(" " + target + " "));
  }

  @Test
  void failureNamesCallPathAndErrno() {
    SyscallException e =
        assertThrows(
            SyscallException.class, () -> kernel.unmount("/nowhere/at/all", Constants.MNT_DETACH));
    assertEquals(Constants.ENOENT, e.errno());
    assertEquals("umount2 /nowhere/at/all: No such file or directory (errno 2)", e.getMessage());
  }

  @Test
  void statusShowsWhatOwnerModeAndTimesWereSet() throws IOException {
    assumeRoot();
    Path file = Files.writeString(directory.resolve("file"), "12345");
    kernel.changeOwner(file, 1234, 5678);
    kernel.changeMode(file, 06751);
    kernel.setTimes(file, 11, 12, -13, 999_999_999);
    Syscalls.FileStatus status = kernel.status(file);
    assertEquals(1234, status.uid());
    assertEquals(5678, status.gid());
    assertEquals(Constants.S_IFREG | 06751, status.mode());
    assertEquals(5, status.size());
    assertEquals(8, status.blocks512());
    assertEquals(1, status.links());
    assertEquals(-13, status.modifySeconds());
    assertEquals(999_999_999, status.modifyNanos());
    assertEquals(Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS), status.inode());
    assertEquals(Files.getAttribute(file, "unix:dev"), status.device());
  }

  @Test
  void changesOfALinkLeaveItsTargetAlone() throws IOException {
    assumeRoot();
    Path file = Files.writeString(directory.resolve("file"), "");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    kernel.changeOwner(link, 7, 8);
    kernel.setTimes(link, 1, 2, 3, 4);
    assertEquals(7, kernel.status(link).uid());
    assertEquals(3, kernel.status(link).modifySeconds());
    assertEquals(0, kernel.status(file).uid());
    assertEquals(Constants.S_IFLNK, kernel.status(link).mode() & Constants.S_IFMT);
  }

  @Test
  void makesDeviceNodes() throws IOException {
    assumeRoot();
    Path node = directory.resolve("null");
    kernel.makeNode(node, Constants.S_IFCHR | 0600, Constants.makeDevice(1, 3));
    Syscalls.FileStatus status = kernel.status(node);
    assertEquals(Constants.S_IFCHR, status.mode() & Constants.S_IFMT);
    assertEquals(1, Constants.deviceMajor(status.specialDevice()));
    assertEquals(3, Constants.deviceMinor(status.specialDevice()));
  }

  @Test
  void extendedAttributesComeBack() throws IOException {
    assumeRoot();
    Path file = Files.writeString(directory.resolve("file"), "");
    assertEquals(Map.of(), kernel.extendedAttributes(file));
    byte[] capability = HexFormat.of().parseHex("0100000200040000000000000000000000000000");
    kernel.setExtendedAttribute(file, "security.capability", capability);
    kernel.setExtendedAttribute(file, "trusted.empty", new byte[0]);
    Map<String, byte[]> attributes = kernel.extendedAttributes(file);
    assertEquals(2, attributes.size());
    assertArrayEquals(capability, attributes.get("security.capability"));
    assertArrayEquals(new byte[0], attributes.get("trusted.empty"));
  }

  @Test
  void syncsAFileSystem() throws IOException {
    kernel.syncFileSystem(directory);
    assertThrows(SyscallException.class, () -> kernel.syncFileSystem(directory.resolve("missing")));
  }

  @Test
  void openInRootKeepsAbsoluteLinksInside() throws IOException {
    Files.createDirectory(directory.resolve("etc"));
    Files.writeString(directory.resolve("etc/passwd"), "inside");
    Files.createSymbolicLink(directory.resolve("escape"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(directory.resolve("climb"), Path.of("../../../../etc/passwd"));
    int root = kernel.open(directory, Constants.O_DIRECTORY, 0);
    try {
      for (String path : List.of("escape", "climb", "/etc/passwd")) {
        int fd = kernel.openInRoot(root, path, Constants.O_RDONLY);
        assertEquals("inside", Files.readString(Path.of("/proc/self/fd/" + fd)));
        kernel.close(fd);
      }
    } finally {
      kernel.close(root);
    }
  }

  @Test
  void openBeneathRefusesWhatLeadsOut() throws IOException {
    Files.createDirectories(directory.resolve("base/inner"));
    Files.writeString(directory.resolve("base/inner/file"), "inside");
    Files.writeString(directory.resolve("beside"), "outside");
    Files.createSymbolicLink(directory.resolve("base/good"), Path.of("inner/../inner"));
    Files.createSymbolicLink(directory.resolve("base/climb"), Path.of("../beside"));
    Files.createSymbolicLink(directory.resolve("base/root"), Path.of("/"));
    int base = kernel.open(directory.resolve("base"), Constants.O_DIRECTORY, 0);
    try {
      int fd = kernel.openBeneath(base, "good/file", Constants.O_RDONLY);
      assertEquals("inside", Files.readString(Path.of("/proc/self/fd/" + fd)));
      kernel.close(fd);
      for (String path : List.of("climb", "root", "root/etc", "..", "good/../../beside", "/")) {
        SyscallException refused =
            assertThrows(
                SyscallException.class, () -> kernel.openBeneath(base, path, Constants.O_PATH));
        assertEquals(Constants.EXDEV, refused.errno(), path);
      }
    } finally {
      kernel.close(base);
    }
  }

  @Test
  void namespaceIsLeftAndEnteredAgain() throws Exception {
    assumeRoot();
    FutureTask<List<Path>> task =
        new FutureTask<>(
            () -> {
              Path self = Path.of("/proc/thread-self/ns/net");
              int original = kernel.open(self, Constants.O_RDONLY, 0);
              Path before = Files.readSymbolicLink(self);
              kernel.unshare(Constants.CLONE_NEWNET);
              Path inside = Files.readSymbolicLink(self);
              kernel.setNamespace(original, Constants.CLONE_NEWNET);
              kernel.close(original);
              return List.of(before, inside, Files.readSymbolicLink(self));
            });
    Thread.ofPlatform().start(task).join();
    List<Path> seen = task.get();
    assertFalse(seen.get(0).equals(seen.get(1)));
    assertEquals(seen.get(0), seen.get(2));
  }

  @Test
  void netlinkAnswersADump() throws IOException {
    int fd = kernel.socket(Constants.AF_NETLINK, Constants.SOCK_RAW, Constants.NETLINK_ROUTE);
    try {
      kernel.bindNetlink(fd);
      // nlmsghdr: length 20, RTM_GETLINK (18), NLM_F_REQUEST | NLM_F_DUMP, sequence 1; rtgenmsg.
      byte[] request = HexFormat.of().parseHex("1400000012000103010000000000000000000000");
      assertEquals(request.length, kernel.send(fd, request));
      byte[] reply = kernel.receive(fd, 65_536);
      assertEquals(16, reply[4], "RTM_NEWLINK");
    } finally {
      kernel.close(fd);
    }
  }

  @Test
  void unixConnectionsWaitInTheBacklog() throws IOException {
    Path path = directory.resolve("s");
    int fd = kernel.listenUnix(path, 4);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      assertTrue(channel.connect(UnixDomainSocketAddress.of(path)));
    } finally {
      kernel.close(fd);
    }
  }

  @Test
  void unixPathTooLongIsRefused() {
    SyscallException e =
        assertThrows(
            SyscallException.class, () -> kernel.listenUnix(directory.resolve("x".repeat(108)), 1));
    assertEquals(Constants.ENAMETOOLONG, e.errno());
  }

  @Test
  void spawnMapsDescriptorsEvenWhereNumbersCross() throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    int flags = Constants.O_WRONLY | Constants.O_CREAT;
    int a = kernel.open(first, flags, 0600);
    int b = kernel.open(second, flags, 0600);
    int pid =
        kernel.spawn(
            Path.of("/bin/sh"),
            List.of("sh", "-c", "echo -n $WORD >&3; ls /proc/self/fd | wc -l >&1; exit 7"),
            Map.of("WORD", "köln", "PATH", "/usr/bin:/bin"),
            new int[] {0, b, 1, a});
    assertEquals(7 << 8, kernel.reap(pid));
    assertEquals("köln", Files.readString(first, UTF_8));
    // 0 to 3, and the directory that ls reads.
    assertEquals("5\n", Files.readString(second, UTF_8));
    kernel.close(a);
    kernel.close(b);
  }

  @Test
  void spawnOfAMissingProgramFails() {
    SyscallException e =
        assertThrows(
            SyscallException.class,
            () ->
                kernel.spawn(Path.of("/no/such"), List.of("such"), Map.of(), new int[] {0, 1, 2}));
    assertEquals(Constants.ENOENT, e.errno());
  }

  @Test
  void killEndsAChildWithItsSignal() throws IOException {
    int pid =
        kernel.spawn(Path.of("/bin/sleep"), List.of("sleep", "60"), Map.of(), new int[] {0, 1, 2});
    kernel.kill(pid, Constants.SIGTERM);
    assertEquals(Constants.SIGTERM, kernel.reap(pid) & 0x7F);
  }

  @Test
  void limitsAndCapabilitiesAreRead() throws IOException {
    long[] files = kernel.resourceLimit(Constants.RLIMIT_NOFILE);
    assertTrue(files[0] > 0 && (files[1] == -1 || files[0] <= files[1]));
    assertTrue(kernel.effectiveCapabilities().isPresent());
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
  }

  @Test
  void descriptorsTravelWithTheirMessage() throws IOException {
    int[] pair = kernel.socketPair();
    Path file = Files.writeString(directory.resolve("sent"), "through a socket");
    int sent = kernel.open(file, Constants.O_RDONLY, 0);
    kernel.sendDescriptors(pair[0], "take this".getBytes(UTF_8), new int[] {sent});
    kernel.close(sent);
    // One recv without room for descriptors drops them, and closes what it dropped.
    assertEquals("take this", new String(kernel.receive(pair[1], 100), UTF_8));
    kernel.close(pair[1]);
    SyscallException gone =
        assertThrows(
            SyscallException.class,
            () -> kernel.sendDescriptors(pair[0], new byte[] {1}, new int[] {pair[0]}));
    assertEquals("broken pipe", gone.reason());
    kernel.close(pair[0]);
  }
}
