package org.compnn.train;

import picocli.CommandLine.Command;

/** Trains the paper's networks. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NETWORK",
    description = "Train a network on pairs and write it as ONNX, ready for 'compnn index'.",
    subcommands = {TrainPix2Pix.class, TrainSegNet.class},
    footerHeading = "%nExample:%n",
    footer = {
      "  compnn train segnet facades --out facades-segnet",
      "",
      "An interrupted training resumes after its last epoch: run the same command again."
    })
public final class TrainCommand {}
