/**
 * Starting processes without the OCI runtime. An OCI configuration that is known in all its parts
 * becomes a plan, a list of steps which the shim carries out (docs/formats/launch-plan.md);
 * anything else is left to runc.
 */
@NullMarked
package io.metanode.containers.launch;

import org.jspecify.annotations.NullMarked;
