package io.metanode.containers.image.layer;

/**
 * How much one archive may unpack to. Bounds bombs, not honest images.
 *
 * @param mostBytes bytes unpacked, holes of sparse files included
 * @param mostRatio how many times larger than its compressed form it may be, beyond {@code
 *     ratioFreeBytes}
 * @param ratioFreeBytes bytes any archive may unpack to, however well they compress
 * @param mostEntries files, directories and links
 * @param mostPathBytes length of a path
 * @param keepFreeBytes disk space left alone
 */
public record UnpackLimits(
    long mostBytes,
    long mostRatio,
    long ratioFreeBytes,
    long mostEntries,
    int mostPathBytes,
    long keepFreeBytes) {

  public static final UnpackLimits DEFAULT =
      new UnpackLimits(64L << 30, 200, 1L << 30, 4_000_000, 4096, 256L << 20);
}
