package io.metanode.policy;

/**
 * A pattern over a whole text, in which {@code *} stands for any characters, none included. Matches
 * in time proportional to the product of the lengths at worst.
 *
 * @param pattern the pattern
 */
record Glob(String pattern) {

  boolean matches(String text) {
    int p = 0;
    int star = -1;
    int resume = 0;
    for (int t = 0; t < text.length(); ) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
