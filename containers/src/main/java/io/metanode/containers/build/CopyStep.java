package io.metanode.containers.build;

import io.metanode.containers.build.context.BuildContext;
import io.metanode.containers.build.context.SourceFile;
import io.metanode.containers.build.context.SourceTree;
import io.metanode.containers.build.dockerfile.Arguments;
import io.metanode.containers.build.dockerfile.DockerfileException;
import io.metanode.containers.build.dockerfile.Heredoc;
import io.metanode.containers.build.dockerfile.Instruction;
import io.metanode.containers.build.dockerfile.WordLexer;
import io.metanode.containers.http.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code COPY} and {@code ADD}: which files, and where to.
 *
 * @param keyword which of the two
 * @param sources what is copied
 * @param target where to, as written
 * @param intoDirectory whether the target must be a directory
 * @param owner of {@code --chown}; empty for root, or for an archive's own
 * @param mode of {@code --chmod}
 */
record CopyStep(
    String keyword,
    List<Sources> sources,
    String target,
    boolean intoDirectory,
    String owner,
    OptionalInt mode) {

  private static final int HEREDOC_MODE = 0644;

  CopyStep {
    sources = List.copyOf(sources);
  }

  /** Reads the instruction and finds its files. */
  static CopyStep read(
      Instruction step, char escape, WordLexer lexer, SourceTree tree, Scratch scratch)
      throws ApiException, DockerfileException, IOException {
    List<String> words = words(step, escape, lexer);
    if (words.size() < 2) {
      throw new DockerfileException(
              step.keyword()
                  + " requires at least two arguments, but only one was provided."
                  + " Destination could not be determined")
          .at(step.line());
    }
    String target = words.removeLast();
    List<Sources> sources = new ArrayList<>();
    int heredocs = 0;
    for (String word : words) {
      boolean heredoc =
          heredocs < step.heredocs().size()
              && word.endsWith(step.heredocs().get(heredocs).name())
              && word.startsWith("<<");
      if (heredoc) {
        sources.add(heredoc(step.heredocs().get(heredocs++), lexer, scratch));
      } else if (step.keyword().equals("ADD") && Download.isAddress(word)) {
        sources.add(Download.fetch(word, step.flag("checksum"), scratch));
      } else {
        refuseRepositories(step, word);
        sources.addAll(Sources.choose(tree, step.keyword(), word));
      }
    }
    boolean directory = target.endsWith("/") || target.endsWith("/.") || target.equals(".");
    if (sources.size() > 1 && !directory) {
      throw ApiException.badRequest(
          "When using "
              + step.keyword()
              + " with more than one source file, the destination must be a directory and end with"
              + " a /");
    }
    return new CopyStep(
        step.keyword(),
        sources,
        target,
        directory,
        lexer.word(step.flag("chown").orElse("")),
        mode(step, lexer));
  }

  private static List<String> words(Instruction step, char escape, WordLexer lexer)
      throws DockerfileException {
    Optional<List<String>> exec = Arguments.exec(step.arguments());
    List<String> words = new ArrayList<>();
    for (String raw :
        exec.isPresent() ? exec.get() : WordLexer.rawWords(step.arguments(), escape)) {
      words.add(lexer.word(raw));
    }
    return words;
  }

  private static Sources heredoc(Heredoc heredoc, WordLexer lexer, Scratch scratch)
      throws DockerfileException, IOException {
    String text = heredoc.expands() ? lexer.text(heredoc.text()) : heredoc.text();
    return scratch.file(heredoc.name(), text.getBytes(StandardCharsets.UTF_8), HEREDOC_MODE);
  }

  private static void refuseRepositories(Instruction step, String word) throws ApiException {
    if (step.keyword().equals("ADD")
        && (word.startsWith("git@") || word.startsWith("git://") || word.startsWith("ssh://"))) {
      throw ApiException.badRequest(
          "ADD failed: git repositories are not supported; clone "
              + word
              + " into the context, or RUN git clone");
    }
  }

  private static OptionalInt mode(Instruction step, WordLexer lexer) throws DockerfileException {
    Optional<String> flag = step.flag("chmod");
    if (flag.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = lexer.word(flag.get());
    if (!text.matches("[0-7]{1,5}") || Integer.parseInt(text, 8) > 07777) {
      throw new DockerfileException("invalid chmod parameter: '" + text + "'. it should be octal")
          .at(step.line());
    }
    return OptionalInt.of(Integer.parseInt(text, 8));
  }

  /** What the history says of it. */
  String said() throws IOException {
    return keyword
        + (owner.isEmpty() ? "" : " --chown=" + owner)
        + (mode.isPresent() ? " --chmod=" + Integer.toOctalString(mode.getAsInt()) : "")
        + " "
        + Sources.digest(sources)
        + " in "
        + target
        + " ";
  }

  /**
   * Copies.
   *
   * @param workingDirectory where a relative target begins
   */
  void run(Destination destination, String workingDirectory, Destination.Look look, Scratch scratch)
      throws ApiException, IOException {
    String absolute = target.startsWith("/") ? target : workingDirectory + "/" + target;
    String path = destination.resolve(absolute);
    for (Sources one : sources) {
      boolean archive = keyword.equals("ADD") && one.file().isFile() && one.local();
      if (archive && Scratch.isArchive(one.file().file())) {
        unpack(one, destination, path, look, scratch);
      } else {
        copy(one, destination, path, look);
      }
    }
  }

  private void unpack(
      Sources one, Destination destination, String path, Destination.Look look, Scratch scratch)
      throws IOException {
    try (BuildContext tree = scratch.unpacked(one.file().file())) {
      Destination.Look own =
          new Destination.Look(look.uid(), look.gid(), look.mode(), owner.isEmpty());
      destination.copyContents(tree, tree.find("").orElseThrow(), path, own);
    }
  }

  private void copy(Sources one, Destination destination, String path, Destination.Look look)
      throws ApiException, IOException {
    Optional<SourceFile> there = destination.find(path);
    boolean isDirectory = path.isEmpty() || there.filter(SourceFile::isDirectory).isPresent();
    if (one.file().isDirectory()) {
      if (there.isPresent() && !isDirectory) {
        throw ApiException.badRequest(keyword + " failed: cannot copy to non-directory: /" + path);
      }
      destination.copyContents(one.tree(), one.file(), path, look);
    } else if (intoDirectory || isDirectory) {
      if (there.isPresent() && !isDirectory) {
        throw ApiException.badRequest(keyword + " failed: cannot copy to non-directory: /" + path);
      }
      if (one.name().isEmpty()) {
        throw ApiException.badRequest(keyword + " failed: cannot determine filename for " + target);
      }
      String inside = destination.resolve(path + "/" + one.name());
      destination.copy(one.tree(), one.file(), inside, look);
    } else {
      destination.copy(one.tree(), one.file(), path, look);
    }
  }
}
