package io.metanode.billing.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/** Lines and rows set one below the other, on as many pages as they need. */
final class PdfPages implements AutoCloseable {

  private static final float WIDTH = PDRectangle.A4.getHeight();
  private static final float HEIGHT = PDRectangle.A4.getWidth();
  private static final float MARGIN = 40;
  private static final String FONTS = "/org/apache/pdfbox/resources/ttf/";
  private static final String MORE = "...";

  private final PDDocument document;
  private final PDType0Font font;
  private final List<PDPage> pages = new ArrayList<>();
  private @Nullable PDPageContentStream content;
  private float y;

  PdfPages(PDDocument document) throws IOException {
    this.document = document;
    try (InputStream regular =
        PDDocument.class.getResourceAsStream(FONTS + "LiberationSans-Regular.ttf")) {
      if (regular == null) {
        throw new IOException("the library of PDF comes without its font");
      }
      font = PDType0Font.load(document, regular);
    }
  }

  /** A cell: where its column begins, or ends for numbers, in points from the left margin. */
  record Cell(float at, float width, boolean right, String text) {}

  /** Whether a row of this size still fits on the page. */
  boolean fits(float size) {
    return content != null && y - size * 1.5f > MARGIN + 12;
  }

  void newPage() throws IOException {
    closePage();
    PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    document.addPage(page);
    pages.add(page);
    content = new PDPageContentStream(document, page);
    y = HEIGHT - MARGIN;
  }

  /** A line of text from the left margin. */
  void line(float size, String text) throws IOException {
    row(size, List.of(new Cell(0, WIDTH - 2 * MARGIN, false, text)));
  }

  void row(float size, List<Cell> cells) throws IOException {
    if (!fits(size)) {
      newPage();
    }
    y -= size * 1.4f;
    for (Cell cell : cells) {
      String text = cut(printable(cell.text()), size, cell.width());
      float x = MARGIN + cell.at() - (cell.right() ? width(text, size) : 0);
      show(size, x, y, text);
    }
  }

  void gap(float points) {
    y -= points;
  }

  /** The number of each page, at its foot; to be called last. */
  void numberPages(String text) throws IOException {
    closePage();
    for (int i = 0; i < pages.size(); i++) {
      content =
          new PDPageContentStream(
              document, pages.get(i), PDPageContentStream.AppendMode.APPEND, true);
      show(7, MARGIN, MARGIN - 10, printable(text) + "   page " + (i + 1) + " of " + pages.size());
      closePage();
    }
  }

  private void show(float size, float x, float at, String text) throws IOException {
    PDPageContentStream stream = content;
    if (stream == null) {
      throw new IllegalStateException("no page was begun");
    }
    stream.beginText();
    stream.setFont(font, size);
    stream.newLineAtOffset(x, at);
    stream.showText(text);
    stream.endText();
  }

  private float width(String text, float size) throws IOException {
    return font.getStringWidth(text) / 1000 * size;
  }

  private String cut(String text, float size, float most) throws IOException {
    if (width(text, size) <= most) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + MORE, size) > most) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + MORE;
  }

  /** The text with a question mark for each sign the font lacks. */
  private String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              boolean known = !Character.isISOControl(point) && hasGlyph(point);
              out.appendCodePoint(known ? point : '?');
            });
    return out.toString();
  }

  private boolean hasGlyph(int point) {
    try {
      font.encode(Character.toString(point));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false; // That is how the library says it.
    }
  }

  private void closePage() throws IOException {
    PDPageContentStream open = content;
    content = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    closePage();
  }
}
