/**
 * The {@code economy} commands: accounts, governance, prices, AUR, rewards, and an audit of all.
 */
@NullMarked
package io.metanode.cli.economy;

import org.jspecify.annotations.NullMarked;
