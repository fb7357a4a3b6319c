/**
 * The one way to change anything: ask the policy, reserve the receipt, do the work, make the
 * receipt durable, answer.
 */
@NullMarked
package io.metanode.containers.operation;

import org.jspecify.annotations.NullMarked;
