package io.metanode.containers.build.dockerfile;

/**
 * A here-document of {@code RUN}, {@code COPY} or {@code ADD}.
 *
 * @param name the word that ends it
 * @param expands whether variables in it are replaced: not where the word was quoted
 * @param chomps whether tabs at the beginning of lines are dropped ({@code <<-})
 * @param content the lines as they stand, each with its end
 */
public record Heredoc(String name, boolean expands, boolean chomps, String content) {

  /** The content as it is meant, without leading tabs where {@code <<-} says so. */
  public String text() {
    return chomps ? content.replaceAll("(?m)^\t+", "") : content;
  }
}
