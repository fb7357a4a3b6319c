/**
 * Decisions on whether an operation may run. Pure: a decision depends on the request and the policy
 * text alone, so anyone who holds both can derive it again.
 */
@NullMarked
package io.metanode.policy;

import org.jspecify.annotations.NullMarked;
