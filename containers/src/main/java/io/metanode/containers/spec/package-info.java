/**
 * The OCI runtime configuration of a container, with Docker's defaults, and what of a request the
 * host cannot grant.
 */
@NullMarked
package io.metanode.containers.spec;

import org.jspecify.annotations.NullMarked;
