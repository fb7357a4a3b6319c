package io.metanode.node.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tree this test stands in, and what the build compiled from it. */
final class SourceTree {

  static final Path ROOT = root();

  private SourceTree() {}

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("metanode"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("the tests must run inside the source tree");
      }
    }
    return directory;
  }

  /** The modules by their folders. */
  static List<String> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  static JavaClasses productClasses() throws IOException {
    return classes("classes");
  }

  static JavaClasses testClasses() throws IOException {
    return classes("test-classes");
  }

  private static JavaClasses classes(String kind) throws IOException {
    List<Path> compiled =
        modules().stream()
            .map(module -> ROOT.resolve(module).resolve("target").resolve(kind))
            .filter(Files::isDirectory)
            .toList();
    return new ClassFileImporter().importPaths(compiled);
  }
}
