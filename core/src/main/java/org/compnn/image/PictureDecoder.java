package org.compnn.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;
import org.jspecify.annotations.Nullable;

/** Decodes the bytes of a picture file with ImageIO, and refuses what cannot be trusted. */
final class PictureDecoder {
  /** More pixels than that are refused before any is decoded. */
  static final long MOST_PIXELS = 100_000_000;

  /** As decoded, and once more as red, green and blue; readers need some besides. */
  private static final long BYTES_A_PIXEL = 8;

  private static final String KINDS = "a picture (" + PictureFile.KINDS + ")";

  private PictureDecoder() {}

  static DecodedPicture decode(byte[] file, String name) {
    JpegScans.check(file, name);
    List<String> warnings = new ArrayList<>();
    return read(
        new MemoryCacheImageInputStream(
            new ByteArrayInputStream(ColourProfile.withoutProfile(file))),
        name,
        (reader, stream) -> {
          Orientation orientation = upright(reader, stream);
          if (TiffTags.isTiff(reader.getFormatName())) {
            TiffTags.refuseLab(stream, name);
          }
          // Before the reader begins, which lets go of what it has read.
          Optional<String> inexact = Inexact.of(reader.getFormatName(), stream);
          stream.seek(0);
          reader.setInput(stream, true, true);
          reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
          PictureSize size = checkedSize(reader, orientation, name);
          BufferedImage image = pixels(reader, name, size);
          for (String warning : warnings) {
            // The JPEG reader paints missing rows grey and only warns.
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("truncated") || lower.contains("premature")) {
              throw broken(name, "a file that ends too early", null);
            }
          }
          return new DecodedPicture(name, image, orientation, inexact);
        });
  }

  private static BufferedImage pixels(ImageReader reader, String name, PictureSize size)
      throws IOException {
    try {
      return reader.read(0);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, size, e);
    } catch (IOException | RuntimeException e) {
      if (NotEnoughMemory.isBehind(e)) {
        throw tooLarge(name, size, e);
      }
      throw e;
    }
  }

  /** The upright size, from the file's head alone. */
  static PictureSize size(ImageInputStream file, String name) {
    return read(
        file,
        name,
        (reader, stream) -> {
          Orientation orientation = upright(reader, stream);
          stream.seek(0);
          reader.setInput(stream, true, true);
          return checkedSize(reader, orientation, name);
        });
  }

  private interface Reading<T> {
    T with(ImageReader reader, ImageInputStream stream) throws IOException;
  }

  private static <T> T read(ImageInputStream file, String name, Reading<T> reading) {
    try (ImageInputStream stream = file) {
      if (stream.read() < 0) {
        throw new UserError(
            name + ": expected " + KINDS + ", found an empty file; replace it or leave it out");
      }
      stream.seek(0);
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        stream.seek(0);
        throw new UserError(
            name
                + ": expected "
                + KINDS
                + ", found "
                + kind(stream)
                + "; convert it to PNG or leave it out");
      }
      ImageReader reader = readers.next();
      try {
        return reading.with(reader, stream);
      } finally {
        reader.dispose();
      }
    } catch (UserError e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    } catch (IOException | RuntimeException e) {
      if (NotEnoughMemory.isBehind(e)) {
        throw tooLarge(name, e);
      }
      // ImageIO's readers answer broken files with all sorts of runtime exceptions.
      throw broken(name, "a broken file", e);
    }
  }

  /** A large picture is no broken one. */
  static NotEnoughMemory tooLarge(String name, Throwable e) {
    return e instanceof NotEnoughMemory said
        ? said
        : new NotEnoughMemory(name + ": expected memory for all of this picture", e);
  }

  static NotEnoughMemory tooLarge(String name, PictureSize size, Throwable e) {
    return new NotEnoughMemory(
        String.format(
            Locale.ROOT,
            "%s: expected about %d MB of memory for this picture of %s pixels",
            name,
            BYTES_A_PIXEL * size.height() * size.width() / 1_000_000,
            size),
        e);
  }

  private static Orientation upright(ImageReader reader, ImageInputStream stream)
      throws IOException {
    return Orientation.of(stream, reader.getFormatName());
  }

  private static PictureSize checkedSize(ImageReader reader, Orientation orientation, String name)
      throws IOException {
    int height = reader.getHeight(0);
    int width = reader.getWidth(0);
    if (height < 1 || width < 1) {
      throw broken(name, "a picture of " + width + " x " + height + " pixels", null);
    }
    if ((long) height * width > MOST_PIXELS) {
      throw new UserError(
          "%s: expected at most %d million pixels, found %d x %d; scale it down"
              .formatted(name, MOST_PIXELS / 1_000_000, width, height));
    }
    return orientation.size(height, width);
  }

  private static UserError broken(String name, String found, @Nullable Exception cause) {
    String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    String message =
        name
            + ": expected "
            + KINDS
            + ", found "
            + found
            + why.replaceAll("\\s+", " ")
            + "; replace it or leave it out";
    return cause == null ? new UserError(message) : new UserError(message, cause);
  }

  private static String kind(ImageInputStream stream) throws IOException {
    byte[] head = new byte[FileKind.HEAD];
    return FileKind.of(Arrays.copyOf(head, Math.max(stream.read(head), 0)));
  }
}
