/** Images between the store and registries: pulled, pushed, with progress as Docker shows it. */
@NullMarked
package io.metanode.containers.transfer;

import org.jspecify.annotations.NullMarked;
