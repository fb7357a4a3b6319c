package io.metanode.containers.build.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.metanode.containers.build.dockerfile.Dockerfile.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

  private static List<Instruction> steps(String text) throws DockerfileException {
    return Dockerfile.parse("FROM scratch\n" + text).stages().getFirst().steps();
  }

  private static Instruction step(String text) throws DockerfileException {
    List<Instruction> steps = steps(text);
    assertEquals(1, steps.size(), steps.toString());
    return steps.getFirst();
  }

  @Test
  void keywordsAreInAnyCase() throws Exception {
    Instruction step = step("run echo Hi");
    assertEquals("RUN", step.keyword());
    assertEquals("echo Hi", step.arguments());
    assertEquals("RUN echo Hi", step.original());
    assertEquals(2, step.line());
  }

  @Test
  void linesGoOnAfterABackslash() throws Exception {
    assertEquals("a   b c", step("RUN a \\\n  b \\  \nc").arguments());
  }

  @Test
  void commentsAndEmptyLinesWithinALineAreDropped() throws Exception {
    assertEquals("a b", step("RUN a \\\n# no\n   # neither\n\nb").arguments());
  }

  @Test
  void aHashWithinALineIsNoComment() throws Exception {
    assertEquals("echo # yes", step("RUN echo # yes").arguments());
  }

  @Test
  void windowsLinesAndTheByteOrderMarkAreRead() throws Exception {
    Dockerfile file = Dockerfile.parse("\uFEFFFROM a\r\nRUN b\\\r\nc\r\n");
    assertEquals("a", file.stages().getFirst().base());
    assertEquals("bc", file.stages().getFirst().steps().getFirst().arguments());
  }

  @Test
  void theEscapeDirectiveChangesWhatJoinsLines() throws Exception {
    Dockerfile file = Dockerfile.parse("# escape=`\n# syntax=x/y:1\nFROM a\nRUN dir c:\\ `\n /s");
    assertEquals('`', file.escape());
    assertEquals("dir c:\\  /s", file.stages().getFirst().steps().getFirst().arguments());
  }

  @Test
  void aDirectiveAfterACommentIsAComment() throws Exception {
    assertEquals('\\', Dockerfile.parse("# hello\n# escape=`\nFROM a").escape());
  }

  @Test
  void stagesHaveNamesAndNumbers() throws Exception {
    Dockerfile file =
        Dockerfile.parse("ARG V=1\nFROM a:$V as One\nRUN x\nFROM --platform=linux/amd64 b\n");
    assertEquals("V=1", file.globals().getFirst().arguments());
    Stage first = file.stages().getFirst();
    assertEquals("one", first.name());
    assertEquals("a:$V", first.base());
    assertEquals(1, first.steps().size());
    assertEquals(Optional.of(first), file.stage("ONE", 2));
    assertEquals(Optional.of(first), file.stage("0", 1));
    assertEquals(Optional.empty(), file.stage("1", 1));
    assertEquals(Optional.empty(), file.stage("one", 0));
    assertEquals(Optional.of("linux/amd64"), file.stages().getLast().from().flag("platform"));
  }

  @Test
  void flagsStandBeforeTheArguments() throws Exception {
    Instruction step = step("COPY --from=a --chown=\"b c\":d --link x --no y");
    assertEquals(List.of("--from=a", "--chown=b c:d", "--link"), step.flags());
    assertEquals("x --no y", step.arguments());
    assertTrue(step.isSet("link"));
    assertThrows(DockerfileException.class, () -> step.allowFlags("from", "chown"));
  }

  @Test
  void heredocsEndWithTheirNames() throws Exception {
    List<Instruction> steps = steps("RUN <<EOF\na\n# kept\n\nEOF\nCMD x");
    assertEquals(2, steps.size());
    assertEquals(
        new Heredoc("EOF", true, false, "a\n# kept\n\n"), steps.getFirst().heredocs().getFirst());
    assertEquals("CMD", steps.getLast().keyword());
  }

  @Test
  void severalHeredocsComeInOrder() throws Exception {
    Instruction step = step("COPY <<-one <<'two' /d/\n\ta\n\tone\n$b\ntwo");
    assertEquals(2, step.heredocs().size());
    Heredoc first = step.heredocs().getFirst();
    assertEquals("a\n", first.text());
    assertTrue(first.expands());
    assertEquals(new Heredoc("two", false, false, "$b\n"), step.heredocs().getLast());
  }

  @Test
  void lessThanInOtherInstructionsIsNoHeredoc() throws Exception {
    assertEquals(2, steps("ENV a=<<EOF\nCMD x").size());
    assertEquals(List.of(), step("RUN cat <<< word").heredocs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOPE x | dockerfile parse error on line 2: unknown instruction: NOPE",
        "RUN | dockerfile parse error on line 2: RUN requires at least one argument",
        "RUN <<EOF | dockerfile parse error on line 2: unterminated heredoc",
        "FROM a b | dockerfile parse error on line 2: FROM requires either one or three arguments",
        "FROM a AS 1x | dockerfile parse error on line 2: invalid name for build stage: \"1x\","
            + " name can't start with a number or contain symbols"
      })
  void saysWhatIsWrongAndWhere(String line, String message) {
    assertEquals(message, assertThrows(DockerfileException.class, () -> steps(line)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "# nothing | file with no instructions",
        "RUN x | dockerfile parse error on line 1: no build stage in current context",
        "ARG x | no build stage in current context",
      })
  void aFileNeedsAStage(String text, String message) {
    assertEquals(
        message,
        assertThrows(DockerfileException.class, () -> Dockerfile.parse(text)).getMessage());
  }

  @Test
  void refusesAnotherEscapeAndTwoOfThem() {
    assertThrows(DockerfileException.class, () -> Dockerfile.parse("# escape=x\nFROM a"));
    assertThrows(
        DockerfileException.class, () -> Dockerfile.parse("# escape=`\n# escape=`\nFROM a"));
  }
}
