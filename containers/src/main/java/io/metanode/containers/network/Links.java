package io.metanode.containers.network;

import static io.metanode.containers.network.NetlinkRequest.NLM_F_ACK;
import static io.metanode.containers.network.NetlinkRequest.NLM_F_CREATE;
import static io.metanode.containers.network.NetlinkRequest.NLM_F_EXCL;
import static io.metanode.containers.network.NetlinkRequest.NLM_F_REPLACE;

import io.metanode.containers.sys.Constants;
import io.metanode.containers.sys.SyscallException;
import java.util.HexFormat;

/** Links, addresses and routes of one network namespace, by route netlink (rtnetlink(7)). */
final class Links {

  private static final int RTM_NEWLINK = 16;
  private static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_NEWROUTE = 24;
  private static final int IFF_UP = 1;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_IFALIAS = 20;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RT_TABLE_MAIN = 254;
  private static final int RTPROT_BOOT = 3;
  private static final int RTN_UNICAST = 1;

  /** No asking around whether another has the address: it is usable at once (if_addr.h). */
  private static final int IFA_F_NODAD = 2;

  private static final int INDEX_OFFSET = 20;

  private final Netlink netlink;

  Links(Netlink netlink) {
    this.netlink = netlink;
  }

  /**
   * Makes a bridge, up, with a note that tells whose it is.
   *
   * @param mtu 0 for the kernel's default
   */
  void addBridge(String name, String macAddress, String alias, int mtu) throws SyscallException {
    netlink.change(
        new NetlinkRequest(name, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name)
            .attribute(IFLA_ADDRESS, octets(macAddress))
            .nested(IFLA_LINKINFO, info -> info.attribute(IFLA_INFO_KIND, "bridge")));
    netlink.change(
        withMtu(
            new NetlinkRequest(name, RTM_NEWLINK, NLM_F_ACK)
                .link(0, IFF_UP, IFF_UP)
                .attribute(IFLA_IFNAME, name)
                .attribute(IFLA_IFALIAS, alias),
            mtu));
  }

  /** Sets a link's hardware address, even to the one it has: the kernel changes it no more. */
  void address(String name, String macAddress) throws SyscallException {
    netlink.change(
        new NetlinkRequest(name, RTM_NEWLINK, NLM_F_ACK)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name)
            .attribute(IFLA_ADDRESS, octets(macAddress)));
  }

  private static byte[] octets(String macAddress) {
    return HexFormat.ofDelimiter(":").parseHex(macAddress);
  }

  private static NetlinkRequest withMtu(NetlinkRequest request, int mtu) {
    return mtu > 0 ? request.attribute(IFLA_MTU, mtu) : request;
  }

  /** One end of a pair, in another namespace. */
  record Peer(String name, String macAddress, int namespaceDescriptor, int mtu) {}

  /** Makes a pair whose end here is up and on a bridge, and whose other end is born elsewhere. */
  void addVeth(String name, int bridgeIndex, Peer peer) throws SyscallException {
    netlink.change(
        withMtu(
                new NetlinkRequest(name, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
                    .link(0, IFF_UP, IFF_UP)
                    .attribute(IFLA_IFNAME, name)
                    .attribute(IFLA_MASTER, bridgeIndex),
                peer.mtu())
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.attribute(IFLA_INFO_KIND, "veth")
                        .nested(
                            IFLA_INFO_DATA,
                            data -> data.nested(VETH_INFO_PEER, end -> describe(end, peer)))));
  }

  private static void describe(NetlinkRequest request, Peer peer) {
    withMtu(request.link(0, 0, 0), peer.mtu())
        .attribute(IFLA_IFNAME, peer.name())
        .attribute(IFLA_ADDRESS, octets(peer.macAddress()))
        .attribute(IFLA_NET_NS_FD, peer.namespaceDescriptor());
  }

  /** The kernel's number of a link. */
  int index(String name) throws SyscallException {
    return netlink
        .ask(new NetlinkRequest(name, RTM_GETLINK, 0).link(0, 0, 0).attribute(IFLA_IFNAME, name))
        .getInt(INDEX_OFFSET);
  }

  void up(int index) throws SyscallException {
    netlink.change(
        new NetlinkRequest("link " + index, RTM_NEWLINK, NLM_F_ACK).link(index, IFF_UP, IFF_UP));
  }

  void addAddress(int index, Ipv4 address, Subnet subnet) throws SyscallException {
    netlink.change(
        new NetlinkRequest(address.toString(), RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
            .octets(Constants.AF_INET, subnet.prefixLength(), 0, 0)
            .number(index)
            .attribute(IFA_LOCAL, address.octets())
            .attribute(IFA_ADDRESS, address.octets())
            .attribute(IFA_BROADCAST, subnet.broadcast().octets()));
  }

  void addAddress(int index, Ipv6 address, Subnet6 subnet) throws SyscallException {
    netlink.change(
        new NetlinkRequest(address.toString(), RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
            .octets(Constants.AF_INET6, subnet.prefixLength(), IFA_F_NODAD, 0)
            .number(index)
            .attribute(IFA_LOCAL, address.octets())
            .attribute(IFA_ADDRESS, address.octets()));
  }

  /** Makes a gateway the way out; there may be another already. */
  void replaceDefaultRoute(int index, Ipv4 gateway) throws SyscallException {
    replaceDefaultRoute(index, Constants.AF_INET, gateway.octets());
  }

  void replaceDefaultRoute(int index, Ipv6 gateway) throws SyscallException {
    replaceDefaultRoute(index, Constants.AF_INET6, gateway.octets());
  }

  private void replaceDefaultRoute(int index, int family, byte[] gateway) throws SyscallException {
    netlink.change(
        new NetlinkRequest("default route", RTM_NEWROUTE, NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE)
            .octets(family, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, 0, RTN_UNICAST)
            .number(0)
            .attribute(RTA_GATEWAY, gateway)
            .attribute(RTA_OIF, index));
  }

  /** Lets frames pass a link, or none. */
  void up(String name, boolean passes) throws SyscallException {
    netlink.change(
        new NetlinkRequest(name, RTM_NEWLINK, NLM_F_ACK)
            .link(0, passes ? IFF_UP : 0, IFF_UP)
            .attribute(IFLA_IFNAME, name));
  }

  /** Removes a link; for a pair this may take tens of milliseconds. */
  void delete(String name) throws SyscallException {
    netlink.change(
        new NetlinkRequest(name, RTM_DELLINK, NLM_F_ACK)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name));
  }
}
