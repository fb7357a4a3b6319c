package io.metanode.containers.engine;

import io.metanode.containers.network.Lease;
import io.metanode.containers.operation.Operations.Ticket;
import io.metanode.containers.runtime.RunningProcess;
import java.util.concurrent.CompletableFuture;

/**
 * A run whose end has not been dealt with yet.
 *
 * @param directory the name of the run's directory
 * @param process the container's first process
 * @param lease its place on a network
 * @param exitTicket room for the receipt of its end, reserved when it started
 * @param durable completes when the receipt of its start is durable
 * @param settled completes when its end is recorded, durable, and visible
 */
record ActiveRun(
    String directory,
    RunningProcess process,
    Lease lease,
    Ticket exitTicket,
    CompletableFuture<Void> durable,
    CompletableFuture<Void> settled) {}
