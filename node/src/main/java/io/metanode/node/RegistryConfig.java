package io.metanode.node;

import io.metanode.cli.CommandException;
import io.metanode.cli.NodeHome;
import io.metanode.containers.RegistrySettings;
import java.net.URI;
import java.util.Optional;

/** The configuration's part on registries. */
final class RegistryConfig {

  private RegistryConfig() {}

  static RegistrySettings read(YamlMap map, NodeHome home, String file) {
    RegistrySettings defaults = RegistrySettings.DEFAULT;
    try {
      return new RegistrySettings(
              map.texts("insecure"),
              map.texts("mirrors").stream().map(URI::create).toList(),
              map.text("certificates")
                  .map(home.directory()::resolve)
                  .orElse(defaults.certificates()),
              number(map, "downloads", defaults.downloads(), file),
              number(map, "uploads", defaults.uploads(), file))
          .through(System.getenv());
    } catch (IllegalArgumentException e) {
      throw new CommandException(file + ": registries: " + e.getMessage());
    }
  }

  private static int number(YamlMap map, String key, int otherwise, String file) {
    Optional<String> text = map.text(key);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]?")) {
      throw new CommandException(
          file + ": registries." + key + " is \"" + text.get() + "\"; it may be 1 to 99");
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }
}
