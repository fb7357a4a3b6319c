package io.metanode.ledger.service;

/**
 * What a host did since it started.
 *
 * @param transactions final
 * @param waiting in the mempool
 * @param queued events for the consensus thread
 * @param checks signatures checked
 * @param processCpuNanos of the whole process
 */
public record HostFigures(
    long blocks,
    long transactions,
    int waiting,
    int queued,
    long events,
    long checks,
    long processCpuNanos) {}
