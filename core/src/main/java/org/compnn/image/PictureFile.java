package org.compnn.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.compnn.problem.NotEnoughMemory;
import org.compnn.problem.UserError;

/**
 * Picture files: read whatever people have, written as PNG or JPEG.
 *
 * <p>What is read stands upright (EXIF orientation applied), has 8 bits a channel (16 bits are
 * scaled, grey is tripled) and no alpha (it is dropped, as training code does with Pillow's {@code
 * convert("RGB")}). Colour profiles of RGB and grey pictures are ignored, as Pillow, OpenCV and
 * PyTorch ignore them; CMYK is converted by its profile where it has one. TIFF in L*a*b* is
 * refused, and so are kinds that are not read ({@link #KINDS} are). Every method that reads throws
 * {@link UserError} for a file that is missing, empty, broken, cut short, no picture, or of over
 * 100 million pixels (found out before decoding).
 */
public final class PictureFile {
  /** The kinds of pictures that are read, for messages. */
  public static final String KINDS = "PNG, JPEG, WebP, GIF, BMP, TIFF, PBM, PGM or PPM";

  private static final long MOST_BYTES = 256L << 20;

  private PictureFile() {}

  /** Reads a picture in colour. */
  public static Picture read(Path file) {
    return read(bytes(file), file.toString());
  }

  /**
   * Reads a picture in colour from the bytes of its file.
   *
   * @param name what messages call it
   */
  public static Picture read(byte[] file, String name) {
    try {
      return PictureDecoder.decode(file, name).picture();
    } catch (NotEnoughMemory e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw PictureDecoder.tooLarge(name, size(file, name), e);
    }
  }

  /**
   * Reads a label map whose pixels are the classes themselves: a grey picture or the indices of a
   * palette picture. Indices over 254 other than 255 (unlabelled), colour pictures, and kinds of
   * files that change numbers on saving (JPEG), are refused.
   */
  public static LabelMap readIndices(Path file) {
    return PictureDecoder.decode(bytes(file), file.toString()).indices();
  }

  /**
   * Reads what a file stores: a label map if its pixels are single numbers (grey levels or palette
   * indices, alpha aside) and nothing has changed them on saving, else a picture in colour.
   */
  public static Raster readStored(Path file) {
    return stored(stored(file));
  }

  /**
   * The same from the bytes of a file.
   *
   * @param name what messages call it
   */
  public static Raster readStored(byte[] file, String name) {
    return stored(stored(file, name));
  }

  /**
   * The same, for those who can tell better whether it is classes or colours.
   *
   * @param name what messages call it
   */
  public static StoredPicture stored(byte[] file, String name) {
    return new StoredPicture(PictureDecoder.decode(file, name));
  }

  private static Raster stored(StoredPicture stored) {
    return stored.isIndexed() && stored.inexact().isEmpty() ? stored.indices() : stored.picture();
  }

  /** Reads what a file stores, for those who can tell better whether it is classes or colours. */
  public static StoredPicture stored(Path file) {
    return new StoredPicture(PictureDecoder.decode(bytes(file), file.toString()));
  }

  /** The size of a picture when upright, from the head of its file; no pixel is decoded. */
  public static PictureSize size(Path file) {
    requireFile(file);
    try {
      return PictureDecoder.size(new FileImageInputStream(file.toFile()), file.toString());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The size of a picture when upright, from the head of the bytes of its file; no pixel is
   * decoded.
   *
   * @param name what messages call it
   */
  public static PictureSize size(byte[] file, String name) {
    return PictureDecoder.size(
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), name);
  }

  /**
   * A PNG file: pictures in RGB, label maps with a palette, where the stored index is the class,
   * maps of values in the colours of a scale.
   *
   * @param palette the colours of a label map or of values; pictures leave it unused
   */
  public static byte[] png(Raster raster, Palette palette) {
    return switch (raster) {
      case Picture picture -> PngBytes.rgb(picture);
      case LabelMap labels ->
          PngBytes.indexed(labels.height(), labels.width(), labels.classes(), colours(palette));
      case ValueMap map -> PngBytes.rgb(palette.paint(map));
    };
  }

  /** A PNG file of a picture. */
  public static byte[] png(Picture picture) {
    return PngBytes.rgb(picture);
  }

  /**
   * A small PNG file for the eye, of the same colours: where there are at most 256 they have a
   * palette, in any order, so that a label map's indices are no longer its classes.
   *
   * @param palette the colours of a label map or of values; pictures leave it unused
   */
  public static byte[] smallPng(Raster raster, Palette palette) {
    return switch (raster) {
      case LabelMap labels ->
          PngBytes.small(labels.height(), labels.width(), labels.classes(), colours(palette));
      case Picture picture -> fewColours(picture).orElseGet(() -> PngBytes.rgb(picture));
      case ValueMap map -> smallPng(palette.paint(map), palette);
    };
  }

  /** A small PNG file of a picture of at most 256 colours; empty for one that has more. */
  public static Optional<byte[]> fewColours(Picture picture) {
    return PngBytes.fewColours(picture);
  }

  /**
   * A PNG file of a label map whose grey levels are its classes, for programs that know no palette.
   */
  public static byte[] grey(LabelMap labels) {
    return PngBytes.grey(labels.height(), labels.width(), labels.classes());
  }

  /**
   * A JPEG file.
   *
   * @param quality 0..1
   */
  public static byte[] jpeg(Picture picture, float quality) {
    return jpeg(colours(picture), quality);
  }

  /** Writes a PNG file; see {@link #png(Raster, Palette)}. */
  public static void write(Path file, Raster raster, Palette palette) throws IOException {
    Files.write(file, png(raster, palette));
  }

  private static byte[] bytes(Path file) {
    requireFile(file);
    try {
      long length = Files.size(file);
      if (length > MOST_BYTES) {
        throw new UserError(
            "%s: expected a picture file of at most %d MiB, found %d MiB; compress it or scale it down"
                .formatted(file, MOST_BYTES >> 20, length >> 20));
      }
      return Files.readAllBytes(file);
    } catch (OutOfMemoryError e) {
      throw PictureDecoder.tooLarge(file.toString(), e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserError(file + ": expected a picture, found a folder; choose a picture in it");
    }
    if (!Files.exists(file)) {
      throw new UserError(file + ": expected a picture, found no such file; check the path");
    }
  }

  private static UserError unreadable(Path file, IOException e) {
    return new UserError(
        "%s: expected a picture, but it cannot be read (%s); check its permissions"
            .formatted(file, e.getClass().getSimpleName()),
        e);
  }

  private static BufferedImage colours(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }

  /** Red, green and blue of all indices. */
  private static byte[] colours(Palette palette) {
    byte[] colours = new byte[3 * 256];
    for (int i = 0; i < 256; i++) {
      int colour = palette.colour(i);
      colours[3 * i] = (byte) (colour >> 16);
      colours[3 * i + 1] = (byte) (colour >> 8);
      colours[3 * i + 2] = (byte) colour;
    }
    return colours;
  }

  private static byte[] jpeg(BufferedImage image, float quality) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      if (param.getCompressionType() == null) {
        param.setCompressionType(param.getCompressionTypes()[0]);
      }
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
