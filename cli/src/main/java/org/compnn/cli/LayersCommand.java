package org.compnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.compnn.network.Layer;
import org.compnn.network.Network;
import org.compnn.network.geometry.Geometry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lists a network's layers. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = "List a network's layers: channels, cells, stride and receptive field.",
    footerHeading = "%nExample:%n",
    footer = {"  compnn layers segnet/model.onnx", "  compnn layers segnet/model.onnx --json"})
final class LayersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "ONNX file, or the folder that holds one.")
  private Path model;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Network network = Network.open(model, options.networkOptions())) {
      if (json) {
        out.println(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(network.layers()));
      } else {
        print(network, out);
      }
    }
    out.flush();
    return 0;
  }

  private static void print(Network network, PrintWriter out) {
    List<Layer> layers = network.layers();
    int width = Math.max(5, layers.stream().mapToInt(l -> l.name().length()).max().orElse(0));
    String row = "%-" + width + "s  %-18s %8s %11s %8s %15s  %s%n";
    out.printf(
        Locale.ROOT,
        "%s: input %d x %d, output %d x %d, %s%n",
        network.file(),
        network.inputHeight(),
        network.inputWidth(),
        network.outputHeight(),
        network.outputWidth(),
        network.output().task().tag());
    network.adjustments().forEach(out::println);
    out.println();
    out.printf(
        row, "layer", "operator", "channels", "cells", "stride", "receptive field", "aliases");
    for (Layer layer : layers) {
      out.printf(
          row,
          layer.name(),
          layer.operator(),
          layer.channels(),
          layer.rows() + " x " + layer.columns(),
          both(layer.vertical().stride(), layer.horizontal().stride()),
          both(sees(layer.vertical()), sees(layer.horizontal())),
          String.join(", ", layer.aliases()));
    }
    out.printf(Locale.ROOT, "%ncells: rows x columns; stride and receptive field: input pixels%n");
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
