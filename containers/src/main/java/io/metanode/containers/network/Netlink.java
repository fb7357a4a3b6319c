package io.metanode.containers.network;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import io.metanode.containers.sys.Syscalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A route netlink socket. It belongs for good to the network namespace of the thread that opened
 * it, whichever thread uses it later.
 */
final class Netlink implements AutoCloseable {

  private static final int NLMSG_ERROR = 2;
  private static final int RECEIVE_LIMIT = 32 * 1024;

  private final Syscalls sys;
  private final int fd;
  private int sequence;

  Netlink(Syscalls sys) throws SyscallException {
    this.sys = sys;
    this.fd = sys.socket(Constants.AF_NETLINK, Constants.SOCK_RAW, Constants.NETLINK_ROUTE);
    try {
      sys.bindNetlink(fd);
    } catch (SyscallException e) {
      sys.close(fd);
      throw e;
    }
  }

  /** Sends a change and waits for the kernel's word on it. */
  synchronized void change(NetlinkRequest request) throws SyscallException {
    sys.send(fd, request.bytes(++sequence));
    while (true) {
      ByteBuffer answer = receive();
      if (answer.getInt(8) == sequence && answer.getShort(4) == NLMSG_ERROR) {
        check(request, answer);
        return;
      }
    }
  }

  /**
   * Sends a question that has a single message for an answer.
   *
   * @return the message with its header
   */
  synchronized ByteBuffer ask(NetlinkRequest request) throws SyscallException {
    sys.send(fd, request.bytes(++sequence));
    ByteBuffer answer = receive();
    while (answer.getInt(8) != sequence) {
      answer = receive();
    }
    if (answer.getShort(4) == NLMSG_ERROR) {
      check(request, answer);
    }
    return answer;
  }

  private ByteBuffer receive() throws SyscallException {
    return ByteBuffer.wrap(sys.receive(fd, RECEIVE_LIMIT)).order(ByteOrder.nativeOrder());
  }

  private static void check(NetlinkRequest request, ByteBuffer answer) throws SyscallException {
    int errno = -answer.getInt(16);
    if (errno != 0) {
      throw new SyscallException("netlink", request.subject(), errno, "refused by the kernel");
    }
  }

  @Override
  public void close() {
    sys.close(fd);
  }
}
