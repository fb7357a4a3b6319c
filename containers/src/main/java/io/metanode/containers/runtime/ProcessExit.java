package io.metanode.containers.runtime;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a process ended.
 *
 * @param exitCode 0 to 255; 128 + signal number where a signal ended it
 * @param finishedAt when
 * @param egressBytes the egress counter after the end, where the launch named one
 */
public record ProcessExit(int exitCode, Instant finishedAt, OptionalLong egressBytes) {}
