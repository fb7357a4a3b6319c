package io.metanode.containers.build.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordLexerTest {

  private static final Map<String, String> VARIABLES =
      Map.of("a", "1", "b", "x y", "empty", "", "a_2", "u");

  private static WordLexer lexer(char escape) {
    return new WordLexer(escape, name -> Optional.ofNullable(VARIABLES.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "$a | 1",
        "x${a}y | x1y",
        "$a_2 | u",
        "$a-2 | 1-2",
        "$none. | .",
        "'$a' | $a",
        "\"$a $b\" | 1 x y",
        "\\$a | $a",
        "\"\\$a \\\" \\n\" | $a \" \\n",
        "a\\ b | a b",
        "${none:-d} | d",
        "${empty:-d} | d",
        "${empty-d} | ``",
        "${none-d} | d",
        "${a:-d} | 1",
        "${a:+d} | d",
        "${none:+d} | ``",
        "${empty:+d} | ``",
        "${empty+d} | d",
        "${none:-${a}z} | 1z",
        "${none:-$none}${a} | 1",
        "${none:-'}'} | }",
        "$ | $",
        "$% | $%",
        "${a:?oh} | 1",
        "\"it's\" | it's",
        "caf\u00e9$a | caf\u00e91"
      })
  void replacesAndUnquotes(String text, String word) throws Exception {
    assertEquals(word, lexer('\\').word(text));
  }

  @Test
  void theOtherEscapeQuotes() throws Exception {
    assertEquals("$a\\1", lexer('`').word("`$a\\$a"));
  }

  @Test
  void wordsAreCutAtBlanksOfUnquotedVariablesToo() throws Exception {
    assertEquals(List.of("1", "x", "y", "x y", "z"), lexer('\\').words("$a $b \"$b\"  z"));
  }

  @Test
  void heredocsKeepTheirQuotes() throws Exception {
    assertEquals("'1' \"x y\" $a \\n", lexer('\\').text("'$a' \"$b\" \\$a \\n"));
  }

  @Test
  void rawWordsKeepQuotesAndVariables() {
    assertEquals(
        List.of("a=\"b c\"", "d=$e", "f\\ g", "'h i'"),
        WordLexer.rawWords("a=\"b c\"  d=$e f\\ g 'h i'", '\\'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'open", "\"open", "${a", "${a:", "${", "${a:=x}", "${none:?oh}", "${none?}"})
  void refuses(String text) {
    assertThrows(DockerfileException.class, () -> lexer('\\').word(text));
  }
}
