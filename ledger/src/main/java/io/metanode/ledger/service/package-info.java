/**
 * What hosts a replica: the one thread that runs it, its timers, the threads that check signatures,
 * the links to peers, and those who wait for answers.
 */
@NullMarked
package io.metanode.ledger.service;

import org.jspecify.annotations.NullMarked;
