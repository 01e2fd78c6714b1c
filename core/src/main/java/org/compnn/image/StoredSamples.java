package org.compnn.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.compnn.problem.UserError;

/** The numbers that a picture file stores, in any of its bands and pages. */
final class StoredSamples {
  private StoredSamples() {}

  static ValueMap read(ImageInputStream file, String name) {
    try (ImageInputStream stream = file) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new UserError(
            name
                + ": expected numbers at every pixel (NPY, PFM, or PNG or TIFF of plain samples),"
                + " found something else; convert it or leave it out");
      }
      ImageReader reader = readers.next();
      try {
        Orientation orientation = Orientation.of(stream, reader.getFormatName());
        stream.seek(0);
        reader.setInput(stream, false, true);
        return upright(pages(reader, name), name, orientation);
      } finally {
        reader.dispose();
      }
    } catch (UserError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers answer broken files with all sorts of runtime exceptions.
      throw ValueFile.broken(name, "a broken file", e);
    }
  }

  private static List<Raster> pages(ImageReader reader, String name) throws IOException {
    int pages = reader.getNumImages(true);
    List<Raster> read = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      int height = reader.getHeight(page);
      int width = reader.getWidth(page);
      if (page == 0) {
        ValueFile.check(name, height, width, pages);
      } else if (height != reader.getHeight(0) || width != reader.getWidth(0)) {
        throw new UserError(
            "%s: expected pages of one size, found %d x %d on page %d after %d x %d; save each as a file of its own"
                .formatted(name, width, height, page + 1, reader.getWidth(0), reader.getHeight(0)));
      }
      read.add(reader.read(page).getRaster());
    }
    return read;
  }

  private static ValueMap upright(List<Raster> pages, String name, Orientation orientation) {
    Raster first = pages.getFirst();
    int height = first.getHeight();
    int width = first.getWidth();
    int channels = pages.stream().mapToInt(Raster::getNumBands).sum();
    ValueFile.check(name, height, width, channels);
    float[] values = new float[height * width * channels];
    float[] line = new float[width];
    int channel = 0;
    for (Raster page : pages) {
      for (int band = 0; band < page.getNumBands(); band++) {
        for (int row = 0; row < height; row++) {
          page.getSamples(page.getMinX(), page.getMinY() + row, width, 1, band, line);
          for (int column = 0; column < width; column++) {
            values[(row * width + column) * channels + channel] = line[column];
          }
        }
        channel++;
      }
    }
    if (orientation == Orientation.UPRIGHT) {
      return new ValueMap(height, width, channels, values);
    }
    PictureSize size = orientation.size(height, width);
    byte[] stored = new ValueMap(height, width, channels, values).littleEndian();
    return ValueMap.ofLittleEndian(
        size.height(),
        size.width(),
        channels,
        orientation.apply(stored, height, width, channels * Float.BYTES));
  }
}
