/**
 * Runs one container's processes through runc, each held by a small static C shim that outlives the
 * engine.
 */
@NullMarked
package io.metanode.containers.runtime;

import org.jspecify.annotations.NullMarked;
