package org.compnn.train;

import picocli.CommandLine.Command;

/** Trains the paper's networks. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NETWORK",
    description = "Trains a network on pairs and writes it as ONNX, ready for 'compnn index'.",
    subcommands = {TrainPix2Pix.class, TrainSegNet.class},
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn train segnet facades --out facades-segnet",
      "",
      "A training that was cut off goes on after its last epoch when the same command is given"
          + " again."
    })
public final class TrainCommand {}
