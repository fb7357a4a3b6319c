/** The Linux system calls the engine makes, behind one interface, by the foreign function API. */
@NullMarked
package io.metanode.containers.sys;

import org.jspecify.annotations.NullMarked;
