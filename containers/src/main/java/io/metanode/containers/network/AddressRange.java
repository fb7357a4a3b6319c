package io.metanode.containers.network;

/**
 * Addresses that follow each other.
 *
 * @param <A> an address
 */
interface AddressRange<A> {

  /** How many there are, those that no host can have counted; at most 2⁶². */
  long size();

  /** The address of that number, from 0. */
  A at(long number);

  /** Whether it is an address a host of this range can have. */
  boolean holdsHost(A address);
}
