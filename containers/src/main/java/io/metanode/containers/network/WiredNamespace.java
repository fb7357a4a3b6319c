package io.metanode.containers.network;

/**
 * A network namespace that is connected to a bridge and holds no process yet.
 *
 * @param descriptor keeps it alive; closing the last one destroys it with its links
 * @param hostInterface the host's end of its link
 * @param address the address of its {@code eth0}
 */
record WiredNamespace(int descriptor, String hostInterface, Ipv4 address) {}
