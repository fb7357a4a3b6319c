/**
 * What registries speak: the OCI distribution protocol, which is Docker's registry API version 2,
 * with its ways to authenticate. Nothing here knows how images are kept.
 */
@NullMarked
package io.metanode.containers.registry;

import org.jspecify.annotations.NullMarked;
