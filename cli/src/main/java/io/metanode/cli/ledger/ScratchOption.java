package io.metanode.cli.ledger;

import io.metanode.cli.NodeHome;
import io.metanode.cli.ScratchFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On whose disk a bench works. */
final class ScratchOption {

  @Option(names = "--dir", paramLabel = "DIR", description = "on whose disk (default: the home's)")
  @Nullable Path directory;

  ScratchFolder folder(String name) throws IOException {
    return ScratchFolder.in(
        directory == null ? NodeHome.fromEnvironment().directory() : directory, name);
  }
}
