/**
 * Containers and their lifecycle: create, start, exec, attach, stop, remove, recovery after a
 * crash. Every change goes through the policy and ends in a receipt.
 */
@NullMarked
package io.metanode.containers.engine;

import org.jspecify.annotations.NullMarked;
