package io.metanode.ledger;

/**
 * The block in which a module does something: all it may depend on besides the state.
 *
 * @param height from 1
 * @param timeMillis the header's; it never goes back from one block to the next
 */
public record ModuleContext(long height, long timeMillis) {}
