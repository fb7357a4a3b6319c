/** What a host has and lacks, and what to do about it. */
@NullMarked
package io.metanode.cli.doctor;

import org.jspecify.annotations.NullMarked;
