package org.compnn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.geometry.Geometry;
import org.compnn.viewer.SettingsView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists a network's layers. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = "List a network's layers: channels, cells, stride and receptive field.",
    footerHeading = "%nExample:%n",
    footer = {"  compnn layers segnet/model.onnx", "  compnn layers segnet/model.onnx --json"})
final class LayersCommand implements Callable<LayersCommand.Found> {
  @Mixin private Voice voice = new Voice();

  @Parameters(paramLabel = "MODEL", description = "ONNX file, or the folder that holds one.")
  private Path model;

  @Mixin private ModelOptions options;

  /**
   * What {@code --json} prints.
   *
   * @param file the network's
   * @param task what its output means
   * @param input size of what it reads
   * @param output size of what it gives
   * @param layers those that can be matched, from input to output
   */
  record Found(
      String file, String task, Size input, Size output, List<SettingsView.LayerView> layers) {}

  /**
   * Pixels.
   *
   * @param height rows
   * @param width columns
   */
  record Size(int height, int width) {}

  @Override
  public Found call() {
    try (Network network = Network.open(model, options.networkOptions())) {
      print(network);
      return new Found(
          network.file().toString(),
          network.output().task().tag(),
          new Size(network.inputHeight(), network.inputWidth()),
          new Size(network.outputHeight(), network.outputWidth()),
          network.layers().stream().map(SettingsView.LayerView::of).toList());
    }
  }

  private void print(Network network) {
    List<Layer> layers = network.layers();
    int width = Math.max(5, layers.stream().mapToInt(l -> l.name().length()).max().orElse(0));
    String row = "%-" + width + "s  %-18s %8s %11s %8s %15s  %s";
    voice.line(
        String.format(
            Locale.ROOT,
            "%s: input %d x %d, output %d x %d, %s",
            network.file(),
            network.inputHeight(),
            network.inputWidth(),
            network.outputHeight(),
            network.outputWidth(),
            network.output().task().tag()));
    network.adjustments().forEach(voice::note);
    voice.line("");
    voice.line(
        String.format(
            Locale.ROOT,
            row,
            "layer",
            "operator",
            "channels",
            "cells",
            "stride",
            "receptive field",
            "aliases"));
    for (Layer layer : layers) {
      voice.line(
          String.format(
              Locale.ROOT,
              row,
              layer.name(),
              layer.operator(),
              layer.channels(),
              layer.rows() + " x " + layer.columns(),
              both(layer.vertical().stride(), layer.horizontal().stride()),
              both(sees(layer.vertical()), sees(layer.horizontal())),
              String.join(", ", layer.aliases())));
    }
    voice.line("");
    voice.line("cells: rows x columns; stride and receptive field: input pixels");
  }

  private static double sees(Geometry geometry) {
    return geometry.receptiveField();
  }

  private static String both(double vertical, double horizontal) {
    return vertical == horizontal
        ? number(vertical)
        : number(vertical) + " x " + number(horizontal);
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return "all";
    }
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
