/**
 * Whole clusters in virtual time on a seeded network and disk, with Byzantine validators, and an
 * independent auditor of what they decide. Equal seeds give equal runs, to the byte.
 */
@NullMarked
package io.metanode.simulation;

import org.jspecify.annotations.NullMarked;
