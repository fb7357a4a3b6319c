package io.metanode.containers.network;

/**
 * A network namespace that is connected to a bridge and holds no process yet.
 *
 * @param descriptor keeps it alive; closing the last one destroys it with its links
 * @param wire its only link, by which its default route leads
 */
record WiredNamespace(int descriptor, Wire wire) {}
