/**
 * Networks: pooled network namespaces, bridge and veth links by netlink, addresses, NAT and
 * published ports.
 */
@NullMarked
package io.metanode.containers.network;

import org.jspecify.annotations.NullMarked;
